"""Completed repairs: recorded with their paper, withdrawn with a reason, never edited."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.files.services import attach
from infra.ground.errors import Conflict, Refused
from infra.models import User
from infra.work.history import because
from sites.models import Mast, Repair
from sites.permissions import may_record_repairs
from sites.safety.services.grading import mast_regrade


@transaction.atomic
def repair_record(
    *, actor: User, mast: Mast, uuid: UUID, data: Mapping[str, Any], paper: "File[Any]"
) -> Repair:
    """Record a repair with its paper and grade the mast anew; the same `uuid` twice is one row.

    Raises PermissionDenied, Refused for a moment that lies ahead, and what `attach` raises.
    """
    if not may_record_repairs(actor):
        raise PermissionDenied
    if data["completed_at"] > timezone.now():
        raise Refused(_("A completed repair cannot lie ahead: correct its day and hour."))
    because(_("Completed repair of mast %s") % mast.code)
    Mast.objects.select_for_update(of=("self",)).get(pk=mast.pk)
    if earlier := Repair.objects.filter(uuid=uuid, mast=mast).first():
        return earlier
    repair = Repair(uuid=uuid, mast=mast, recorded_by=actor, **data)
    repair.full_clean()
    repair.save()
    attach(repair, paper, actor, is_internal=True)
    mast_regrade(mast, actor)
    return repair


@transaction.atomic
def repair_withdraw(*, actor: User, repair: Repair, reason: str) -> None:
    """Take a wrongly recorded repair out of the grading; it stays on file with the reason.

    Raises PermissionDenied, Refused without a reason, Conflict when it was withdrawn before.
    """
    if not may_record_repairs(actor):
        raise PermissionDenied
    if not reason.strip():
        raise Refused(_("Write the reason."))
    because(reason)
    Mast.objects.select_for_update(of=("self",)).get(pk=repair.mast_id)
    row = Repair.objects.select_for_update(of=("self",)).get(pk=repair.pk)
    if row.withdrawn_at:
        raise Conflict(_("This repair was already withdrawn."))
    row.withdrawn_at, row.withdrawal_reason = timezone.now(), reason.strip()[:300]
    row.version += 1
    row.save()
    mast_regrade(row.mast, actor)
