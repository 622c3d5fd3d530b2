"""`manage.py work`: the background worker."""

import logging
from argparse import ArgumentParser

from django.core.management.base import BaseCommand

from infra.work.jobs.worker import Worker


class Command(BaseCommand):
    """Run background jobs until SIGTERM; jobs of dead workers are taken back."""

    help = "Run background jobs until SIGTERM; jobs of dead workers are taken back."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """`--once` empties the queue and ends; `--interval` is the wait between looks."""
        parser.add_argument("--once", action="store_true")
        parser.add_argument("--interval", type=float, default=1.0)

    def handle(self, *, once: bool, interval: float, verbosity: int, **options: object) -> None:
        """Loop until the end."""
        logger = logging.getLogger("infra.work.jobs")
        if not logger.hasHandlers():
            logger.addHandler(logging.StreamHandler(self.stdout))
        logger.setLevel(logging.INFO if verbosity else logging.ERROR)
        worker = Worker(once=once, interval=interval)
        worker.heed_signals()
        worker.work()
