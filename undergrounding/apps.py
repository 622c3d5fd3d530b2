"""Undergrounding as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class UndergroundingConfig(AppConfig):
    """Registers its layers, workflows and documents when Django is ready."""

    name = "undergrounding"
    verbose_name = _("Undergrounding")

    def ready(self) -> None:
        """Register the half's layers, workflow and loaders."""
        import_module("undergrounding.registering").register()
