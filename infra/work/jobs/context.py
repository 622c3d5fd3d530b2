"""What a running job sees: its payload, its actor, and how to say how far it is."""

from typing import Any, Protocol

from django.utils import timezone

from infra.models import Job, User


class JobError(Exception):
    """The job cannot be done; the message is a sentence for the person who asked."""


class JobCancelled(Exception):
    """The owner asked to stop."""


class JobInterrupted(Exception):
    """The worker is shutting down."""


class Reporter(Protocol):
    """Carries progress out of the job's transaction, and wishes to stop into it."""

    stopping: bool

    def report(self, done: int, total: int, message: str) -> None:
        """Show how far the job is."""

    def cancel_requested(self) -> bool:
        """Whether the owner asked to stop."""


class DirectReporter:
    """Writes on the job's own connection: for jobs run without a worker (commands, tests)."""

    stopping = False

    def __init__(self, job_id: int) -> None:
        self.job_id = job_id

    def report(self, done: int, total: int, message: str) -> None:
        """Write at once."""
        Job.objects.filter(pk=self.job_id).update(
            done=done, total=total, message=message[:300], heartbeat_at=timezone.now()
        )

    def cancel_requested(self) -> bool:
        """Read at once."""
        return Job.objects.filter(pk=self.job_id, cancel_requested=True).exists()


class JobContext:
    """Handed to the function of a job kind."""

    def __init__(self, job: Job, reporter: Reporter) -> None:
        self.uuid = job.uuid
        self.payload: dict[str, Any] = job.payload
        self.actor: User | None = job.created_by
        self.attempt = job.attempts
        self._reporter = reporter

    def progress(self, done: int, total: int, message: str = "") -> None:
        """Say how far the job is; raises JobCancelled or JobInterrupted when it must stop."""
        self._reporter.report(done, total, message)
        self.check()

    def check(self) -> None:
        """Stop here when asked to. Raises JobCancelled or JobInterrupted."""
        if self.cancelled:
            raise JobCancelled
        if self._reporter.stopping:
            raise JobInterrupted

    @property
    def cancelled(self) -> bool:
        """Whether the owner asked to stop."""
        return self._reporter.cancel_requested()
