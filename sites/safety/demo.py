"""Illustrative visits to the GTEL masts, through the same door as the phone's."""

import random
import uuid
from datetime import datetime, timedelta

from django.utils import timezone

from infra.cases.workflow.engine import fire
from infra.ground.choices import Role
from infra.ground.loading import Report
from infra.models import Notice, User
from sites.choices import Grade, InspectionKind, ItemResult
from sites.models import Inspection, Mast, RemediationProposal
from sites.safety.selectors.checklist import checklist_on
from sites.safety.services.inspections import ItemAnswer, VisitReport, inspection_record

_NAMESPACE = uuid.UUID("0d9cf1f4-4b6e-49c8-8a4e-5a0f5ad1c9c7")
_FRESH = 4  # proposals that still wait for the officer
_FAULTS = {
    Grade.D: ("members", 4, "Thanh cánh mục thủng, thân cột nghiêng thấy rõ (minh họa)"),
    Grade.C: ("corrosion", 3, "Gỉ sâu ở mặt bích, bong sơn toàn thân (minh họa)"),
}


def load_inspections(report: Report) -> None:
    """One visit per GTEL mast, once; most of the proposals already taken up."""
    inspector = User.objects.filter(roles__contains=[Role.INSPECTOR]).first()
    if inspector is None or Inspection.objects.exists():
        return
    masts = Mast.objects.filter(owner__code="gtel", grade__in=list(_FAULTS)).order_by(
        "-grade", "pk"
    )
    chance = random.Random(29)  # noqa: S311 - demo data is no secret
    for rank, mast in enumerate(masts):
        _visit(mast, inspector, _when(rank, chance), chance)
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
    code, severity, note = _FAULTS[Grade(mast.grade)]
    lines = checklist_on(timezone.localdate(visited_at), mast.structure)
    answers = tuple(
        ItemAnswer(line.code, ItemResult.FAIL, severity, note)
        if line.code == code
        else ItemAnswer(line.code, ItemResult.PASS)
        for line in lines
    )
    shift = chance.uniform(-0.0001, 0.0001)
    report = VisitReport(
        uuid=uuid.uuid5(_NAMESPACE, mast.code),
        kind=InspectionKind.SURVEY,
        legal_basis="",
        visited_at=visited_at,
        answers=answers,
        lon=mast.point.x + shift,
        lat=mast.point.y - shift,
        accuracy_m=float(chance.choice((4, 6, 9, 15))),
    )
    Mast.objects.filter(pk=mast.pk).update(graded_on=None)
    inspection_record(mast=mast, actor=inspector, report=report)


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
