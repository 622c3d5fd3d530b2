"""What masts and stations bind to the ground floor when Django is ready."""

from infra.exchange.importer import register_importer
from infra.loading import Stage, register_loader
from sites.importers.masts import MastImporter
from sites.reference_mast_limits import load_mast_limits


def register() -> None:
    """Importer and reference rows of masts."""
    register_importer(MastImporter())
    register_loader(Stage.REFERENCE, "mast limits", load_mast_limits, order=40)
