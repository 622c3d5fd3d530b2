"""Run one claimed job and write down how it ended."""

import logging
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import JobState
from infra.ground.log import bound
from infra.models import Job
from infra.work.history import written_by
from infra.work.jobs.claims import claimed
from infra.work.jobs.context import (
    DirectReporter,
    JobCancelled,
    JobContext,
    JobError,
    JobInterrupted,
    Reporter,
)
from infra.work.jobs.pulse import current_pulse
from infra.work.jobs.registry import job_kind
from infra.work.jobs.services import tell_stopped

logger = logging.getLogger("infra.work.jobs")


def run_next() -> bool:
    """Run the oldest waiting job to its end; whether there was one."""
    return _run_first(Job.objects.all())


def execute(job_uuid: str) -> None:
    """Run this job here and now; does nothing when it is finished or somebody else runs it."""
    _run_first(Job.objects.filter(uuid=job_uuid))


def watch_for_lost_client() -> None:
    """Let PostgreSQL notice within seconds that this worker died in mid-statement (14+)."""
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '2s'")


def _run_first(waiting: Any) -> bool:
    with claimed(waiting) as job:
        if job is None:
            return False
        with bound(job=str(job.uuid)):
            _followed(job)
    return True


def _followed(job: Job) -> None:
    pulse = current_pulse()
    reporter: Reporter = pulse.follow(job.pk) if pulse else DirectReporter(job.pk)
    try:
        _run(job, reporter)
    finally:
        if pulse:
            pulse.leave()


def _run(job: Job, reporter: Reporter) -> None:
    try:
        kind = job_kind(job.kind)
        with written_by(job.created_by, why=str(kind.label), door="job"):
            result = kind.run(JobContext(job, reporter))
        _end(job, JobState.DONE, "", result or {})
    except JobInterrupted:
        _put_back(job)
    except JobCancelled:
        _end(job, JobState.CANCELLED, _("Cancelled on request; nothing unfinished was kept."))
    except JobError as error:
        _end(job, JobState.FAILED, str(error))
    except Exception:
        logger.exception("Job %s (%s) failed", job.uuid, job.kind)
        _end(job, JobState.FAILED, _("Something went wrong in the program; its log has the rest."))


@transaction.atomic
def _end(job: Job, state: JobState, message: str, result: dict[str, Any] | None = None) -> None:
    if not _still_mine(job):
        return
    job.state, job.finished_at = state, timezone.now()
    job.message = message[:300] if message else job.message
    job.result = result or {}
    if state == JobState.DONE and job.total:
        job.done = job.total
    job.save(update_fields=["state", "finished_at", "message", "result", "done"])
    logger.info("job ended", extra={"facts": {"kind": job.kind, "state": str(state)}})
    if state != JobState.DONE:
        tell_stopped(job)


@transaction.atomic
def _put_back(job: Job) -> None:
    """The worker ends: the job waits for the next one, and this attempt does not count."""
    if not _still_mine(job):
        return
    job.state, job.attempts = JobState.QUEUED, job.attempts - 1
    job.message = _("Waiting for the worker to start again.")
    job.save(update_fields=["state", "attempts", "message"])


def _still_mine(job: Job) -> bool:
    """Lock the row and re-read it: this attempt may have been taken back while it was cut off."""
    attempt = job.attempts
    job.refresh_from_db(from_queryset=Job.objects.select_for_update())
    if job.state == JobState.RUNNING and job.attempts == attempt:
        return True
    logger.warning("Job %s: attempt %d was taken back; its end is not written", job.uuid, attempt)
    return False
