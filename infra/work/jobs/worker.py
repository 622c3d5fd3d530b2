"""The worker: takes jobs one by one; heartbeat and duties go on beside a long one."""

import logging
import signal
import threading
from contextlib import suppress
from types import FrameType

from django.core.cache import cache
from django.db import Error, close_old_connections

from infra.work.jobs.duties import DutyThread, run_due_duties
from infra.work.jobs.pulse import HEARTBEAT_KEY, Pulse
from infra.work.jobs.runner import run_next, watch_for_lost_client
from infra.work.jobs.takeback import take_back_dead_jobs

logger = logging.getLogger("infra.work.jobs")


class Worker:
    """Drains the queue, waits, looks again; on SIGTERM the running job is put back."""

    def __init__(self, *, once: bool, interval: float) -> None:
        self._once = once
        self._interval = interval
        self._pulse = Pulse()
        self._duties = DutyThread()
        self._told_to_stop = threading.Event()

    def heed_signals(self) -> None:
        """First signal: the job stops at its next step and is put back; second: at once."""
        for number in (signal.SIGINT, signal.SIGTERM):
            signal.signal(number, self._stop)

    def work(self) -> None:
        """Run until told to stop (or, with `once`, until queue and duties are empty)."""
        self._pulse.start()
        try:
            if self._once:
                self._begin()
                run_due_duties()
                self._drain()
            else:
                self._loop()
        finally:
            self._pulse.end()
            with suppress(Error):
                cache.delete(HEARTBEAT_KEY)

    def _loop(self) -> None:
        self._duties.start()
        try:
            ready = False
            while not self._told_to_stop.is_set():
                try:
                    close_old_connections()
                    if not ready:
                        self._begin()
                        ready = True
                    self._drain()
                except Error:
                    logger.exception("The database is away; trying again")
                    ready = False
                self._told_to_stop.wait(self._interval)
        finally:
            self._duties.end()

    def _begin(self) -> None:
        """What a killed worker left is taken back at once, not at the duty's next turn."""
        watch_for_lost_client()
        take_back_dead_jobs()

    def _drain(self) -> None:
        while not self._told_to_stop.is_set() and run_next():
            pass

    def _stop(self, number: int, frame: FrameType | None) -> None:
        logger.info("Told to stop by signal %d", number)
        self._pulse.stopping = True
        self._told_to_stop.set()
        signal.signal(number, signal.SIG_DFL)
