"""Load the rows every office needs: units, calendar, limits, procedures, checklist. Idempotent."""

import pghistory
from django.core.management.base import BaseCommand

from infra.ground.loading import Stage, run_stage


class Command(BaseCommand):
    """Runs every registered reference loader."""

    help = "Load reference rows (units, calendar, limits, procedures); safe to run again."

    def handle(self, **_options: object) -> None:
        with pghistory.context(door="command", why="load_reference"):
            run_stage(Stage.REFERENCE, self.stdout.write)
