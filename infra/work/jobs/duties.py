"""Periodic duties, on time: a thread with a connection of its own, beside every running job.

Each duty's last run is a row, so that any number of workers do it once per period together, and
so that `/healthz` and the administrator can see a duty that fails or stays away.
"""

import logging
import threading
import time
from contextlib import suppress
from datetime import datetime, timedelta

from django.db import Error, close_old_connections, connection
from django.utils import timezone

from infra.models import DutyRun
from infra.work.jobs.registry import Duty, duties

DUTY_LOCKS = 0x7475  # the first half of the two-part key, beside the jobs' own

logger = logging.getLogger("infra.work.jobs")


class DutyThread:
    """Looks every second for duties that are due, until it is told to end."""

    def __init__(self, interval: float = 1.0) -> None:
        self._interval = interval
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._loop, name="duties", daemon=True)

    def start(self) -> None:
        """Begin to look."""
        self._thread.start()

    def end(self) -> None:
        """Stop looking; a duty under way gets a moment to finish, then dies with the process."""
        self._ended.set()
        self._thread.join(timeout=10)

    def _loop(self) -> None:
        while not self._ended.is_set():
            try:
                close_old_connections()
                run_due_duties(self._ended)
            except Error:
                logger.exception("The database is away; the duties wait")
            self._ended.wait(self._interval)
        connection.close()


def run_due_duties(ended: threading.Event | None = None) -> list[str]:
    """Run every duty whose period has passed and that no other worker is at; their names."""
    last = dict(DutyRun.objects.values_list("name", "began_at"))
    done = []
    for duty in duties():
        if ended is not None and ended.is_set():
            break
        began = last.get(duty.name)
        if (began is None or began <= _threshold(duty)) and _run_alone(duty):
            done.append(duty.name)
    return done


def overdue_duties() -> list[str]:
    """Duties that failed at their last run, or stayed away for three of their periods."""
    rows = {row.name: row for row in DutyRun.objects.all()}
    known = [(duty, rows[duty.name]) for duty in duties() if duty.name in rows]
    return [
        duty.name for duty, row in known if row.error or row.began_at < _threshold(duty, periods=3)
    ]


def _threshold(duty: Duty, *, periods: int = 1) -> datetime:
    return timezone.now() - timedelta(seconds=duty.seconds * periods)


def _run_alone(duty: Duty) -> bool:
    """Under the duty's advisory lock; re-read there, for another worker may have just done it."""
    key: tuple[int, str] = (DUTY_LOCKS, duty.name)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_lock(%s, hashtext(%s))", key)
        if not cursor.fetchone()[0]:
            return False
        try:
            if DutyRun.objects.filter(name=duty.name, began_at__gt=_threshold(duty)).exists():
                return False
            _run(duty)
            return True
        finally:
            with suppress(Error):  # a connection that died took its lock along
                cursor.execute("SELECT pg_advisory_unlock(%s, hashtext(%s))", key)


def _run(duty: Duty) -> None:
    began, started, error = timezone.now(), time.monotonic(), ""
    try:
        duty.run()
    except Exception as failure:
        logger.exception("The duty %s failed", duty.name)
        error = f"{type(failure).__name__}: {failure}"[:500]
    seconds = round(time.monotonic() - started, 3)
    facts = {"began_at": began, "seconds": seconds, "error": error}
    DutyRun.objects.update_or_create(name=duty.name, defaults=facts)
