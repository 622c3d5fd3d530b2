"""Record a visit exactly once with the checklist it answered, grade it, raise what it demands."""

import hashlib
import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import Point
from django.core.files.base import File
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.files.services import attach
from infra.files.sniff import IMAGES
from infra.ground.errors import Conflict, Refused
from infra.ground.rules import Limit
from infra.models import Attachment, User
from infra.places.geo.measure import distance_m
from infra.places.territory.selectors import limits_on
from infra.work.history import because
from sites.models import ChecklistItem, Inspection, InspectionResult, Mast, Measurement
from sites.safety.rules.clock import SLACK, ClockReading, ClockVerdict, judge_clock
from sites.safety.rules.grading import CheckedItem, Reason, Verdict, grade_visit
from sites.safety.selectors.checklist import checklist_shown
from sites.safety.services.grading import mast_regrade
from sites.safety.services.proposals import PROPOSING_GRADES, proposal_raise, tell_officers

NEAR_LIMIT = "visit-near-mast"


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
    """A visit as the phone sends it; `uuid` is made there, position in degrees (EPSG:4326).

    `checklist_on` and `checklist_codes` name the checklist that it showed; `sent_at` is its clock
    at this sending and no part of the visit.
    """

    uuid: UUID
    kind: str
    legal_basis: str
    visited_at: datetime
    sent_at: datetime
    checklist_on: date
    checklist_codes: Sequence[str]
    answers: Sequence[ItemAnswer]
    measurements: Sequence[MeasuredValue] = field(default_factory=tuple)
    lon: float | None = None
    lat: float | None = None
    accuracy_m: float | None = None
    note: str = ""

    def fingerprint(self, mast: Mast, actor: User) -> str:
        """SHA-256 of everything the phone said of the visit, who said it and of which mast."""
        content = {"mast": str(mast.uuid), "inspector": actor.pk, **asdict(self)}
        del content["sent_at"]
        text = json.dumps(content, sort_keys=True, default=str, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()


@transaction.atomic
def inspection_record(*, mast: Mast, actor: User, report: VisitReport) -> tuple[Inspection, bool]:
    """Store the visit, grade the mast, raise a proposal; (inspection, whether it is new).

    Sent twice it is one row. Raises ConflictingRepeat if its number had other content, Refused
    for an empty checklist or one with lines that nobody knows: nothing is stored then.
    """
    mast = Mast.objects.select_for_update(of=("self",)).get(pk=mast.pk)
    fingerprint = report.fingerprint(mast, actor)
    if earlier := Inspection.objects.filter(uuid=report.uuid).first():
        if earlier.content_sha256 != fingerprint:
            raise ConflictingRepeat(
                _("This visit was already received with other content, as it stands there."),
                _("Open the received visit; record a new one for what changed."),
            )
        return earlier, False
    items = _checklist(mast, report)
    because(_("Visit of mast %s recorded") % mast.code)
    clock = _clock(report, items)
    inspection = _store(mast, actor, report, items, clock, fingerprint)
    proposal = proposal_raise(mast, inspection) if inspection.grade in PROPOSING_GRADES else None
    standing = mast_regrade(mast, actor)
    if proposal and not standing.lifting_of(str(inspection.uuid)):
        tell_officers(proposal)
    return inspection, True


@transaction.atomic
def photo_keep(
    inspection: Inspection, upload: "File[Any]", actor: User, **capture: Any
) -> Attachment:
    """Keep a photo of a received visit, then grade anew: a verification may wait for it."""
    because(_("Photo of a visit of mast %s received") % inspection.mast.code)
    photo = attach(inspection, upload, actor, allow=IMAGES, **capture)
    mast_regrade(inspection.mast, actor)
    return photo


def _checklist(mast: Mast, report: VisitReport) -> Sequence[ChecklistItem]:
    day = report.checklist_on.strftime("%d/%m/%Y")
    again = _("Nothing was stored; the phone keeps the visit. Open it again and send it anew.")
    if report.checklist_on > timezone.localdate() + timedelta(days=1):
        raise Refused(
            _("The checklist of %(day)s is not known: that day lies ahead.") % {"day": day}, again
        )
    if not report.checklist_codes:
        raise Refused(_("The visit came with an empty checklist: it cannot be graded."), again)
    if not report.answers:
        raise Refused(_("The visit answers no item of the checklist: it cannot be graded."), again)
    shown = checklist_shown(report.checklist_on, report.checklist_codes, mast.structure)
    answered = {answer.code for answer in report.answers}
    unknown = [*shown.unknown, *sorted(answered - set(report.checklist_codes))]
    if unknown:
        sentence = _("The checklist of %(day)s has no item “%(codes)s”.")
        raise Refused(sentence % {"day": day, "codes": "”, “".join(unknown)}, again)
    return shown.items


def _clock(report: VisitReport, items: Sequence[ChecklistItem]) -> ClockVerdict:
    newest_line = max(item.valid_from for item in items if item.code in report.checklist_codes)
    return judge_clock(
        ClockReading(
            visited_at=report.visited_at,
            sent_at=report.sent_at,
            received_at=timezone.now(),
            checklist_from=timezone.make_aware(datetime.combine(newest_line, time.min)),
        )
    )


def _verdict(mast: Mast, report: VisitReport, items: Sequence[ChecklistItem], on: date) -> Verdict:
    answers = {answer.code: answer for answer in report.answers}
    checked = [
        CheckedItem(
            item.code,
            item.label,
            item.is_critical,
            answers[item.code].result if item.code in answers else None,
            answers[item.code].severity if item.code in answers else None,
        )
        for item in items
    ]
    return grade_visit(
        checked, plumb_ratio=_plumb_ratio(mast, report), plumb_limit=limits_on("plumb.guyed", on)
    )


def _plumb_ratio(mast: Mast, report: VisitReport) -> float | None:
    deviation = next((m.value for m in report.measurements if m.quantity == "plumb"), None)
    if deviation is None or not mast.height_m:
        return None
    return float(deviation) / 1000 / float(mast.height_m)


def _store(  # noqa: PLR0917 - one row from everything that is known of it
    mast: Mast,
    actor: User,
    report: VisitReport,
    items: Sequence[ChecklistItem],
    clock: ClockVerdict,
    fingerprint: str,
) -> Inspection:
    on = timezone.localdate(clock.counts_from)
    verdict = _verdict(mast, report, items, on)
    near = limits_on(NEAR_LIMIT, on)
    point = None
    if report.lon is not None and report.lat is not None:
        point = Point(report.lon, report.lat, srid=4326)
    distance = distance_m(mast.point, point) if point else None
    remarks = (*_place_remark(distance, near), *_clock_remark(report, clock))
    inspection = Inspection.objects.create(
        uuid=report.uuid,
        mast=mast,
        inspector=actor,
        kind=report.kind,
        legal_basis=report.legal_basis,
        visited_at=report.visited_at,
        sent_at=report.sent_at,
        counts_from=clock.counts_from,
        clock_doubt=clock.doubt,
        checklist_on=report.checklist_on,
        checklist_codes=list(report.checklist_codes),
        point=point,
        accuracy_m=report.accuracy_m,
        distance_m=distance,
        near_limit_m=near.value if near else None,
        grade=verdict.grade,
        grade_reasons=[reason.to_json() for reason in (*verdict.reasons, *remarks)],
        note=report.note,
        content_sha256=fingerprint,
    )
    _store_parts(inspection, report, items)
    return inspection


def _store_parts(
    inspection: Inspection, report: VisitReport, items: Sequence[ChecklistItem]
) -> None:
    lines = {item.code: item for item in items}
    InspectionResult.objects.bulk_create(
        InspectionResult(
            inspection=inspection,
            item=lines[answer.code],
            result=answer.result,
            severity=answer.severity,
            note=answer.note,
        )
        for answer in report.answers
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


def _place_remark(distance: float | None, near: Limit | None) -> list[Reason]:
    """A remark, without effect on the visit's own grade, that it was logged away from the mast."""
    if distance is None:
        return [Reason("position_unknown", "A")]
    if near is None or distance <= near.value:
        return []
    return [Reason("far_from_mast", "A", {"distance_m": round(distance)})]


def _clock_remark(report: VisitReport, clock: ClockVerdict) -> list[Reason]:
    """A remark that the phone's time was not believed, with the times it told."""
    if clock.is_sure:
        return []
    told = {
        "visited_at": report.visited_at.isoformat(),
        "sent_at": report.sent_at.isoformat(),
        "counts_from": clock.counts_from.isoformat(),
        "slack_minutes": int(SLACK.total_seconds() // 60),
    }
    return [Reason(clock.doubt, "A", told)]
