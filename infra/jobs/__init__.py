"""Background work: enqueued by name, seen by its owner, taken back from a dead worker."""

from infra.jobs.context import JobCancelled, JobContext, JobError
from infra.jobs.registry import register_duty, register_job
from infra.jobs.services import enqueue

__all__ = ["JobCancelled", "JobContext", "JobError", "enqueue", "register_duty", "register_job"]
