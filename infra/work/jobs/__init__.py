"""Background work: enqueued by name, seen by its owner, taken back from a dead worker."""

from infra.work.jobs.context import JobCancelled, JobContext, JobError
from infra.work.jobs.registry import register_duty, register_job
from infra.work.jobs.services import enqueue

__all__ = ["JobCancelled", "JobContext", "JobError", "enqueue", "register_duty", "register_job"]
