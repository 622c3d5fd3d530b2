"""Masts and stations as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    """Each feature registers what the ground floor knows by key only, when Django is ready."""

    name = "sites"
    verbose_name = _("Masts and stations")

    def ready(self) -> None:
        """Let the features register in the order in which their rows build on each other."""
        for feature in ("register", "safety", "appraisal"):
            import_module(f"sites.{feature}.registering").register()
