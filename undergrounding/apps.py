"""Undergrounding as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from infra.ground.loading import Stage, register_loader


class UndergroundingConfig(AppConfig):
    """Registers its layers, workflows and documents when Django is ready."""

    name = "undergrounding"
    verbose_name = _("Undergrounding")

    def ready(self) -> None:
        """Register the half's layers, workflow and loaders."""
        from undergrounding import layers, reference, registering  # noqa: PLC0415 - ready now

        layers.register()
        registering.register()
        from undergrounding.demo.routes import load_routes  # noqa: PLC0415

        register_loader(Stage.DEMO, "routes", load_routes, order=60)
        register_loader(Stage.REFERENCE, "undergrounding", reference.load, order=50)
