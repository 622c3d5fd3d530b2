"""Background work: enqueued by name, seen by its owner, taken back from a dead worker."""

from infra.work.jobs.context import JobCancelled, JobContext, JobError
from infra.work.jobs.registry import register_duty, register_job
from infra.work.jobs.services import enqueue
from infra.work.jobs.takeback import take_back_dead_jobs

TAKE_BACK_SECONDS = 15

__all__ = ["JobCancelled", "JobContext", "JobError", "enqueue", "register_duty", "register_job"]


def register() -> None:
    """The jobs' own duty; called once, when Django is ready."""
    register_duty("take back", TAKE_BACK_SECONDS, take_back_dead_jobs)
