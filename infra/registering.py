"""What the ground floor offers by key; called once the models are ready."""

from importlib import import_module

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from infra.cases.clock.calendar import load_office_calendar
from infra.demo.constraints import load_constraints
from infra.demo.organisations import load_organisations
from infra.demo.people import load_people
from infra.exchange.worklist import IMPORTS
from infra.files.sweep import SWEEP_SECONDS, duty
from infra.ground.loading import Stage, register_loader
from infra.map.layers import register_base_layers
from infra.people.accounts.throttle import forget_old
from infra.people.accounts.warnings import tell_owners
from infra.people.deliveries import FAILED_LETTERS, PERIOD_SECONDS, send_due
from infra.people.search import register_source
from infra.people.spelling import PRUNE_SECONDS, prune_words, register_words, words_of_ground
from infra.people.worklist import register_work
from infra.places.territory.loaders import load_territory
from infra.places.territory.plausible import load_plausibility
from infra.places.territory.worklist import LOADS
from infra.web.reviews import KINDS
from infra.web.shell.communes import search_communes, search_former_units
from infra.work.jobs.registry import register_duty


def register(app: AppConfig) -> None:
    """Bind parts, loaders, duties, sources of search and kinds of work."""
    for part in ("infra.cases.documents.bindings", "infra.cases.dossiers.register"):
        import_module(part).register()
    register_base_layers()
    for source in (search_communes, search_former_units):
        register_source(source)
    register_words(words_of_ground)
    register_duty("prune words", PRUNE_SECONDS, prune_words)
    register_work(IMPORTS, LOADS, *KINDS, FAILED_LETTERS)
    register_loader(Stage.REFERENCE, "territory", load_territory, order=10)
    register_loader(Stage.REFERENCE, "plausibility", load_plausibility, order=12)
    register_loader(Stage.REFERENCE, "calendar", load_office_calendar, order=15)
    register_loader(Stage.REFERENCE, "organisations", load_organisations, order=20)
    register_loader(Stage.DEMO, "people", load_people, order=10)
    register_loader(Stage.DEMO, "constraints", load_constraints, order=20)
    import_module("infra.work.jobs").register()
    register_duty("sweep the store", SWEEP_SECONDS, duty)
    register_duty("send letters", PERIOD_SECONDS, send_due)
    register_duty("accounts.tell_owners", 60, tell_owners)
    register_duty("accounts.forget_failures", 3600, forget_old)
    import_module("infra.exchange.data_home").register()
    import_module("infra.web.territory.data_parts").register()
    import_module("infra.work.seals.tables").register()
    import_module("infra.work.seals.checks")
    import_module("infra.cases.workflow.sealed").register()
    post_migrate.connect(import_module("infra.work.seals.database").seal_database, sender=app)
    import_module("infra.ground.log.queries")
    import_module("infra.cases.documents.checks")
    import_module("infra.places.geo.checks")
    import_module("infra.cases.workflow.checks")
    import_module("infra.map.checks")
    import_module("infra.people.accounts.checks")
    import_module("infra.people.accounts.signals")
    import_module("infra.exchange.tasks").register()
    import_module("infra.places.territory.load_tasks").register()
