"""A D is lifted by a verification visit with photos at the mast and a paper: nothing less."""

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infra.models import Attachment, Notice, TransitionRecord
from sites.choices import AssessmentConclusion
from sites.models import Inspection, Mast, RemediationProposal, Repair, StructuralAssessment
from sites.register.services.parts import assessment_save
from sites.safety.reference import load_checklist
from tests.cast import Cast
from tests.factories import make_mast
from tests.reading import page_text
from tests.sites.survey_samples import FAR_AWAY, ago, mast_grade, picture, visit

pytestmark = pytest.mark.django_db

Send = Callable[..., Any]


@pytest.fixture
def mast() -> Mast:
    load_checklist(lambda _line: None)
    return make_mast(code="GTEL-T-01", height_m=30)


@pytest.fixture
def send(client: Client, cast: Cast, mast: Mast) -> Send:
    def post(grade: str, *, with_photo: bool = False, **changes: Any) -> None:
        client.force_login(cast.inspector)
        payload = visit(grade, **changes)
        address = reverse("sites:survey_submit", args=[mast.uuid])
        answer = client.post(address, json.dumps(payload), content_type="application/json")
        assert answer.status_code == 201, answer.content
        if with_photo:
            photo = SimpleUploadedFile("a.jpg", picture(), "image/jpeg")
            to = reverse("sites:survey_photo", args=[payload["uuid"]])
            assert client.post(to, {"uuid": str(uuid4()), "photo": photo}).status_code == 201

    return post


@pytest.fixture
def record_repair(client: Client, cast: Cast, mast: Mast) -> Callable[..., Any]:
    def post(**changes: Any) -> Any:
        client.force_login(cast.officer)
        sent = {
            "uuid": str(uuid4()),
            "completed_at": timezone.localtime(ago(hours=2)).strftime("%Y-%m-%dT%H:%M"),
            "done_by": "Đội sửa chữa 1",
            "what": "Thay thanh cánh",
            "paper": SimpleUploadedFile("nghiem-thu.jpg", picture(), "image/jpeg"),
        }
        return client.post(reverse("sites:repair_new", args=[mast.uuid]), sent | changes)

    return post


def mast_page(client: Client, cast: Cast, mast: Mast) -> str:
    client.force_login(cast.officer)
    return page_text(client.get(reverse("sites:mast_detail", args=[mast.uuid])))


def test_a_repair_and_a_verification_with_a_photo_lift_a_d_and_close_its_proposal(
    send: Send, record_repair: Callable[..., Any], mast: Mast, client: Client, cast: Cast
) -> None:
    send("D", visited_at=ago(hours=4).isoformat())
    assert "Vì sao cột ở cấp D" in mast_page(client, cast, mast)
    assert record_repair().status_code == 302
    assert mast_grade(mast) == "D"
    send("B", kind="verification")
    assert mast_grade(mast) == "D"
    assert "Phiếu kiểm tra xác nhận có ít nhất một ảnh" in mast_page(client, cast, mast)
    send("B", kind="verification", with_photo=True)
    assert mast_grade(mast) == "B"
    proposal = RemediationProposal.objects.get()
    assert proposal.state == "lifted"
    trace = TransitionRecord.objects.get(transition="lift")
    assert "phiếu kiểm tra xác nhận" in trace.reason
    assert trace.evidence["paper"] == "repair"
    assert trace.evidence["key"] == str(Repair.objects.get().uuid)
    page = mast_page(client, cast, mast)
    assert "Vì sao cột ở cấp D" not in page
    assert "Thay thanh cánh" in page
    history = page_text(client.get(reverse("sites:proposal_detail", args=[proposal.uuid])))
    assert trace.reason in history


@pytest.mark.parametrize(
    "changes",
    [
        {"kind": "survey", "with_photo": True},
        {"kind": "verification", "with_photo": False},
        {"kind": "verification", "with_photo": True, **FAR_AWAY},
        {"kind": "verification", "with_photo": True, "lat": None, "lon": None},
        {"kind": "verification", "with_photo": True, "accuracy_m": 400},
        {"kind": "verification", "with_photo": True, "sent_at": "2019-01-01T00:00:00Z"},
    ],
)
def test_each_missing_piece_keeps_the_d(
    send: Send, record_repair: Callable[..., Any], mast: Mast, changes: dict[str, Any]
) -> None:
    send("D", visited_at=ago(hours=4).isoformat())
    record_repair()
    send("A", **changes)
    assert mast_grade(mast) == "D"
    assert RemediationProposal.objects.get().state == "proposed"


def test_an_assessment_lifts_too_and_the_d_returns_when_it_turns_out_unsafe(
    send: Send, mast: Mast, cast: Cast
) -> None:
    send("D", visited_at=ago(days=3).isoformat())
    send("A", kind="verification", with_photo=True)
    data = {
        "body": "Viện A",
        "standard": "TCVN",
        "utilisation": None,
        "conclusion": AssessmentConclusion.SAFE,
        "assessed_on": ago(days=1).date(),
        "valid_until": None,
    }
    row = StructuralAssessment(mast=mast)
    row = assessment_save(actor=cast.officer, mast=mast, assessment=row, version=1, data=data)
    assert mast_grade(mast) == "A"
    assert RemediationProposal.objects.get().state == "lifted"
    unsafe = data | {"conclusion": AssessmentConclusion.UNSAFE}
    assessment_save(actor=cast.officer, mast=mast, assessment=row, version=row.version, data=unsafe)
    assert mast_grade(mast) == "D"
    assert RemediationProposal.objects.get().state == "proposed"


def test_a_withdrawn_repair_brings_the_d_back_with_its_proposal(
    send: Send, record_repair: Callable[..., Any], mast: Mast, client: Client, cast: Cast
) -> None:
    send("D", visited_at=ago(hours=4).isoformat())
    record_repair()
    send("A", kind="verification", with_photo=True)
    assert mast_grade(mast) == "A"
    client.force_login(cast.officer)
    address = reverse("sites:repair_take_back", args=[mast.uuid, Repair.objects.get().uuid])
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "Ghi nhầm cột"}).status_code == 302
    assert client.post(address, {"reason": "Ghi nhầm cột"}).status_code == 409
    assert mast_grade(mast) == "D"
    assert RemediationProposal.objects.get().state == "proposed"
    assert "Ghi nhầm cột" in mast_page(client, cast, mast)


def test_nobody_closes_the_proposal_of_a_d_by_hand(send: Send, client: Client, cast: Cast) -> None:
    send("D")
    proposal = RemediationProposal.objects.get()
    client.force_login(cast.officer)

    def step(name: str) -> int:
        proposal.refresh_from_db()
        address = reverse("workflow_transition", args=["proposal", proposal.uuid, name])
        return client.post(address, {"version": proposal.version, "reason": "xong"}).status_code

    assert step("reject") == 403
    assert step("lift") == 403
    assert step("accept") == 302
    assert step("complete") == 403
    page = page_text(client.get(reverse("sites:proposal_detail", args=[proposal.uuid])))
    assert "Ghi nhận đã thực hiện" not in page
    assert "chỉ khi đó nó mới khép lại" in page
    proposal.refresh_from_db()
    assert proposal.state == "accepted"


def test_a_c_is_still_closed_by_the_officer(send: Send, client: Client, cast: Cast) -> None:
    send("C")
    proposal = RemediationProposal.objects.get()
    client.force_login(cast.officer)
    address = reverse("workflow_transition", args=["proposal", proposal.uuid, "reject"])
    sent = {"version": proposal.version, "reason": "Đã kiểm định"}
    assert client.post(address, sent).status_code == 302


def test_a_d_that_arrives_late_but_was_lifted_alarms_nobody(
    send: Send, record_repair: Callable[..., Any], mast: Mast, cast: Cast
) -> None:
    send("D", visited_at=ago(hours=4).isoformat())
    record_repair()
    send("A", kind="verification", with_photo=True)
    Notice.objects.all().delete()
    send("D", visited_at=ago(hours=3).isoformat())
    assert mast_grade(mast) == "A"
    assert set(RemediationProposal.objects.values_list("state", flat=True)) == {"lifted"}
    assert not Notice.objects.filter(recipient=cast.officer).exists()


def test_a_repair_needs_its_paper_and_a_moment_that_is_past(
    record_repair: Callable[..., Any], client: Client, cast: Cast, mast: Mast
) -> None:
    ahead = timezone.localtime(ago(hours=-30)).strftime("%Y-%m-%dT%H:%M")
    page = SimpleUploadedFile("a.pdf", b"<html><script>1</script>", "application/pdf")
    for changes in ({"completed_at": ahead}, {"paper": ""}, {"paper": page}, {"what": ""}):
        answer = record_repair(**changes)
        assert answer.status_code == 422, changes
        assert not Repair.objects.exists()
    assert not Attachment.objects.exists()


def test_a_repair_sent_twice_is_one_row(record_repair: Callable[..., Any]) -> None:
    number = str(uuid4())
    for _time in range(2):
        assert record_repair(uuid=number).status_code == 302
    assert Repair.objects.count() == 1
    assert Attachment.objects.count() == 1


def test_the_verification_page_says_what_it_lacks(
    send: Send, record_repair: Callable[..., Any], client: Client, cast: Cast
) -> None:
    send("D", visited_at=ago(hours=4).isoformat())
    record_repair()
    send("A", kind="verification", **FAR_AWAY)
    client.force_login(cast.officer)
    newest = Inspection.objects.first()
    assert newest
    page = page_text(client.get(reverse("sites:inspection_detail", args=[newest.uuid])))
    assert "còn thiếu" in page
    assert "được ghi ngay tại cột" in page
