"""Record a visit exactly once, grade it, and raise what a dangerous grade demands."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.contrib.gis.geos import Point
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import Role
from infra.ground.errors import Conflict
from infra.models import User
from infra.people.notices import notify
from infra.places.geo.measure import distance_m
from infra.places.territory.selectors import limits_on
from sites.models import Inspection, InspectionResult, Mast, Measurement, RemediationProposal
from sites.safety.rules.grading import CheckedItem, Reason, Verdict, grade_visit
from sites.safety.selectors.checklist import checklist_on

FAR_FROM_MAST_M = 150.0  # a sanity threshold of the form, not a legal limit
_PROPOSING_GRADES = frozenset({"C", "D"})


class ConflictingRepeat(Conflict):
    """The same visit number arrived again with other content."""


@dataclass(frozen=True)
class ItemAnswer:
    """One answered checklist line."""

    code: str
    result: str
    severity: int | None = None
    note: str = ""


@dataclass(frozen=True)
class MeasuredValue:
    """A measured quantity with its instrument."""

    quantity: str
    value: Decimal
    unit: str
    instrument: str = ""
    calibrated_until: str = ""


@dataclass(frozen=True)
class VisitReport:
    """A visit as the phone sends it; `uuid` is made there, position in degrees (EPSG:4326)."""

    uuid: UUID
    kind: str
    legal_basis: str
    visited_at: datetime
    answers: Sequence[ItemAnswer]
    measurements: Sequence[MeasuredValue] = field(default_factory=tuple)
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    note: str = ""

    def fingerprint(self, mast: Mast, actor: User) -> str:
        """SHA-256 of everything the phone said, who said it and of which mast."""
        content = {"mast": str(mast.uuid), "inspector": actor.pk, **asdict(self)}
        text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def inspection_record(*, mast: Mast, actor: User, report: VisitReport) -> tuple[Inspection, bool]:
    """Store the visit, grade the mast, raise a proposal; (inspection, whether it is new).

    Sent twice it is one row. Raises ConflictingRepeat if its number had other content.
    """
    mast = Mast.objects.select_for_update().get(pk=mast.pk)
    fingerprint = report.fingerprint(mast, actor)
    if earlier := Inspection.objects.filter(uuid=report.uuid).first():
        if earlier.content_sha256 != fingerprint:
            raise ConflictingRepeat(
                _("This visit was already received with other content, as it stands there."),
                _("Open the received visit; record a new one for what changed."),
            )
        return earlier, False
    verdict = _verdict(mast, report)
    inspection = _store(mast, actor, report, verdict, fingerprint)
    _regrade(mast, inspection)
    if verdict.grade in _PROPOSING_GRADES:
        _propose(mast, inspection)
    return inspection, True


def _verdict(mast: Mast, report: VisitReport) -> Verdict:
    on = timezone.localdate(report.visited_at)
    answers = {answer.code: answer for answer in report.answers}
    items = [
        CheckedItem(
            item.code,
            item.label,
            item.is_critical,
            answers[item.code].result if item.code in answers else None,
            answers[item.code].severity if item.code in answers else None,
        )
        for item in checklist_on(on, mast.structure)
    ]
    return grade_visit(
        items, plumb_ratio=_plumb_ratio(mast, report), plumb_limit=limits_on("plumb.guyed", on)
    )


def _plumb_ratio(mast: Mast, report: VisitReport) -> float | None:
    deviation = next((m.value for m in report.measurements if m.quantity == "plumb"), None)
    if deviation is None or not mast.height_m:
        return None
    return float(deviation) / 1000 / float(mast.height_m)


def _store(
    mast: Mast, actor: User, report: VisitReport, verdict: Verdict, fingerprint: str
) -> Inspection:
    point = None
    if report.lon is not None and report.lat is not None:
        point = Point(report.lon, report.lat, srid=4326)
    inspection = Inspection.objects.create(
        uuid=report.uuid,
        mast=mast,
        inspector=actor,
        kind=report.kind,
        legal_basis=report.legal_basis,
        visited_at=report.visited_at,
        point=point,
        accuracy_m=report.accuracy_m,
        grade=verdict.grade,
        grade_reasons=[
            reason.to_json() for reason in (*verdict.reasons, *_far_reason(mast, point))
        ],
        note=report.note,
        content_sha256=fingerprint,
    )
    lines = {
        item.code: item
        for item in checklist_on(timezone.localdate(report.visited_at), mast.structure)
    }
    InspectionResult.objects.bulk_create(
        InspectionResult(
            inspection=inspection,
            item=lines[answer.code],
            result=answer.result,
            severity=answer.severity,
            note=answer.note,
        )
        for answer in report.answers
        if answer.code in lines
    )
    Measurement.objects.bulk_create(
        Measurement(
            inspection=inspection,
            quantity=measured.quantity,
            value=measured.value,
            unit=measured.unit,
            instrument=measured.instrument,
            calibrated_until=measured.calibrated_until or None,
        )
        for measured in report.measurements
    )
    return inspection


def _far_reason(mast: Mast, point: Point | None) -> list[Reason]:
    """A remark, without effect on the grade, that the visit was logged away from the mast."""
    if point is None:
        return [Reason("position_unknown", "A")]
    distance = distance_m(mast.point, point)
    if distance <= FAR_FROM_MAST_M:
        return []
    return [Reason("far_from_mast", "A", {"distance_m": round(distance)})]


def _regrade(mast: Mast, inspection: Inspection) -> None:
    """The newest visit decides; one that arrives late changes nothing."""
    on = timezone.localdate(inspection.visited_at)
    if mast.graded_on and mast.graded_on > on:
        return
    mast.grade, mast.graded_on, mast.last_verified_on = inspection.grade, on, on
    mast.version += 1
    mast.save(update_fields=["grade", "graded_on", "last_verified_on", "version", "updated_at"])


def _propose(mast: Mast, inspection: Inspection) -> None:
    hours = limits_on(
        f"remediation.hours.{inspection.grade}", timezone.localdate(inspection.visited_at)
    )
    if hours is None:
        msg = f"No limit remediation.hours.{inspection.grade}: run load_reference."
        raise LookupError(msg)
    proposal = RemediationProposal.objects.create(
        mast=mast,
        inspection=inspection,
        grade=inspection.grade,
        action=_action(inspection.grade),
        due_at=inspection.visited_at + timedelta(hours=hours.value),
    )
    officers = User.objects.filter(is_active=True, roles__contains=[Role.OFFICER])
    notify(
        officers,
        subject=_("Mast %(code)s is graded %(grade)s")
        % {"code": mast.code, "grade": inspection.grade},
        body=proposal.action,
        url=reverse("sites:proposal_detail", args=[proposal.uuid]),
    )


def _action(grade: str) -> str:
    if grade == "D":
        return _(
            "Put up a barrier, tell the commune committee at once, brace or unload the mast; "
            "then dismantle it."
        )
    return _("Have the load-bearing capacity assessed; restrict further loads until then.")
