"""Run one job under its lock and write down how it ended."""

import logging
from typing import Any

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import JobState
from infra.ground.log import bound
from infra.models import Job
from infra.work.history import written_by
from infra.work.jobs.context import (
    DirectReporter,
    JobCancelled,
    JobContext,
    JobError,
    JobInterrupted,
    Reporter,
)
from infra.work.jobs.locks import job_lock
from infra.work.jobs.pulse import current_pulse
from infra.work.jobs.registry import job_kind
from infra.work.jobs.services import hand_to_workers, tell_stopped

logger = logging.getLogger("infra.work.jobs")


def execute(job_uuid: str) -> None:
    """Run a queued job here and now; does nothing when it is finished or somebody else runs it."""
    job = Job.objects.select_related("created_by").filter(uuid=job_uuid).first()
    if job is None:
        return
    with bound(job=str(job.uuid)), job_lock(job.pk) as held:
        if not held or not _begin(job):
            return
        pulse = current_pulse()
        reporter: Reporter = pulse.follow(job.pk) if pulse else DirectReporter(job.pk)
        try:
            _run(job, reporter)
        finally:
            if pulse:
                pulse.leave()


def _begin(job: Job) -> bool:
    """Claim the job: only a queued one begins."""
    now = timezone.now()
    began = Job.objects.filter(pk=job.pk, state=JobState.QUEUED).update(
        state=JobState.RUNNING, attempts=job.attempts + 1, started_at=now, heartbeat_at=now
    )
    job.attempts += 1
    return bool(began)


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


def _end(job: Job, state: JobState, message: str, result: dict[str, Any] | None = None) -> None:
    job.refresh_from_db()
    job.state, job.finished_at = state, timezone.now()
    job.message = message[:300] if message else job.message
    job.result = result or {}
    if state == JobState.DONE and job.total:
        job.done = job.total
    job.save(update_fields=["state", "finished_at", "message", "result", "done"])
    logger.info("job ended", extra={"facts": {"kind": job.kind, "state": str(state)}})
    if state != JobState.DONE:
        tell_stopped(job)


def _put_back(job: Job) -> None:
    """The worker ends: the job waits for the next one, and this attempt does not count."""
    with transaction.atomic():
        job.refresh_from_db()
        job.attempts = max(0, job.attempts - 1)
        job.message = _("Waiting for the worker to start again.")
        job.save(update_fields=["attempts", "message"])
        hand_to_workers(job)


def watch_for_lost_client() -> None:
    """Let PostgreSQL notice within seconds that this worker died in mid-statement (14+)."""
    with connection.cursor() as cursor:
        cursor.execute("SET client_connection_check_interval = '2s'")
