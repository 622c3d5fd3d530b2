"""Take back the jobs of workers that died: run again, or say that it was given up."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks_db.models import DBTaskResult

from infra.ground.choices import JobState
from infra.models import Job
from infra.work.jobs.locks import job_lock
from infra.work.jobs.services import hand_to_workers, tell_stopped

MAX_ATTEMPTS = 3
CLAIM_GRACE = timedelta(seconds=30)  # between a worker's claim of the task and its lock on the job


def take_back_dead_jobs() -> int:
    """Requeue (or, after MAX_ATTEMPTS, fail) every begun job whose lock is free; how many."""
    taken = 0
    for job in Job.objects.filter(state__in=[JobState.RUNNING, JobState.QUEUED]).order_by("pk"):
        if job.state == JobState.QUEUED and not _is_lost(job):
            continue
        with job_lock(job.pk) as held:
            if held:
                taken += _take_back(job.pk)
    return taken


def _is_lost(job: Job) -> bool:
    """A queued job is lost when its task was claimed a while ago, ended or went away."""
    task = DBTaskResult.objects.filter(pk=job.task_id).first() if job.task_id else None
    if task is None or task.status in {"FAILED", "SUCCESSFUL"}:
        return True
    claimed = task.started_at or task.enqueued_at
    return bool(task.status == "RUNNING" and claimed < timezone.now() - CLAIM_GRACE)


@transaction.atomic
def _take_back(job_id: int) -> bool:
    """Under the job's lock: what was read before it may have ended meanwhile."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state not in {JobState.RUNNING, JobState.QUEUED}:
        return False
    if job.state == JobState.QUEUED and not _is_lost(job):
        return False
    if job.task_id:
        DBTaskResult.objects.filter(pk=job.task_id, status="RUNNING").update(
            status="FAILED",
            finished_at=timezone.now(),
            exception_class_path="infra.work.jobs.WorkerDied",
        )
    if job.attempts >= MAX_ATTEMPTS:
        _give_up(job)
        return True
    job.message = _("The worker stopped in the middle; the work starts again from the beginning.")
    job.save(update_fields=["message"])
    hand_to_workers(job)
    return True


def _give_up(job: Job) -> None:
    job.state, job.finished_at = JobState.FAILED, timezone.now()
    job.message = _(
        "Given up: the worker stopped %(count)s times in the middle of this work. "
        "Press “Try again”, or tell the administrator."
    ) % {"count": job.attempts}
    job.save(update_fields=["state", "finished_at", "message"])
    tell_stopped(job)
