"""The worker's heartbeat: a thread of its own connection, outside every job's transaction."""

import threading
import time

from django.core.cache import cache
from django.db import Error, connection
from django.utils import timezone

from infra.models import Job

HEARTBEAT_KEY = "worker:heartbeat"
HEARTBEAT_SECONDS = 10
HEARTBEAT_KEPT_SECONDS = 24 * 3600

_current: "list[Pulse]" = []


class Pulse:
    """Writes the heartbeat and the followed job's progress every second, reads its cancel wish."""

    def __init__(self, interval: float = 1.0) -> None:
        self.stopping = False
        self._interval = interval
        self._job_id: int | None = None
        self._news: tuple[int, int, str] | None = None
        self._cancel = False
        self._ended = threading.Event()
        self._guard = threading.Lock()
        self._last_beat = 0.0
        self._thread = threading.Thread(target=self._loop, name="pulse", daemon=True)

    def start(self) -> None:
        """Begin to beat, and be the pulse that jobs of this process report to."""
        _current.append(self)
        self._thread.start()

    def end(self) -> None:
        """Stop beating."""
        _current.remove(self)
        self._ended.set()
        self._thread.join(timeout=10)

    def follow(self, job_id: int) -> "Pulse":
        """Report this job from now on."""
        with self._guard:
            self._job_id, self._news, self._cancel = job_id, None, False
        return self

    def leave(self) -> None:
        """The job ended."""
        with self._guard:
            self._job_id = self._news = None

    def report(self, done: int, total: int, message: str) -> None:
        """Remember how far the job is; the thread writes it."""
        self._news = (done, total, message)

    def cancel_requested(self) -> bool:
        """What the thread last read."""
        return self._cancel

    def _loop(self) -> None:
        while not self._ended.wait(self._interval):
            # A database that is away for a moment must not end the heartbeat, nor a connection
            # that died with it be kept.
            try:
                self._beat()
            except Error:
                connection.close()
        connection.close()

    def _beat(self) -> None:
        if time.monotonic() - self._last_beat >= HEARTBEAT_SECONDS:
            cache.set(HEARTBEAT_KEY, timezone.now().isoformat(), HEARTBEAT_KEPT_SECONDS)
            self._last_beat = time.monotonic()
        with self._guard:
            if self._job_id is None:
                return
            fields: dict[str, object] = {"heartbeat_at": timezone.now()}
            if self._news:
                done, total, message = self._news
                fields |= {"done": done, "total": total, "message": message[:300]}
            jobs = Job.objects.filter(pk=self._job_id)
            jobs.update(**fields)
            self._cancel = bool(jobs.values_list("cancel_requested", flat=True).first())


def current_pulse() -> Pulse | None:
    """The pulse of this worker process; None outside a worker."""
    return _current[-1] if _current else None
