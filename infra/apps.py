"""The ground floor as a Django application."""

from importlib import import_module

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InfraConfig(AppConfig):
    """People, places, map, workflow, documents, jobs."""

    name = "infra"
    verbose_name = _("Foundations")

    def ready(self) -> None:
        """Register what each part of the ground floor offers by key."""
        # Only now: its parts import models.
        import_module("infra.registering").register(self)
