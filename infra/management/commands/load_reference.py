"""Load the rows every office needs: units, calendar, limits, procedures, checklist. Idempotent."""

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from infra.ground.loading import Stage, run_stage
from infra.work.history import written_by


class Command(BaseCommand):
    """Runs every registered reference loader."""

    help = "Load reference rows (units, calendar, limits, procedures); safe to run again."

    def handle(self, **_options: object) -> None:
        why = _("Reference rows loaded")
        run_stage(
            Stage.REFERENCE, self.stdout.write, lambda: written_by(None, why=why, door="command")
        )
