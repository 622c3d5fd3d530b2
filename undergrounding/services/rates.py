"""Cost rates, kept by planners; every change is in the history."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from infra.ground.errors import Conflict
from infra.models import User
from undergrounding.models import CostRate
from undergrounding.permissions import may_plan


@transaction.atomic
def rate_save(*, actor: User, rate: CostRate) -> CostRate:
    """Write a checked rate; `rate.version` is the one the person saw.

    Raises PermissionDenied, or Conflict when somebody changed it meanwhile.
    """
    if not may_plan(actor):
        raise PermissionDenied
    if rate.pk:
        standing = CostRate.objects.select_for_update().get(pk=rate.pk)
        if standing.version != rate.version:
            raise Conflict(_("Somebody changed this rate meanwhile. Reload the page and look."))
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
