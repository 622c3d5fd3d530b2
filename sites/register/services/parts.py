"""Writing what belongs to a mast: stations with antennas, assessments, leases."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from infra.ground.versions import refuse_stale
from infra.models import User
from infra.work.history import because
from infra.work.history.last import last_change
from sites.models import Antenna, Lease, Mast, Station, StructuralAssessment
from sites.permissions import may_edit_masts, sees_leases
from sites.safety.services.grading import mast_regrade

Part = TypeVar("Part", Station, StructuralAssessment, Lease)


def _save(part: Part, mast: Mast, version: int, data: Mapping[str, Any], why: str) -> Part:
    """Save a new part, or one that stands at `version`. Raises StaleVersion when it does not."""
    because(why)
    if part.pk:
        current = type(part).objects.select_for_update().get(pk=part.pk)
        refuse_stale(current, version, last_change)
        part = current
        part.version += 1
    part.mast = mast
    for name, value in data.items():
        setattr(part, name, value)
    part.full_clean()
    part.save()
    return part


@transaction.atomic
def station_save(
    *,
    actor: User,
    mast: Mast,
    station: Station,
    version: int,
    data: Mapping[str, Any],
    antennas: Sequence[Mapping[str, Any]] | None = None,
) -> Station:
    """Save a station and, when given, put these antennas in place of its old ones."""
    _refuse_unless(may_edit_masts, actor)
    station = _save(station, mast, version, data, _("Station of mast %s") % mast.code)
    if antennas is not None:
        station.antennas.all().delete()
        Antenna.objects.bulk_create(Antenna(station=station, **row) for row in antennas)
    return station


@transaction.atomic
def station_delete(*, actor: User, station: Station, reason: str) -> None:
    """Take a station off its mast; history keeps it."""
    _refuse_unless(may_edit_masts, actor)
    because(reason)
    station.delete()


@transaction.atomic
def assessment_save(
    *,
    actor: User,
    mast: Mast,
    assessment: StructuralAssessment,
    version: int,
    data: Mapping[str, Any],
) -> StructuralAssessment:
    """Save a structural assessment; the mast is graded anew, for better or worse."""
    _refuse_unless(may_edit_masts, actor)
    why = _("Structural assessment of mast %s") % mast.code
    saved = _save(assessment, mast, version, data, why)
    mast_regrade(mast, actor)
    return saved


@transaction.atomic
def lease_save(
    *, actor: User, mast: Mast, lease: Lease, version: int, data: Mapping[str, Any]
) -> Lease:
    """Save a lease; department only."""
    _refuse_unless(may_edit_masts, actor)
    _refuse_unless(sees_leases, actor)
    return _save(lease, mast, version, data, _("Lease of mast %s") % mast.code)


def _refuse_unless(allowed: Callable[[User], bool], actor: User) -> None:
    if not allowed(actor):
        raise PermissionDenied
