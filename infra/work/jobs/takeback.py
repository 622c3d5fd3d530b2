"""Take back the jobs of workers that died: run again, or say that it was given up."""

import logging

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import JobState
from infra.models import Job
from infra.work.jobs.claims import is_abandoned
from infra.work.jobs.services import tell_stopped

MAX_ATTEMPTS = 3

logger = logging.getLogger("infra.work.jobs")


def take_back_dead_jobs() -> int:
    """Requeue (or, after MAX_ATTEMPTS, fail) every running job whose lock is free; how many."""
    running = Job.objects.filter(state=JobState.RUNNING).order_by("pk")
    taken = sum(_take_back(pk) for pk in running.values_list("pk", flat=True))
    if taken:
        logger.warning("Took back %d job(s) of a worker that died", taken)
    return taken


@transaction.atomic
def _take_back(job_id: int) -> bool:
    """Row first, then lock: a worker that ends the job meanwhile is waited for, and seen."""
    job = Job.objects.select_for_update().get(pk=job_id)
    if job.state != JobState.RUNNING or not is_abandoned(job):
        return False
    if job.attempts >= MAX_ATTEMPTS:
        job.state, job.finished_at = JobState.FAILED, timezone.now()
        job.message = _(
            "Given up: the worker stopped %(count)s times in the middle of this work. "
            "Press “Try again”, or tell the administrator."
        ) % {"count": job.attempts}
        job.save(update_fields=["state", "finished_at", "message"])
        tell_stopped(job)
        return True
    job.state = JobState.QUEUED
    job.message = _("The worker stopped in the middle; the work starts again from the beginning.")
    job.save(update_fields=["state", "message"])
    return True
