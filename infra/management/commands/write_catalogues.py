"""manage.py write_catalogues: the words of scripts, before collectstatic."""

from typing import Any

from django.core.management.base import BaseCommand

from infra.web.delivery.catalogues import write_catalogues


class Command(BaseCommand):
    """See `infra.web.delivery.catalogues`."""

    help = "Writes the words of scripts in each language among the built assets."
    requires_system_checks = []

    def handle(self, *args: Any, **options: Any) -> None:
        """Write them."""
        write_catalogues()
