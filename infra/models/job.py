"""Background work as a person sees it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import JobState, Role
from infra.ground.constraints import chosen
from infra.models.user import Person, User


class JobQuerySet(models.QuerySet["Job"]):
    """Jobs, narrowed to a person's own."""

    def visible_to(self, user: Person) -> "JobQuerySet":
        """One's own; all for administrators."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.has_role(Role.ADMINISTRATOR) else self.filter(created_by=user)


class Job(models.Model):
    """One piece of background work: idempotent, with progress; taken back from a dead worker."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(max_length=60)
    payload = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=JobState, default=JobState.QUEUED)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    message = models.CharField(max_length=300, blank=True)
    result = models.JSONField(default=dict)
    attempts = models.PositiveSmallIntegerField(default=0)
    cancel_requested = models.BooleanField(default=False)
    created_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="jobs")
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["state", "created_at"], name="job_state_created")]
        constraints = [
            chosen("job", "state", JobState),
        ]
        verbose_name = _("background job")

    @property
    def percent(self) -> int | None:
        """Progress in per cent; None while it is not known."""
        return min(100, 100 * self.done // self.total) if self.total else None

    @property
    def is_over(self) -> bool:
        """Whether nothing more will happen by itself."""
        return self.state in {JobState.DONE, JobState.FAILED, JobState.CANCELLED}


class DutyRun(models.Model):
    """When a periodic duty was last done, by whichever worker, and how that went."""

    name = models.CharField(max_length=60, unique=True)
    began_at = models.DateTimeField(_("began"))
    seconds = models.FloatField(_("duration, s"))
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        ordering = ["name"]
        verbose_name = _("periodic duty")

    def __str__(self) -> str:
        return self.name
