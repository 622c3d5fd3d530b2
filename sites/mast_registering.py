"""What masts and stations bind to the ground floor when Django is ready."""

from infra.api.registry import register_router
from infra.exchange.importer import register_importer
from infra.files.registry import register_target
from infra.loading import Stage, register_loader
from infra.search import register_source
from infra.worklist import register_provider
from sites.api import router
from sites.importers.masts import MastImporter
from sites.mast_worklist import (
    certificates_ending,
    dangerous_masts,
    find_masts,
    imports_waiting,
)
from sites.models import Mast
from sites.reference_mast_limits import load_mast_limits


def register() -> None:
    """Importer, reference rows, files, worklists, search and API of masts."""
    register_importer(MastImporter())
    register_loader(Stage.REFERENCE, "mast limits", load_mast_limits, order=40)
    register_target(Mast)
    for provider in (certificates_ending, dangerous_masts, imports_waiting):
        register_provider(provider)
    register_source(find_masts)
    register_router("masts", router)
