"""No visit is lost, none is graded from a checklist nobody showed, no clock betters a grade."""

import json
from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infra.models import Attachment, RegulationLimit
from sites.models import (
    ChecklistItem,
    Inspection,
    InspectionResult,
    Mast,
    Measurement,
    RemediationProposal,
)
from sites.safety.reference import load_checklist
from tests.cast import Cast
from tests.factories import make_inspection, make_mast
from tests.reading import page_text
from tests.seals.aside import seals_aside
from tests.sites.survey_samples import FAR_AWAY, ago, answers, codes, mast_grade, picture, visit

pytestmark = pytest.mark.django_db

Send = Callable[..., Any]


@pytest.fixture
def mast() -> Mast:
    load_checklist(lambda _line: None)
    return make_mast(code="GTEL-T-01", height_m=30)


@pytest.fixture
def send(client: Client, cast: Cast, mast: Mast) -> Send:
    client.force_login(cast.inspector)

    def post(payload: dict[str, Any]) -> Any:
        address = reverse("sites:survey_submit", args=[mast.uuid])
        return client.post(address, json.dumps(payload), content_type="application/json")

    return post


def test_a_phone_clock_before_the_checklist_loses_no_answer_and_no_danger(
    send: Send, mast: Mast
) -> None:
    failed = [{"code": code, "result": "fail", "severity": 4} for code in codes()]
    told = "2019-05-01T08:00:00+07:00"
    answer = send(visit(visited_at=told, sent_at=told, answers=failed))
    assert answer.status_code == 201
    assert answer.json()["grade"] == mast_grade(mast) == "D"
    kept = Inspection.objects.get()
    assert kept.results.count() == len(failed)
    assert kept.visited_at == datetime.fromisoformat(told)
    assert abs(kept.counts_from - timezone.now()) < timedelta(minutes=1)
    assert any("01/05/2019" in sentence for sentence in answer.json()["reasons"])


@pytest.mark.parametrize(
    ("visited", "sent", "doubt"),
    [
        (timedelta(0), timedelta(days=-400), "clock_off"),
        (timedelta(0), timedelta(minutes=11), "clock_off"),
        (timedelta(days=1500), timedelta(0), "clock_ahead"),
        (timedelta(days=-4000), timedelta(0), "clock_before_checklist"),
        (timedelta(days=-20), timedelta(0), ""),
        (timedelta(minutes=5), timedelta(minutes=5), ""),
    ],
)
def test_an_implausible_clock_is_kept_told_and_counts_from_the_receipt(
    send: Send, client: Client, visited: timedelta, sent: timedelta, doubt: str
) -> None:
    now = timezone.now()
    payload = visit(visited_at=(now + visited).isoformat(), sent_at=(now + sent).isoformat())
    answer = send(payload)
    assert answer.status_code == 201
    kept = Inspection.objects.get()
    assert kept.clock_doubt == doubt
    assert kept.visited_at == now + visited
    assert abs(kept.counts_from - (now if doubt else now + visited)) < timedelta(minutes=1)
    page = client.get(reverse("sites:inspection_detail", args=[kept.uuid]))
    assert page.status_code == 200
    assert ("không thể nâng cấp" in page_text(page)) is bool(doubt)


def test_a_doubtful_clock_never_betters_a_grade(send: Send, mast: Mast) -> None:
    send(visit("C", visited_at=ago(hours=2).isoformat()))
    send(visit("A", sent_at=ago(days=400).isoformat()))
    assert mast_grade(mast) == "C"
    send(visit("A"))
    assert mast_grade(mast) == "A"


@pytest.mark.parametrize(
    "changes",
    [
        {"checklist": {"on": "2026-11-01", "codes": []}},
        {"checklist": {"on": "2026-11-01", "codes": []}, "answers": []},
        {"answers": []},
        {"answers": [{"code": "no-such-item", "result": "fail", "severity": 4}]},
        {"checklist": {"on": "2026-11-01", "codes": ["no-such-item", "members"]}},
        {"checklist": {"on": "2019-01-01", "codes": ["members"]}},
        {"checklist": {"on": "2090-01-01", "codes": ["members"]}},
    ],
)
def test_an_empty_checklist_or_an_unknown_item_is_refused_with_a_sentence(
    send: Send, mast: Mast, changes: dict[str, Any]
) -> None:
    answer = send(visit(**changes))
    assert answer.status_code == 422
    assert answer.json()["sentences"][0].endswith(".")
    assert "điện thoại vẫn giữ" in answer.json()["sentences"][1]
    assert not Inspection.objects.exists()
    assert mast_grade(mast) == ""


def test_an_item_answered_twice_is_refused_rather_than_one_answer_dropped(send: Send) -> None:
    twice = [{"code": "members", "result": "fail", "severity": 4}, *answers("A")]
    answer = send(visit(answers=twice))
    assert answer.status_code == 422
    assert "hai lần" in answer.json()["faults"][0]["sentence"]
    assert not Inspection.objects.exists()


def test_the_version_that_the_phone_showed_is_the_one_that_is_graded(send: Send) -> None:
    """The office changes the checklist while the phone is out of reach."""
    payload = visit("A", visited_at=ago(hours=3).isoformat())
    today = timezone.localdate()
    ChecklistItem.objects.filter(code="members").update(valid_to=today - timedelta(days=1))
    ChecklistItem.objects.create(
        code="new-item",
        section="8",
        label="Mục mới",
        is_critical=True,
        source="Thử",
        valid_from=today + timedelta(days=1),
    )
    answer = send(payload)
    assert answer.status_code == 201
    assert answer.json()["grade"] == "A"
    kept = Inspection.objects.get()
    assert kept.checklist_on == today
    assert set(kept.checklist_codes) == set(payload["checklist"]["codes"])
    assert kept.results.filter(item__code="members").exists()


def test_a_checklist_shown_short_leaves_the_rest_unanswered(send: Send) -> None:
    short = {"on": timezone.localdate().isoformat(), "codes": ["fence"]}
    answer = send(visit(checklist=short, answers=[{"code": "fence", "result": "pass"}]))
    assert answer.json()["grade"] == "C"


def test_an_older_visit_of_the_same_day_arriving_later_lifts_nothing(
    send: Send, mast: Mast
) -> None:
    send(visit("C", visited_at=ago(minutes=2).isoformat()))
    send(visit("A", visited_at=ago(minutes=4).isoformat()))
    assert mast_grade(mast) == "C"


def test_an_ordinary_survey_far_from_the_mast_does_not_lift_a_d(
    send: Send, client: Client, cast: Cast, mast: Mast
) -> None:
    send(visit("D", visited_at=ago(hours=4).isoformat()))
    proposal = RemediationProposal.objects.get()
    client.force_login(cast.officer)
    accept = reverse("workflow_transition", args=["proposal", proposal.uuid, "accept"])
    client.post(accept, {"version": proposal.version})
    client.force_login(cast.inspector)
    answer = send(visit("A", **FAR_AWAY))
    assert answer.json()["grade"] == "A"
    assert "vẫn ở cấp D" in answer.json()["standing"][0]
    assert mast_grade(mast) == "D"
    proposal.refresh_from_db()
    assert proposal.state == "accepted"


def test_a_nul_in_a_note_is_refused_in_a_sentence_and_the_phone_keeps_its_copy(send: Send) -> None:
    """As at every door; the phone's own script sends none (fields.js)."""
    answer = send(visit(note="Cột\0 mục"))
    assert answer.status_code == 400
    assert answer.json()["sentences"]
    assert not Inspection.objects.exists()


def test_a_photo_gets_a_receipt_and_strange_marks_of_it_do_no_harm(
    send: Send, client: Client
) -> None:
    payload = visit()
    send(payload)
    address = reverse("sites:survey_photo", args=[payload["uuid"]])
    number = str(uuid4())
    photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
    marks = {"item": "members", "lat": "nan", "lon": "105", "accuracy": "-3"}
    answer = client.post(address, {"uuid": number, "photo": photo, **marks})
    assert answer.status_code == 201
    kept = Attachment.objects.get()
    assert answer.json() == {"uuid": number, "receipt": kept.sha256}
    assert kept.component == "members"
    assert kept.captured_point is None


def test_a_mast_archived_meanwhile_answers_the_phone_in_a_sentence(send: Send, mast: Mast) -> None:
    Mast.objects.filter(pk=mast.pk).update(archived_at=timezone.now())
    answer = send(visit())
    assert answer.status_code == 404
    assert answer.json()["sentences"]


def test_the_limit_of_being_at_the_mast_is_the_offices_own_dated_row() -> None:
    load_checklist(lambda _line: None)
    row = RegulationLimit.objects.get(code="visit-near-mast")
    assert row.unit == "m"
    assert not row.adopted_by
    assert "nội bộ" in row.instrument


@pytest.mark.parametrize(
    "change",
    [
        lambda visited: Inspection.objects.update(kind="walk"),
        lambda visited: Inspection.objects.update(grade=""),
        lambda visited: Inspection.objects.update(accuracy_m=-1),
        lambda visited: InspectionResult.objects.update(severity=5),
        lambda visited: InspectionResult.objects.update(severity=0),
        lambda visited: InspectionResult.objects.update(result="good"),
        lambda visited: Measurement.objects.update(quantity="weight"),
        lambda visited: Measurement.objects.update(value=-1),
        lambda visited: RemediationProposal.objects.update(state="lost"),
        lambda visited: RemediationProposal.objects.update(grade="E"),
    ],
)
def test_the_database_itself_refuses_what_no_form_sends(
    send: Send, change: Callable[[Any], int]
) -> None:
    measured = [{"quantity": "earthing", "value": "4", "unit": "Ω"}]
    visited = send(visit("D", measurements=measured))
    with (
        seals_aside(Inspection, InspectionResult, Measurement, RemediationProposal),
        pytest.raises(IntegrityError, match="check constraint"),
        transaction.atomic(),
    ):
        change(visited)


def test_a_d_recorded_beside_the_form_still_counts(cast: Cast, mast: Mast, send: Send) -> None:
    make_inspection(mast, cast.inspector, visited_at=ago(hours=1))
    send(visit("A"))
    assert mast_grade(mast) == "D"
