"""Load administrative units of 2024 and since 01/07/2025, and who became whom. Idempotent."""

from django.core.management.base import BaseCommand

from infra.places.territory.services import units_load


class Command(BaseCommand):
    """Renews every unit of the package, its known errors mended; boundaries stay."""

    help = "Load provinces, districts and communes with dates and successors; safe to run again."

    def handle(self, **_options: object) -> None:
        loaded = units_load()
        self.stdout.write(f"Đơn vị: {loaded.units}, quan hệ kế thừa: {loaded.successions}.")
