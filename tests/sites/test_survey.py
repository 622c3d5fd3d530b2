"""A visit is received once, graded fail-closed, and a D reaches the officer at once."""

import json
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infra.models import Attachment, Notice
from sites.models import Inspection, Mast, RemediationProposal
from sites.safety.reference import load_checklist
from tests.cast import Cast
from tests.factories import make_mast
from tests.sites.survey_samples import picture, visit

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


def test_a_visit_sent_twice_is_one_record_with_one_receipt(send: Send) -> None:
    payload = visit()
    first, second = send(payload), send(payload)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json()["receipt"] == second.json()["receipt"]
    assert Inspection.objects.count() == 1
    assert RemediationProposal.objects.count() == 1


def test_the_same_number_with_other_content_is_refused_with_a_sentence(send: Send) -> None:
    payload = visit()
    send(payload)
    answer = send(payload | {"note": "khác"})
    assert answer.status_code == 409
    assert answer.json()["sentences"]
    assert Inspection.objects.get().note == ""


def test_a_d_regrades_the_mast_and_tells_the_officer_at_once(
    send: Send, cast: Cast, mast: Mast
) -> None:
    answer = send(visit())
    mast.refresh_from_db()
    assert answer.json()["grade"] == mast.grade == "D"
    proposal = RemediationProposal.objects.get()
    assert proposal.due_at <= timezone.now() + timedelta(hours=72)
    notice = Notice.objects.get(recipient=cast.officer)
    assert mast.code in notice.subject
    assert notice.url == reverse("sites:proposal_detail", args=[proposal.uuid])


def test_an_older_visit_arriving_late_does_not_improve_the_grade(send: Send, mast: Mast) -> None:
    send(visit())
    past = (timezone.now() - timedelta(days=3)).isoformat()
    send(visit("A", visited_at=past))
    mast.refresh_from_db()
    assert mast.grade == "D"


def test_a_visit_logged_away_from_the_mast_says_so(send: Send) -> None:
    reasons = send(visit(lat=10.47)).json()["reasons"]
    assert any(sentence.startswith("Phiếu được ghi cách vị trí cột 1") for sentence in reasons)


@pytest.mark.parametrize(
    "changes",
    [
        {"answers": [{"code": "members", "result": "fail"}]},
        {"kind": "specialised_check"},
        {"visited_at": "2026-01-01T00:00:00"},
        {"visited_at": "9999-12-31T23:59:59Z"},
        {"answers": [{"code": "members", "result": "fail", "severity": 5}]},
        {"checklist": {"on": "hôm nay", "codes": ["members"]}},
        {"lat": 910},
        {"uuid": "x"},
        {"surprise": 1},
    ],
)
def test_a_faulty_visit_is_named_field_by_field_and_nothing_is_stored(
    send: Send, changes: dict[str, Any]
) -> None:
    answer = send(visit(**changes))
    assert answer.status_code == 422
    assert answer.json()["faults"][0]["sentence"]
    assert not Inspection.objects.exists()


def test_a_photo_sent_twice_is_one_file_and_html_is_refused(
    send: Send, client: Client, mast: Mast
) -> None:
    payload = visit()
    send(payload)
    address = reverse("sites:survey_photo", args=[payload["uuid"]])
    number = str(uuid4())
    for status in (201, 201):
        photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
        sent = {"uuid": number, "photo": photo, "item": "members", "lat": "10.46", "lon": "105.63"}
        assert client.post(address, sent | {"accuracy": "5"}).status_code == status
    assert Attachment.objects.count() == 1
    place = Attachment.objects.get().captured_point
    assert place is not None
    assert place.x == 105.63
    page = SimpleUploadedFile("b.jpg", b"<html><script>1</script>", "image/jpeg")
    answer = client.post(address, {"uuid": str(uuid4()), "photo": page})
    assert answer.status_code == 422
    assert answer.json()["sentences"]


def test_photos_of_another_inspectors_visit_are_not_taken(
    send: Send, client: Client, cast: Cast
) -> None:
    payload = visit()
    send(payload)
    client.force_login(cast.officer)
    assert client.post(reverse("sites:survey_photo", args=[payload["uuid"]])).status_code == 403


def test_the_officer_accepts_a_proposal_once(send: Send, client: Client, cast: Cast) -> None:
    send(visit())
    proposal = RemediationProposal.objects.get()
    client.force_login(cast.officer)
    page = client.get(reverse("sites:proposal_detail", args=[proposal.uuid]))
    assert page.status_code == 200
    step = reverse("workflow_transition", args=["proposal", proposal.uuid, "accept"])
    assert client.post(step, {"version": proposal.version}).status_code == 302
    assert client.post(step, {"version": proposal.version}).status_code == 409
    proposal.refresh_from_db()
    assert proposal.state == "accepted"
