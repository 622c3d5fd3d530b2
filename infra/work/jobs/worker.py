"""The worker loop: django-tasks' worker, a heartbeat, and periodic duties between jobs."""

import logging
import time
from contextlib import suppress
from types import FrameType

from django.core.cache import cache
from django.db import DatabaseError, close_old_connections
from django.utils.crypto import get_random_string
from django_tasks_db.management.commands.db_worker import Worker

from infra.work.jobs.pulse import HEARTBEAT_KEY, Pulse
from infra.work.jobs.registry import Duty, duties
from infra.work.jobs.runner import watch_for_lost_client
from infra.work.jobs.takeback import take_back_dead_jobs

logger = logging.getLogger("infra.work.jobs")
TAKE_BACK_SECONDS = 15


class JobWorker(Worker):
    """Drains the queue, does its duties, waits; on SIGTERM the running job is put back."""

    def __init__(self, *, once: bool, interval: float) -> None:
        super().__init__(
            queue_names=["*"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )
        self.once = once
        self.pause = interval
        self.pulse = Pulse()
        self.done_at: dict[str, float] = {}

    def shutdown(self, signum: int, frame: FrameType | None) -> None:
        """First signal: the job stops at its next step and is put back; second: at once."""
        self.pulse.stopping = True
        super().shutdown(signum, frame)

    def work(self) -> None:
        """Run until told to stop (or, with `once`, until the queue is empty)."""
        self.pulse.start()
        try:
            watch_for_lost_client()
            while self.running:
                self._turn()
                if self.once:
                    break
                time.sleep(self.pause)
        finally:
            self.pulse.end()
            with suppress(DatabaseError):
                cache.delete(HEARTBEAT_KEY)

    def _turn(self) -> None:
        try:
            close_old_connections()
            self._duties()
            self.run()
        except DatabaseError:
            logger.exception("The database is away; trying again")
            if self.once:
                raise

    def _duties(self) -> None:
        own = [Duty("take back", TAKE_BACK_SECONDS, lambda: _log_taken(take_back_dead_jobs()))]
        for duty in own + duties():
            last = self.done_at.get(duty.name)
            if last is None or time.monotonic() - last >= duty.seconds:
                self.done_at[duty.name] = time.monotonic()
                duty.run()


def _log_taken(count: int) -> None:
    if count:
        logger.warning("Took back %d job(s) of a worker that died", count)
