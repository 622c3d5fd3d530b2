"""One PostgreSQL advisory lock per job: held by its worker, freed by the database when it dies."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

JOB_LOCKS = 0x7474  # the first half of the two-part key: "jobs"


def _call(function: str, job_id: int) -> bool:
    with connection.cursor() as cursor:
        # The key has 32 bits: a job number beyond them shares a lock, which only delays.
        cursor.execute(f"SELECT {function}(%s, %s)", [JOB_LOCKS, job_id % (2**31)])
        return bool(cursor.fetchone()[0])


@contextmanager
def job_lock(job_id: int) -> Iterator[bool]:
    """Try to hold the job's lock; yields whether it is held."""
    held = _call("pg_try_advisory_lock", job_id)
    try:
        yield held
    finally:
        if held and connection.connection is not None and not connection.needs_rollback:
            _call("pg_advisory_unlock", job_id)
