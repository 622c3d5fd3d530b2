"""Writes a request before it is submitted: the letter, its positions, one version for each row."""

from functools import partial
from typing import Any, TypeVar
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from infra.ground.choices import DossierState
from infra.ground.errors import Forbidden, NotThere, Refused
from infra.ground.locks import hold
from infra.ground.versions import refuse_stale
from infra.models import Dossier, User
from infra.models.base import VersionedModel
from infra.work.history.last import last_change
from sites.choices import Outcome
from sites.models import CandidateLocation
from sites.permissions import may_edit_dossier

MOST_POSITIONS = 200
Row = TypeVar("Row", bound=VersionedModel)


@transaction.atomic
def dossier_update(*, dossier: Dossier, actor: User, version: int, **values: Any) -> Dossier:
    """Change the letter's facts. Raises StaleVersion, Forbidden once submitted."""
    row = _editable(dossier, actor)
    refuse_stale(row, version, partial(last_change, reader=actor))
    return write(row, values)


@transaction.atomic
def dossier_discard(*, dossier: Dossier, actor: User) -> None:
    """Delete a draft with its positions. Raises Refused once it was submitted."""
    row = _editable(dossier, actor)
    if row.state != DossierState.DRAFT:
        raise Refused(_("Only a draft can be discarded; a submitted dossier is withdrawn."))
    row.delete()


@transaction.atomic
def candidate_save(
    *, dossier: Dossier, actor: User, uuid: UUID, version: int, values: dict[str, Any]
) -> CandidateLocation:
    """Create or change one position. `uuid` is made by the page, so sending twice is one row.

    Raises StaleVersion, Forbidden once submitted, NotThere on another's uuid.
    """
    row = _editable(dossier, actor)
    hold(f"position:{uuid}")  # the same identifier in two dossiers at once is a refusal, no crash
    found = CandidateLocation.objects.select_for_update().filter(uuid=uuid).first()
    if found is None:
        _refuse_too_many(row, 1)
        return CandidateLocation.objects.create(
            dossier=row, uuid=uuid, order=_next_order(row), **values
        )
    if found.dossier_id != row.pk:
        raise NotThere(_("There is nothing at this address, or it is not yours."))
    if all(_same(getattr(found, name), value) for name, value in values.items()):
        return found
    refuse_stale(found, version, partial(last_change, reader=actor))
    return write(found, {**values, **_undecided(found, values)})


@transaction.atomic
def candidates_add(
    *, dossier: Dossier, actor: User, rows: list[dict[str, Any]]
) -> list[CandidateLocation]:
    """Add a table of positions at once, all or none."""
    row = _editable(dossier, actor)
    _refuse_too_many(row, len(rows))
    first = _next_order(row)
    return [
        CandidateLocation.objects.create(dossier=row, order=order, **values)
        for order, values in enumerate(rows, start=first)
    ]


@transaction.atomic
def candidate_remove(*, candidate: CandidateLocation, actor: User) -> None:
    """Take a position out of the request."""
    row = _editable(candidate.dossier, actor)
    candidate.delete()
    for order, left in enumerate(row.candidates.order_by("order"), start=1):
        if left.order != order:
            CandidateLocation.objects.filter(pk=left.pk).update(order=order)


def write(row: Row, values: dict[str, Any]) -> Row:
    """Set the values and raise the version."""
    for name, value in values.items():
        setattr(row, name, value)
    row.version += 1
    row.save()
    return row


def _editable(dossier: Dossier, actor: User) -> Dossier:
    row = Dossier.objects.select_for_update().get(pk=dossier.pk)
    if not may_edit_dossier(actor, row):
        raise Forbidden(_("The dossier is with the department: it can no longer be changed here."))
    return row


def _next_order(dossier: Dossier) -> int:
    last = dossier.candidates.aggregate(last=Max("order"))["last"]
    return (last or 0) + 1


def _refuse_too_many(dossier: Dossier, more: int) -> None:
    if dossier.candidates.count() + more > MOST_POSITIONS:
        raise Refused(
            _("A dossier takes at most %(most)s positions: split it.") % {"most": MOST_POSITIONS}
        )


def _undecided(found: CandidateLocation, values: dict[str, Any]) -> dict[str, Any]:
    """A position that moves or grows loses the result it had."""
    judged = ("point", "mast_class", "footing", "height_m", "building_height_m", "old_mast")
    if not found.outcome or all(
        _same(getattr(found, name), values.get(name, getattr(found, name))) for name in judged
    ):
        return {}
    return {
        "outcome": Outcome.PENDING,
        "outcome_reason": "",
        "override_reason": "",
        "share_with": None,
        "proposed_point": None,
        "decided_by": None,
        "decided_at": None,
    }


def _same(old: Any, new: Any) -> bool:
    if isinstance(old, Point) and isinstance(new, Point):
        return bool(old.equals_exact(new, 1e-9))
    return bool(old == new)
