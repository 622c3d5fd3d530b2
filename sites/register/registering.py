"""What masts and stations bind to the ground floor when Django is ready."""

from infra.exchange.importer import register_importer
from infra.ground.loading import Stage, register_loader
from infra.ground.routers import register_router
from infra.models.targets import register_target
from infra.people.search import register_source
from infra.people.spelling import register_words
from infra.people.worklist import register_work
from infra.work.jobs.registry import register_duty
from infra.work.seals import Grant, register_grants
from sites.models import Mast
from sites.register import data_parts, layers
from sites.register.api import router
from sites.register.demo import load_masts
from sites.register.importers.masts import MastImporter
from sites.register.reference import load_mast_limits
from sites.register.search import (
    CATCH_UP_SECONDS,
    CHECK_SECONDS,
    catch_up,
    repair,
    words_of_masts,
)
from sites.register.worklist import KINDS, find_holders, find_masts


def register() -> None:
    """Layers, importer, reference and demo rows, files, worklists, search and API of masts."""
    layers.register()
    data_parts.register()
    register_importer(MastImporter())
    register_loader(Stage.REFERENCE, "mast limits", load_mast_limits, order=40)
    register_loader(Stage.DEMO, "masts", load_masts, order=30)
    register_target(Mast)
    register_work(*KINDS)
    register_source(find_masts)
    register_source(find_holders)
    register_words(words_of_masts)
    register_duty("masts.search_catch_up", CATCH_UP_SECONDS, catch_up)
    register_duty("masts.search_check", CHECK_SECONDS, repair)
    register_router("masts", router)
    register_grants(
        {
            "sites.Mast": Grant.KEPT,
            "sites.MastTally": Grant.OPEN,
            "sites.Lease": Grant.KEPT,
            "sites.StructuralAssessment": Grant.KEPT,
            "sites.Station": Grant.OPEN,
            "sites.Antenna": Grant.OPEN,
            "sites.MastSearch": Grant.READ,
            "sites.MastSearchDue": Grant.READ,
        }
    )
