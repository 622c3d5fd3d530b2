"""Django's administration with our own door."""

from django.contrib.admin.apps import AdminConfig


class AdministrationConfig(AdminConfig):
    """Every `admin.site` is ours."""

    default_site = "infra.people.access.admin_site.AdministrationSite"
