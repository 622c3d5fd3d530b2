"""What people meet in the browser and by API: buttons, refusals, posts on a dossier."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from infra.cases.clock.calendar import load_calendar
from infra.cases.documents.selectors import current_document
from infra.cases.dossiers.selectors import DossierFilter, dossier_list
from infra.cases.dossiers.services import dossier_draft
from infra.cases.dossiers.timeline import timeline
from infra.cases.dossiers.work import DOSSIERS, QUESTIONS, dossier_search
from infra.files.services import attach
from infra.ground.choices import CommentVisibility, DocumentType, DossierState, Opinion
from infra.ground.errors import Conflict, Forbidden
from infra.models import Attachment, Comment, Consultation, Document, Dossier, Notice, User
from infra.people.worklist import WorkItem, WorkKind
from tests.cast import Cast
from tests.factories import make_procedure
from tests.files import papers
from tests.reading import page_text
from tests.workflow.casework import (
    dossier_of_a,
    let_sign,
    step,
    submitted_dossier,
    upload,
    with_leader,
)

pytestmark = pytest.mark.django_db


def items_of(kind: WorkKind, person: User) -> list[WorkItem]:
    """All of one kind that waits for a person."""
    rows = kind.rows(person)
    return [] if rows is None else [kind.item(row, person) for row in rows]


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return step(submitted_dossier(cast), "receive", cast.officer)


def address(dossier: Dossier, name: str) -> str:
    return reverse("workflow_transition", args=["dossier", dossier.uuid, name])


def test_a_step_posted_twice_is_done_once_and_told_kindly(cast: Cast, client: Client) -> None:
    dossier = submitted_dossier(cast)
    client.force_login(cast.officer)
    first = client.post(address(dossier, "receive"), {"version": dossier.version})
    again = client.post(address(dossier, "receive"), {"version": dossier.version})
    assert (first.status_code, again.status_code) == (302, 409)
    assert "Bạn đã thực hiện lúc" in page_text(again)


def test_who_comes_second_reads_who_and_when(cast: Cast, client: Client) -> None:
    let_sign(cast.leader)
    let_sign(cast.second_leader)
    dossier = with_leader(cast)
    version = dossier.version
    step(dossier, "sign", cast.leader)
    client.force_login(cast.second_leader)
    answer = client.post(address(dossier, "sign"), {"version": version})
    assert answer.status_code == 409
    assert cast.leader.full_name in page_text(answer)


def test_a_foreign_dossier_is_404_by_every_door(dossier: Dossier, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.rival)
    doors = [
        address(dossier, "request_withdrawal"),
        reverse("api:dossier", args=[dossier.uuid]),
        reverse("api:dossier_transitions", args=[dossier.uuid]),
    ]
    assert {client.get(door).status_code for door in doors} == {404}
    assert client.post(address(dossier, "request_withdrawal"), {"version": 1}).status_code == 404
    listed = client.get(reverse("api:dossiers")).json()
    assert listed == {"count": 0, "items": []}
    assert dossier_search(cast.rival, dossier.code or "") == []


def test_a_reason_left_out_keeps_what_was_typed(dossier: Dossier, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.officer)
    typed = {"version": dossier.version, "items": "Bản vẽ\nHợp đồng", "reply_by": "01/01/2020"}
    answer = client.post(address(dossier, "request_supplement"), typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Bản vẽ\nHợp đồng" in page
    assert "phải sau hôm nay" in page


def test_a_second_supplement_request_warns_first(dossier: Dossier, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.officer)
    page = page_text(client.get(address(dossier, "request_supplement")))
    assert "đã yêu cầu bổ sung một lần" not in page
    data = {"version": dossier.version, "items": "Bản vẽ"}
    assert client.post(address(dossier, "request_supplement"), data).status_code == 302
    dossier.refresh_from_db()
    step(dossier, "answer_supplement", cast.operator, data={"answer": "Đã gửi"})
    page = page_text(client.get(address(dossier, "request_supplement")))
    assert "đã yêu cầu bổ sung một lần" in page


def test_a_visible_step_of_another_role_is_403(dossier: Dossier, cast: Cast) -> None:
    client = Client()
    client.force_login(cast.auditor)
    assert client.get(address(dossier, "propose")).status_code == 403
    assert client.post(address(dossier, "propose"), {"version": 3}).status_code == 403


def test_the_clerk_issues_by_the_form_with_the_signed_file(
    cast: Cast, client: Client, settings: Settings
) -> None:
    settings.OWN_DOCUMENT_NUMBERS = False
    let_sign(cast.leader)
    dossier = step(with_leader(cast), "sign", cast.leader)
    client.force_login(cast.clerk)
    typed = {"version": dossier.version, "number": "118", "issued_on": timezone.localdate()}
    refused = client.post(address(dossier, "issue"), typed | {"signed_file": upload(b"", "a.pdf")})
    assert refused.status_code == 422
    for wrong, why in (
        (papers.plain(), "khác từ byte"),
        (papers.active(papers.opens_a_script), "JavaScript"),
        (b"%PDF-1.7\nother\n%%EOF", "bị hỏng"),
    ):
        sent = typed | {"signed_file": upload(wrong, "a.pdf")}
        answer = client.post(address(dossier, "issue"), sent)
        assert answer.status_code == 422
        assert why in page_text(answer)
        assert 'name="signed_file"' in page_text(answer)
    assert not Attachment.objects.filter(name="a.pdf").exists()
    letter = dossier_letter(dossier)
    file = client.get(reverse("document_pdf", args=[letter.uuid])).getvalue()
    done = client.post(address(dossier, "issue"), typed | {"signed_file": upload(file, "a.pdf")})
    assert done.status_code == 302
    letter.refresh_from_db()
    assert letter.full_number == "118/SKHCN-BCVT"


def dossier_letter(dossier: Dossier) -> Document:
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    assert letter
    return letter


def test_api_lists_fires_and_says_what_hinders(cast: Cast, client: Client) -> None:
    dossier = submitted_dossier(cast)
    client.force_login(cast.officer)
    listed = client.get(reverse("api:dossiers"), {"state": "submitted"}).json()
    assert [row["code"] for row in listed["items"]] == [dossier.code]
    steps = client.get(reverse("api:dossier_transitions", args=[dossier.uuid])).json()
    assert {row["name"] for row in steps} == {"receive", "refuse_at_intake"}
    door = reverse("api:dossier_transition_fire", args=[dossier.uuid, "refuse_at_intake"])
    refused = client.post(door, {"version": dossier.version}, content_type="application/json")
    assert refused.status_code == 422
    assert refused.json()["sentences"] == ["Hãy ghi lý do."]
    stale = client.post(door, {"version": 1}, content_type="application/json")
    assert (stale.status_code, stale.json()["code"]) == (409, "stale_version")
    done = client.post(
        door, {"version": dossier.version, "reason": "Sai nơi"}, content_type="application/json"
    )
    assert done.json()["state"] == DossierState.REFUSED_AT_INTAKE


def test_api_tells_a_stranger_401_and_a_broken_body_422(dossier: Dossier, cast: Cast) -> None:
    client = Client()
    assert client.get(reverse("api:dossiers")).status_code == 401
    client.force_login(cast.officer)
    door = reverse("api:dossier_transition_fire", args=[dossier.uuid, "propose"])
    answer = client.post(door, {"version": "x"}, content_type="application/json")
    assert answer.json()["code"] == "malformed"


def test_api_refuses_a_post_without_the_csrf_token(dossier: Dossier, cast: Cast) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    door = reverse("api:dossier_transition_fire", args=[dossier.uuid, "propose"])
    answer = client.post(door, {"version": 3}, content_type="application/json")
    assert answer.status_code == 403


def test_an_internal_comment_stays_inside(dossier: Dossier, cast: Cast, client: Client) -> None:
    door = reverse("dossier_comment", args=[dossier.uuid])
    client.force_login(cast.officer)
    seen = {"version": dossier.version}
    client.post(door, {**seen, "body": "Chỉ nội bộ", "lon": "105.63", "lat": "10.46"})
    client.post(door, {**seen, "body": "Gửi doanh nghiệp", "is_public": "1"})
    client.force_login(cast.operator)
    client.post(door, {**seen, "body": "Đã rõ"})
    assert Comment.objects.get(body="Đã rõ").visibility == CommentVisibility.PUBLIC
    pinned = Comment.objects.get(body="Chỉ nội bộ").point
    assert pinned is not None
    assert (pinned.x, pinned.y) == (105.63, 10.46)
    read = {entry.body for entry in timeline(dossier, cast.operator) if entry.kind == "comment"}
    assert read == {"Gửi doanh nghiệp", "Đã rõ"}


def test_an_applicant_does_not_read_the_way_inside_the_department(cast: Cast) -> None:
    dossier = with_leader(cast)
    step(dossier, "send_back", cast.leader, reason="Chưa rõ móng")
    outside = timeline(dossier, cast.operator)
    assert all("Chưa rõ móng" not in entry.body for entry in outside)
    assert all(cast.officer.full_name != entry.who for entry in outside)
    inside = timeline(dossier, cast.head)
    assert any("Chưa rõ móng" in entry.body for entry in inside)


def test_bodies_are_asked_once_and_answer_once(
    dossier: Dossier, cast: Cast, client: Client
) -> None:
    client.force_login(cast.officer)
    commune = cast.consulted.organisation
    assert commune
    ask = {
        "bodies": [commune.pk],
        "question": "Có vướng quy hoạch?",
        "due_on": timezone.localdate() + timedelta(days=7),
        "version": dossier.version,
    }
    door = reverse("dossier_consult", args=[dossier.uuid])
    assert client.post(door, ask).status_code == 302
    assert client.post(door, ask).status_code == 302, "a second click is the same question"
    dossier.refresh_from_db()
    assert client.post(door, {**ask, "version": dossier.version}).status_code == 422
    assert Notice.objects.filter(recipient=cast.consulted).count() == 1
    assert Notice.objects.filter(recipient=cast.consulted).exists()
    assert [item.sentence for item in items_of(QUESTIONS, cast.consulted)] == [
        "Có vướng quy hoạch?"
    ]
    client.force_login(cast.consulted)
    answer_door = reverse("dossier_opinion", args=[dossier.uuid])
    assert client.post(answer_door, {"opinion": Opinion.DISAGREE}).status_code == 422
    data = {"opinion": Opinion.AGREE, "answer": "", "version": dossier.version}
    assert client.post(answer_door, data).status_code == 302
    assert client.post(answer_door, data).status_code == 302, "a second click is the same answer"
    dossier.refresh_from_db()
    later = {"opinion": Opinion.DISAGREE, "answer": "Đổi ý", "version": dossier.version}
    assert client.post(answer_door, later).status_code == 409
    assert Consultation.objects.get().answered_by == cast.consulted
    assert items_of(QUESTIONS, cast.consulted) == []


def test_an_applicant_adds_papers_to_a_draft_and_takes_them_off(cast: Cast) -> None:
    client = Client()
    draft = dossier_of_a(cast, state=DossierState.DRAFT)
    client.force_login(cast.operator)
    door = reverse("dossier_files", args=[draft.uuid])
    sent = {"files": [upload(b"a,b\n1,2\n", "bang.csv"), upload(b"MZ\x00", "x.exe")]}
    page = page_text(client.post(door, sent, follow=True))
    assert "x.exe" in page
    file = Attachment.objects.get()
    off = reverse("dossier_file_remove", args=[draft.uuid, file.uuid])
    assert client.post(off).status_code == 302
    assert not Attachment.objects.exists()


def test_a_paper_the_department_has_seen_stays(dossier: Dossier, cast: Cast) -> None:
    file = attach(dossier, upload(b"a,b\n1,2\n", "bang.csv"), cast.operator)
    client = Client()
    client.force_login(cast.operator)
    off = reverse("dossier_file_remove", args=[dossier.uuid, file.uuid])
    assert client.post(off).status_code == 403
    assert client.post(reverse("dossier_files", args=[dossier.uuid])).status_code == 403


def test_a_dossier_from_the_national_portal_keeps_code_time_and_due_date(cast: Cast) -> None:
    load_calendar()
    client = Client()
    client.force_login(cast.officer)
    assert cast.operator.organisation
    typed = {
        "procedure": make_procedure().pk,
        "applicant": cast.operator.organisation.pk,
        "title": "Đề nghị ý kiến 3 vị trí",
        "channel": 2,
        "external_code": "H20.01-260105-0007",
        "given_received_at": "2026-01-05T08:12",
        "given_due_on": "2026-01-19",
        "uuid": uuid4(),
    }
    assert client.post(reverse("dossier_reception"), typed).status_code == 302
    assert client.post(reverse("dossier_reception"), typed).status_code == 302
    dossier = Dossier.objects.get()
    step(dossier, "submit", cast.officer)
    step(dossier, "receive", cast.officer)
    assert dossier.external_code == "H20.01-260105-0007"
    assert f"{timezone.localtime(dossier.received_at):%d/%m/%Y %H:%M}" == "05/01/2026 08:12"
    assert f"{dossier.due_on:%d/%m/%Y}" == "19/01/2026"


def test_a_draft_sent_twice_is_one_and_only_for_ones_own(cast: Cast) -> None:
    draft = dossier_of_a(cast, state=DossierState.DRAFT)
    same = {"procedure": draft.procedure, "title": draft.title}
    facts: dict[str, Any] = {**same, "actor": cast.operator}
    assert cast.operator.organisation
    assert cast.rival.organisation
    again = dossier_draft(uuid=draft.uuid, applicant=cast.operator.organisation, **facts)
    assert again.pk == draft.pk
    with pytest.raises(Forbidden):
        dossier_draft(uuid=draft.uuid, applicant=cast.rival.organisation, **facts)
    with pytest.raises(Conflict):
        dossier_draft(
            uuid=draft.uuid, applicant=cast.operator.organisation, **{**facts, "title": "x"}
        )


def test_each_role_finds_what_waits_for_it(cast: Cast) -> None:
    let_sign(cast.leader)
    dossier = submitted_dossier(cast)
    assert len(items_of(DOSSIERS, cast.officer)) == 1
    step(dossier, "receive", cast.officer)
    step(dossier, "propose", cast.officer)
    assert items_of(DOSSIERS, cast.officer) == []
    assert len(items_of(DOSSIERS, cast.head)) == 1
    step(dossier, "submit_to_leader", cast.head)
    assert len(items_of(DOSSIERS, cast.leader)) == 1
    step(dossier, "sign", cast.leader)
    assert len(items_of(DOSSIERS, cast.clerk)) == 1
    assert items_of(DOSSIERS, cast.operator) == []


def test_lists_narrow_and_count(dossier: Dossier, cast: Cast) -> None:
    found = dossier_list(cast.officer, DossierFilter(text=dossier.code or "", state="appraising"))
    assert list(found) == [dossier]
    assert list(dossier_list(cast.officer, DossierFilter(due="overdue"))) == []
    assert list(dossier_list(cast.rival)) == []
    assert [hit.title for hit in dossier_search(cast.head, dossier.code or "")] == [dossier.code]


def test_a_stretch_far_beyond_the_list_is_empty_not_broken(
    dossier: Dossier, cast: Cast, client: Client
) -> None:
    client.force_login(cast.officer)
    for door in ("api:dossiers", "api:routes"):
        answer = client.get(reverse(door), {"offset": "9" * 30})
        assert answer.status_code == 200
        assert answer.json()["items"] == []
    answer = client.get(reverse("api:masts"), {"bbox": "nan,nan,inf,1"})
    assert answer.json()["sentences"]
