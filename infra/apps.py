"""The ground floor as a Django application."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class InfraConfig(AppConfig):
    """People, places, map, workflow, documents, jobs."""

    name = "infra"
    verbose_name = _("Foundations")
