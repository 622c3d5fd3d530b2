"""Guess boundaries from the units' points where the office's own are not loaded. Idempotent."""

from django.core.management.base import BaseCommand

from infra.places.territory.services import boundaries_derive


class Command(BaseCommand):
    """Never touches a boundary that came from a file."""

    help = "Guess boundaries (Voronoi) for units without the office's own; the map says so."

    def handle(self, **_options: object) -> None:
        self.stdout.write(f"Địa giới ước lượng: {boundaries_derive()} đơn vị.")
