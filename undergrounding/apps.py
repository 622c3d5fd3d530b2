"""Undergrounding as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UndergroundingConfig(AppConfig):
    """Registers its layers, workflows and documents when Django is ready."""

    name = "undergrounding"
    verbose_name = _("Undergrounding")

    def ready(self) -> None:
        """Register the half's layers."""
        from undergrounding import layers  # noqa: PLC0415 - models are ready now

        layers.register()
