"""Failed sign-ins, counted: never by name, only under keyed hashes."""

from django.db import models

from infra.ground.choices import FailureScope
from infra.ground.constraints import chosen


class SignInFailures(models.Model):
    """How often signing in failed lately for one account, address, both together or a device.

    In a table of its own: a cache throws rows away when it is full, and could be filled on purpose.
    """

    key = models.CharField(max_length=64, unique=True)
    scope = models.CharField(max_length=10, choices=FailureScope)
    count = models.PositiveIntegerField(default=0)
    last_at = models.DateTimeField()
    blocked_until = models.DateTimeField(null=True)
    told_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [chosen("failures", "scope", FailureScope)]
        indexes = [models.Index(fields=["scope", "last_at"], name="failures_scope_last")]
