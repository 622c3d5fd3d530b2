"""Illustrative visits: GTEL's through the same door as the phone's, the others' row by row.

Every graded mast has the visit that graded it, so that its grade is what its record gives.
"""

import hashlib
import random
import uuid
from datetime import datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from infra.cases.workflow.engine import fire
from infra.ground.choices import Role
from infra.ground.loading import Report
from infra.models import Notice, User
from sites.choices import Grade, InspectionKind, ItemResult, Structure
from sites.models import (
    ChecklistItem,
    Inspection,
    InspectionResult,
    Mast,
    RemediationProposal,
)
from sites.safety.rules.grading import CheckedItem, grade_visit
from sites.safety.selectors.checklist import checklist_on
from sites.safety.services.inspections import ItemAnswer, VisitReport, inspection_record

_NAMESPACE = uuid.UUID("0d9cf1f4-4b6e-49c8-8a4e-5a0f5ad1c9c7")
_FRESH = 4  # proposals that still wait for the officer
_FAULTS = {
    Grade.D: ("members", 4, "Thanh cánh mục thủng, thân cột nghiêng thấy rõ (minh họa)"),
    Grade.C: ("corrosion", 3, "Gỉ sâu ở mặt bích, bong sơn toàn thân (minh họa)"),
    Grade.B: ("fence", 2, "Biển báo mờ, thiếu số điện thoại (minh họa)"),
}
_BATCH = 500


def load_inspections(report: Report) -> None:
    """One visit per GTEL mast, once; most of the proposals already taken up."""
    inspector = User.objects.filter(roles__contains=[Role.INSPECTOR]).first()
    if inspector is None or Inspection.objects.exists():
        return
    graded = Mast.objects.exclude(grade=Grade.UNGRADED)
    chance = random.Random(29)  # noqa: S311 - demo data is no secret
    for rank, mast in enumerate(graded.filter(owner__code="gtel").order_by("-grade", "pk")):
        _visit(mast, inspector, _when(rank, chance), chance)
    _verify_without_photo(inspector)
    _bring_visits(list(graded.filter(inspections=None).order_by("pk")), inspector)
    _take_up()
    Notice.objects.filter(read_at=None).update(read_at=timezone.now())
    report(f"Phiếu khảo sát: {Inspection.objects.count()} (minh họa).")


def _when(rank: int, chance: random.Random) -> datetime:
    """The first few within the last two days, the others over the last six weeks."""
    now = timezone.now()
    if rank < _FRESH:
        return now - timedelta(hours=5 + 11 * rank)
    return now - timedelta(days=chance.randint(6, 42), hours=chance.randint(0, 6))


def _visit(mast: Mast, inspector: User, visited_at: datetime, chance: random.Random) -> None:
    shift = chance.uniform(-0.0001, 0.0001)
    report = VisitReport(
        uuid=uuid.uuid5(_NAMESPACE, mast.code),
        kind=InspectionKind.SURVEY,
        lon=mast.point.x + shift,
        lat=mast.point.y - shift,
        accuracy_m=float(chance.choice((4, 6, 9, 15))),
        **_answered(mast, Grade(mast.grade), visited_at),
    )
    inspection_record(mast=mast, actor=inspector, report=report)


def _verify_without_photo(inspector: User) -> None:
    """One dangerous mast was seen again, without a photo: its page says why it is still D."""
    mast = Mast.objects.filter(owner__code="gtel", grade=Grade.D).order_by("-pk").first()
    if mast is None:
        return
    report = VisitReport(
        uuid=uuid.uuid5(_NAMESPACE, f"{mast.code} again"),
        kind=InspectionKind.VERIFICATION,
        lon=mast.point.x,
        lat=mast.point.y,
        accuracy_m=6.0,
        **_answered(mast, Grade.B, timezone.now() - timedelta(hours=3)),
    )
    inspection_record(mast=mast, actor=inspector, report=report)


def _answered(mast: Mast, grade: Grade, visited_at: datetime) -> dict[str, Any]:
    """The whole checklist of the day, with the one fault that makes the grade."""
    on = timezone.localdate(visited_at)
    lines = checklist_on(on, mast.structure)
    code, severity, note = _FAULTS.get(grade, ("", None, ""))
    return {
        "legal_basis": "",
        "visited_at": visited_at,
        "sent_at": timezone.now(),
        "checklist_on": on,
        "checklist_codes": tuple(line.code for line in lines),
        "answers": tuple(
            ItemAnswer(line.code, ItemResult.FAIL, severity, note)
            if line.code == code
            else ItemAnswer(line.code, ItemResult.PASS)
            for line in lines
        ),
    }


@transaction.atomic  # a visit is whole when it is recorded: nothing is added afterwards
def _bring_visits(masts: list[Mast], inspector: User) -> None:
    """A visit of its day for each mast, without proposals: many rows, so not one by one."""
    lines = {kind: list(checklist_on(timezone.localdate(), kind)) for kind in Structure.values}
    rows = [_row(mast, inspector, lines[mast.structure]) for mast in masts]
    Inspection.objects.bulk_create(rows, batch_size=_BATCH)
    results = [
        InspectionResult(inspection=row, item=item, result=ItemResult.PASS)
        for row in rows
        for item in lines[row.mast.structure]
    ]
    for result in results:
        code, severity, note = _FAULTS.get(Grade(result.inspection.grade), ("", None, ""))
        if result.item.code == code:
            result.result, result.severity, result.note = ItemResult.FAIL, severity, note
    InspectionResult.objects.bulk_create(results, batch_size=_BATCH * 4)


def _row(mast: Mast, inspector: User, lines: list[ChecklistItem]) -> Inspection:
    day = mast.graded_on or timezone.localdate()
    at = timezone.make_aware(datetime.combine(day, time(9)))
    code, severity, _note = _FAULTS.get(Grade(mast.grade), ("", None, ""))
    verdict = grade_visit(
        CheckedItem(
            item.code,
            item.label,
            item.is_critical,
            ItemResult.FAIL if item.code == code else ItemResult.PASS,
            severity if item.code == code else None,
        )
        for item in lines
    )
    number = uuid.uuid5(_NAMESPACE, mast.code)
    return Inspection(
        uuid=number,
        mast=mast,
        inspector=inspector,
        kind=InspectionKind.SURVEY,
        visited_at=at,
        sent_at=at,
        counts_from=at,
        checklist_on=day,
        checklist_codes=[item.code for item in lines],
        point=mast.point,
        accuracy_m=6.0,
        distance_m=0.0,
        grade=verdict.grade,
        grade_reasons=[reason.to_json() for reason in verdict.reasons],
        content_sha256=hashlib.sha256(str(number).encode()).hexdigest(),
    )


def _take_up() -> None:
    officer = User.objects.filter(roles__contains=[Role.OFFICER]).first()
    if officer is None:
        return
    for proposal in RemediationProposal.objects.order_by("-due_at")[_FRESH:]:
        fire(
            workflow="proposal",
            target=proposal,
            transition="accept",
            actor=officer,
            version=proposal.version,
        )
