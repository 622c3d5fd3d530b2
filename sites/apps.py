"""Masts and stations as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SitesConfig(AppConfig):
    """Registers its layers, workflows, documents and importers when Django is ready."""

    name = "sites"
    verbose_name = _("Masts and stations")
