"""Enqueue, cancel, retry."""

from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import JobState, Role
from infra.ground.registry import Unbound
from infra.models import Job, User
from infra.work.jobs.registry import job_kind

FINISHED = frozenset({JobState.DONE, JobState.FAILED, JobState.CANCELLED})


@transaction.atomic
def enqueue(kind: str, payload: dict[str, Any], actor: User | None) -> Job:
    """Have a worker run `kind` once this transaction commits; Unbound on an unknown kind."""
    job_kind(kind)
    return Job.objects.create(kind=kind, payload=payload, created_by=actor)


def _own(job_uuid: UUID, actor: User) -> Job:
    """The job under lock. Raises Job.DoesNotExist when the person may not see it."""
    return Job.objects.visible_to(actor).select_for_update().get(uuid=job_uuid)


@transaction.atomic
def cancel(*, job_uuid: UUID, actor: User) -> Job:
    """Stop a job: at once when it waits, at its next step when it runs."""
    job = _own(job_uuid, actor)
    if job.state == JobState.QUEUED:
        job.state, job.finished_at = JobState.CANCELLED, timezone.now()
        job.message = _("Cancelled before it began.")
        tell_stopped(job)
    job.cancel_requested = True
    job.save(update_fields=["state", "finished_at", "message", "cancel_requested"])
    return job


@transaction.atomic
def retry(*, job_uuid: UUID, actor: User) -> Job:
    """Run a failed or cancelled job again from the start. Raises PermissionDenied otherwise."""
    job = _own(job_uuid, actor)
    if job.state not in {JobState.FAILED, JobState.CANCELLED}:
        raise PermissionDenied
    if job.created_by_id != actor.pk and not actor.has_role(Role.ADMINISTRATOR):
        raise PermissionDenied
    job.attempts = job.done = job.total = 0
    job.cancel_requested = False
    job.state, job.message, job.finished_at = JobState.QUEUED, "", None
    job.save()
    return job


def tell_stopped(job: Job) -> None:
    """Tell the part that owns the kind that its job failed or was cancelled, and why."""
    try:
        kind = job_kind(job.kind)
    except Unbound:
        return
    if kind.on_stopped is not None:
        kind.on_stopped(job.payload, job.message)
