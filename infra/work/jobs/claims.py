"""Claim a job: the row under SKIP LOCKED, and an advisory lock that the database frees on death.

Both are taken in one transaction on the worker's own connection, so a job that says "running"
while its lock is free has lost its worker: there is no time in between to be waited out.
"""

from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.db import Error, connection, transaction
from django.db.models import QuerySet
from django.utils import timezone

from infra.ground.choices import JobState
from infra.models import Job

JOB_LOCKS = 0x7474  # the first half of the two-part key: "jobs"


@contextmanager
def claimed(waiting: QuerySet[Job]) -> Iterator[Job | None]:
    """Hold the oldest queued job of `waiting` that nobody else holds; None when there is none."""
    job = _claim(waiting)
    try:
        yield job
    finally:
        # A connection that died took its locks along.
        with suppress(Error):
            if job is not None and connection.connection is not None:
                _call("pg_advisory_unlock", job.pk)


def is_abandoned(job: Job) -> bool:
    """Whether no session holds the job's lock. Ask from a session that runs no job itself."""
    if not _call("pg_try_advisory_lock", job.pk):
        return False
    _call("pg_advisory_unlock", job.pk)
    return True


@transaction.atomic
def _claim(waiting: QuerySet[Job]) -> Job | None:
    rows = waiting.filter(state=JobState.QUEUED).order_by("created_at", "pk")
    job = rows.select_for_update(skip_locked=True).first()
    if job is None or not _call("pg_try_advisory_lock", job.pk):
        return None
    now = timezone.now()
    job.state, job.attempts = JobState.RUNNING, job.attempts + 1
    job.started_at = job.heartbeat_at = now
    job.save(update_fields=["state", "attempts", "started_at", "heartbeat_at"])
    return job


def _call(function: str, job_id: int) -> bool:
    with connection.cursor() as cursor:
        # The key has 32 bits: a job number beyond them shares a lock, which only delays.
        cursor.execute(f"SELECT {function}(%s, %s)", [JOB_LOCKS, job_id % (2**31)])
        return bool(cursor.fetchone()[0])
