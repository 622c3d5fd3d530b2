"""The ground floor as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from infra.loading import Stage, register_loader


class InfraConfig(AppConfig):
    """People, places, map, workflow, documents, jobs."""

    name = "infra"
    verbose_name = _("Foundations")

    def ready(self) -> None:
        """Register what each part of the ground floor offers by key."""
        from infra.clock.calendar import load_office_calendar  # noqa: PLC0415
        from infra.demo.constraints import load_constraints  # noqa: PLC0415 - models are ready now
        from infra.demo.organisations import load_organisations  # noqa: PLC0415
        from infra.demo.people import load_people  # noqa: PLC0415
        from infra.map.layers import register_base_layers  # noqa: PLC0415
        from infra.search import register_source  # noqa: PLC0415
        from infra.shell.communes import search_communes  # noqa: PLC0415
        from infra.territory.loaders import load_territory  # noqa: PLC0415

        for part in ("documents.bindings", "dossiers.register"):
            import_module(f"infra.{part}").register()
        register_base_layers()
        register_source(search_communes)
        register_loader(Stage.REFERENCE, "territory", load_territory, order=10)
        register_loader(Stage.REFERENCE, "calendar", load_office_calendar, order=15)
        register_loader(Stage.REFERENCE, "organisations", load_organisations, order=20)
        register_loader(Stage.DEMO, "people", load_people, order=10)
        register_loader(Stage.DEMO, "constraints", load_constraints, order=20)
        import_module("infra.territory.doors").register()
        import_module("infra.documents.checks")
        import_module("infra.geo.checks")
        import_module("infra.workflow.checks")
        import_module("infra.accounts.checks")
        import_module("infra.accounts.signals")
        import_module("infra.exchange.tasks").register()
