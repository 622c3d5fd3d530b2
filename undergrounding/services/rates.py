"""Cost rates, kept by planners; every change is in the history."""

from django.core.exceptions import PermissionDenied
from django.db import transaction

from infra.ground.versions import refuse_stale
from infra.models import User
from infra.work.history.last import last_change
from undergrounding.models import CostRate
from undergrounding.permissions import may_plan


@transaction.atomic
def rate_save(*, actor: User, rate: CostRate) -> CostRate:
    """Write a checked rate; `rate.version` is the one the person saw.

    Raises PermissionDenied, or StaleVersion when somebody changed it meanwhile.
    """
    if not may_plan(actor):
        raise PermissionDenied
    if rate.pk:
        standing = CostRate.objects.select_for_update().get(pk=rate.pk)
        refuse_stale(standing, rate.version, last_change)
        rate.version += 1
    rate.entered_by = actor
    rate.save()
    return rate


@transaction.atomic
def rate_delete(*, actor: User, rate: CostRate) -> None:
    """Take a rate away that was entered by mistake; the history keeps it."""
    if not may_plan(actor):
        raise PermissionDenied
    rate.delete()
