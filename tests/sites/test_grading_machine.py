"""Visits and papers of one mast in any order: the stored grade is always the pure function's."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from sites.choices import AssessmentConclusion
from sites.models import (
    ChecklistItem,
    Inspection,
    Mast,
    RemediationProposal,
    Repair,
    StructuralAssessment,
)
from sites.register.services.parts import assessment_save
from sites.safety.reference import load_checklist
from sites.safety.rules import standing
from sites.safety.services.inspections import (
    ItemAnswer,
    VisitReport,
    inspection_record,
    photo_keep,
)
from sites.safety.services.repairs import repair_record, repair_withdraw
from tests.cast import Cast, make_cast
from tests.factories import CAO_LANH, make_mast
from tests.sites.survey_samples import picture

HANOI = ZoneInfo("Asia/Ho_Chi_Minh")
TODAY = timezone.localdate()
NOON = datetime(TODAY.year, TODAY.month, TODAY.day, tzinfo=HANOI) - timedelta(days=12)
SEVERITY = {"A": None, "B": 2, "C": 3, "D": 4}
LIMIT_M = 150

hours = st.integers(0, 240)  # ten days, all past
grades = st.sampled_from("ABCD")


class GradingMachine(RuleBasedStateMachine):
    """Keeps its own simple book of what happened, and compares it with what is stored."""

    cast: Cast
    mast: Mast

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.reports: list[VisitReport] = []
        self.book: dict[str, dict[str, Any]] = {}
        self.repairs: dict[str, datetime] = {}
        self.assessments: dict[int, tuple[date, bool]] = {}

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    @initialize()
    def begin(self) -> None:
        load_checklist(lambda _line: None)
        self.cast = make_cast()
        self.mast = make_mast()
        self.codes = tuple(
            ChecklistItem.objects.filter(for_structure__in=["", "guyed"]).values_list(
                "code", flat=True
            )
        )

    @rule(
        hour=hours,
        grade=grades,
        kind=st.sampled_from(["survey", "verification", "verification", "unannounced_check"]),
        metres=st.sampled_from([0, 20, 140, 22_000, None]),
        is_off=st.sampled_from([False, False, False, True]),
    )
    def visit(self, hour: int, grade: str, kind: str, metres: int | None, *, is_off: bool) -> None:
        at = NOON + timedelta(hours=hour)
        now = timezone.now()
        report = VisitReport(
            uuid=uuid4(),
            kind=kind,
            legal_basis="dấu hiệu rõ ràng",
            visited_at=at,
            sent_at=now - timedelta(days=900) if is_off else now,
            checklist_on=TODAY,
            checklist_codes=self.codes,
            answers=[
                ItemAnswer(code, "fail", SEVERITY[grade])
                if code == "members" and SEVERITY[grade]
                else ItemAnswer(code, "pass")
                for code in self.codes
            ],
            lon=CAO_LANH[0] if metres is not None else None,
            lat=CAO_LANH[1] + metres / 111_000 if metres is not None else None,
            accuracy_m=5,
        )
        kept, _is_new = inspection_record(mast=self.mast, actor=self.cast.inspector, report=report)
        self.reports.append(report)
        self.book[str(report.uuid)] = {
            "at": kept.created_at if is_off else at,
            "grade": grade,
            "lifts": kind == "verification"
            and grade != "D"
            and not is_off
            and metres is not None
            and metres + 5 <= LIMIT_M,
            "is_sure": not is_off,
            "photos": 0,
        }

    @precondition(lambda self: self.reports)
    @rule(data=st.data())
    def send_again(self, data: st.DataObject) -> None:
        report = data.draw(st.sampled_from(self.reports))
        _kept, is_new = inspection_record(mast=self.mast, actor=self.cast.inspector, report=report)
        assert not is_new

    @precondition(lambda self: self.reports)
    @rule(data=st.data())
    def photo(self, data: st.DataObject) -> None:
        waiting = [
            one
            for one in self.reports
            if self.book[str(one.uuid)]["lifts"] and not self.book[str(one.uuid)]["photos"]
        ]
        report = data.draw(st.sampled_from(waiting or self.reports))
        inspection = Inspection.objects.get(uuid=report.uuid)
        number = uuid4()
        for _time in range(2):
            upload = ContentFile(picture(), name="anh.jpg")
            photo_keep(inspection, upload, self.cast.inspector, uuid=number)
        self.book[str(report.uuid)]["photos"] += 1

    @rule(hour=hours)
    def repair(self, hour: int) -> None:
        number, at = uuid4(), NOON + timedelta(hours=hour)
        data = {"completed_at": at, "done_by": "Đội 1", "what": "Thay dây co"}
        for _time in range(2):
            paper = ContentFile(picture(), name="bien-ban.jpg")
            repair_record(
                actor=self.cast.officer, mast=self.mast, uuid=number, data=data, paper=paper
            )
        self.repairs[str(number)] = at

    @rule(hour=hours)
    def repaired_and_seen_again(self, hour: int) -> None:
        """Chance alone seldom brings these together; what is missing is the photo."""
        self.visit(hour, "D", "survey", 20, is_off=False)
        self.repair(hour + 1)
        self.visit(hour + 2, "B", "verification", 20, is_off=False)

    @precondition(lambda self: self.repairs)
    @rule(data=st.data())
    def withdraw(self, data: st.DataObject) -> None:
        number = data.draw(st.sampled_from(sorted(self.repairs)))
        repair_withdraw(
            actor=self.cast.officer, repair=Repair.objects.get(uuid=number), reason="Ghi nhầm"
        )
        del self.repairs[number]

    @rule(day=st.integers(0, 11), conclusion=st.sampled_from(AssessmentConclusion.values))
    def assess(self, day: int, conclusion: str) -> None:
        self._assess(StructuralAssessment(mast=self.mast), day, conclusion)

    @precondition(lambda self: self.assessments)
    @rule(data=st.data(), conclusion=st.sampled_from(AssessmentConclusion.values))
    def correct_assessment(self, data: st.DataObject, conclusion: str) -> None:
        pk = data.draw(st.sampled_from(sorted(self.assessments)))
        day = (self.assessments[pk][0] - NOON.date()).days
        self._assess(StructuralAssessment.objects.get(pk=pk), day, conclusion)

    def _assess(self, row: StructuralAssessment, day: int, conclusion: str) -> None:
        on = NOON.date() + timedelta(days=day)
        saved = assessment_save(
            actor=self.cast.officer,
            mast=self.mast,
            assessment=row,
            version=row.version,
            data={
                "body": "Viện A",
                "standard": "TCVN",
                "conclusion": conclusion,
                "assessed_on": on,
            },
        )
        self.assessments[saved.pk] = (on, conclusion != AssessmentConclusion.UNSAFE)

    def _record(self) -> standing.SafetyRecord:
        def midnight(day: date) -> datetime:
            return datetime(day.year, day.month, day.day, tzinfo=HANOI)

        return standing.SafetyRecord(
            frozenset(
                standing.Visit(
                    key,
                    facts["at"],
                    facts["grade"],
                    is_verification=facts["lifts"],
                    has_photos=facts["photos"] > 0,
                    is_near=True,
                    clock_is_sure=facts["is_sure"],
                )
                for key, facts in self.book.items()
            ),
            frozenset(
                standing.Assessment(str(pk), midnight(on), midnight(on + timedelta(1)), passes)
                for pk, (on, passes) in self.assessments.items()
            ),
            frozenset(standing.Repair(key, at) for key, at in self.repairs.items()),
        )

    @invariant()
    def stored_grade_is_the_pure_function(self) -> None:
        if not hasattr(self, "mast"):
            return
        stored = Mast.objects.get(pk=self.mast.pk)
        expected = standing.standing_of(self._record())
        assert stored.grade == expected.grade
        decided = expected.decided_at
        assert stored.graded_on == (timezone.localdate(decided) if decided else None)

    @invariant()
    def a_d_without_a_later_lifting_visit_and_paper_holds(self) -> None:
        """Said again without the rule's own code: never better than the worst unlifted."""
        lifters = [one["at"] for one in self.book.values() if one["lifts"] and one["photos"]]
        papers = [*self.repairs.values()]
        passed = [on for on, passes in self.assessments.values() if passes]
        for facts in self.book.values():
            if facts["grade"] != "D":
                continue
            later = any(at > facts["at"] for at in lifters)
            day = facts["at"].astimezone(HANOI).date()
            paper = any(at > facts["at"] for at in papers) or any(on > day for on in passed)
            if not (later and paper):
                assert Mast.objects.get(pk=self.mast.pk).grade == "D"

    @invariant()
    def the_proposal_of_a_d_is_open_while_the_danger_stands(self) -> None:
        if not self.book:
            return
        verdict = standing.standing_of(self._record())
        for proposal in RemediationProposal.objects.filter(grade="D").select_related("inspection"):
            is_lifted = verdict.lifting_of(str(proposal.inspection.uuid)) is not None
            assert (proposal.state == "lifted") is is_lifted
        assert Inspection.objects.count() == len(self.book)


@pytest.mark.django_db
def test_any_order_of_visits_and_papers_gives_the_grade_of_the_whole_record() -> None:
    run_state_machine_as_test(
        GradingMachine,
        settings=settings(
            max_examples=25,
            stateful_step_count=14,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
