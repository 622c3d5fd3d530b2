"""Fill a demo database with illustrative data. Refuses outside demo mode. Idempotent."""

from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from infra.ground.loading import Stage, run_stage
from infra.work.history import written_by


class Command(BaseCommand):
    """Runs every registered demo loader, the same rows on each run."""

    help = "Load illustrative demo data; only in demo mode."

    def handle(self, **_options: Any) -> None:
        if not settings.DEMO_MODE:
            msg = "load_demo writes invented data and runs only with DEMO_MODE=1."
            raise CommandError(msg)
        why = _("Illustrative data loaded")
        run_stage(Stage.DEMO, self.stdout.write, lambda: written_by(None, why=why, door="command"))
