"""Fill a demo database with illustrative data. Refuses outside demo mode. Idempotent."""

from typing import Any

import pghistory
from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from infra.ground.loading import Stage, run_stage


class Command(BaseCommand):
    """Runs every registered demo loader, the same rows on each run."""

    help = "Load illustrative demo data; only in demo mode."

    def handle(self, **_options: Any) -> None:
        if not settings.DEMO_MODE:
            msg = "load_demo writes invented data and runs only with DEMO_MODE=1."
            raise CommandError(msg)
        with pghistory.context(door="command", why="load_demo"):
            run_stage(Stage.DEMO, self.stdout.write)
