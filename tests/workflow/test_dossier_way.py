"""A dossier from draft to returned result, and off that road."""

from datetime import date, timedelta
from threading import Barrier, Thread

import pytest
from django.db import connection, transaction
from django.utils import timezone
from pytest_django import Settings

from infra.cases.documents.selectors import current_document
from infra.cases.dossiers.services import dossier_step
from infra.cases.workflow.engine import available
from infra.cases.workflow.errors import StaleVersion, TransitionForbidden, TransitionRefused
from infra.cases.workflow.registry import get_workflow
from infra.cases.workflow.table import Transition
from infra.ground.choices import DocumentState, DocumentType, DossierState, NationalState
from infra.models import (
    ClockPause,
    Document,
    Dossier,
    Notice,
    ProcedureComponent,
    TransitionRecord,
    User,
)
from tests.cast import Cast
from tests.workflow.casework import dossier_of_a, let_sign, step, submitted_dossier, with_leader

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def own_numbers(settings: Settings) -> None:
    """An office without a register."""
    settings.OWN_DOCUMENT_NUMBERS = True


def test_the_whole_way_leaves_national_codes_and_an_issued_letter(cast: Cast) -> None:
    let_sign(cast.leader)
    dossier = with_leader(cast)
    step(dossier, "sign", cast.leader)
    step(dossier, "issue", cast.clerk)
    step(dossier, "return_result", cast.clerk)
    codes = list(
        TransitionRecord.objects.filter(workflow="dossier").values_list("national_state", flat=True)
    )
    assert codes == [
        NationalState.REGISTERED,
        NationalState.RECEIVED,
        NationalState.IN_PROGRESS,
        NationalState.IN_PROGRESS,
        NationalState.IN_PROGRESS,
        NationalState.DONE,
        NationalState.RETURNED,
    ]
    letter = Document.objects.get(type=DocumentType.REPLY_LETTER)
    assert letter.state == DocumentState.ISSUED
    assert (letter.number, letter.signing_title) == ("1", "Phó Giám đốc")
    assert dossier.completed_at is not None


def test_codes_follow_one_another_within_the_year(cast: Cast) -> None:
    first, second = submitted_dossier(cast), submitted_dossier(cast)
    year = timezone.localdate().year
    assert first.code == f"HS-{year}-0001"
    assert second.code == f"HS-{year}-0002"


def test_the_applicant_and_the_officers_are_told(cast: Cast) -> None:
    dossier = submitted_dossier(cast)
    assert Notice.objects.filter(recipient=cast.officer, subject__contains=str(dossier)).exists()
    assert not Notice.objects.filter(recipient=cast.rival).exists()
    step(dossier, "receive", cast.officer)
    assert Notice.objects.filter(recipient=cast.operator).exists()


def test_a_missing_paper_is_named(cast: Cast) -> None:
    dossier = dossier_of_a(cast, state=DossierState.DRAFT)
    ProcedureComponent.objects.create(
        procedure=dossier.procedure, code="hop-dong", name="Hợp đồng thuê đất"
    )
    with pytest.raises(TransitionRefused, match="Hợp đồng thuê đất"):
        step(dossier, "submit", cast.operator)


def test_an_officer_cannot_submit_the_operators_draft(cast: Cast) -> None:
    dossier = submitted_dossier(cast)
    with pytest.raises(TransitionForbidden):
        step(dossier, "request_withdrawal", cast.officer, reason="x")


def test_refusal_at_intake_needs_its_reason_and_ends_the_dossier(cast: Cast) -> None:
    dossier = submitted_dossier(cast)
    with pytest.raises(TransitionRefused):
        step(dossier, "refuse_at_intake", cast.officer)
    step(dossier, "refuse_at_intake", cast.officer, reason="Không thuộc thẩm quyền")
    assert dossier.state == DossierState.REFUSED_AT_INTAKE
    assert available("dossier", dossier, cast.officer) == []


def test_a_supplement_stops_the_clock_and_its_answer_starts_it(cast: Cast) -> None:
    dossier = step(submitted_dossier(cast), "receive", cast.officer)
    with pytest.raises(TransitionRefused):
        step(dossier, "request_supplement", cast.officer, data={"items": [" "]})
    missing = {
        "items": ["Bản vẽ móng", "Hợp đồng thuê"],
        "reply_by": (timezone.localdate() + timedelta(days=9)).isoformat(),
    }
    step(dossier, "request_supplement", cast.officer, data=missing)
    assert dossier.supplements.get().items == ["Bản vẽ móng", "Hợp đồng thuê"]
    assert dossier.pauses.get().resumed_at is None
    assert current_document(dossier, DocumentType.SUPPLEMENT) is not None
    step(dossier, "answer_supplement", cast.operator, data={"answer": "Đã bổ sung"})
    assert dossier.pauses.get().resumed_at is not None
    assert dossier.supplements.get().answer == "Đã bổ sung"


def test_a_withdrawal_can_be_kept_from_happening(cast: Cast) -> None:
    let_sign(cast.leader)
    dossier = with_leader(cast)
    step(dossier, "request_withdrawal", cast.operator, reason="Đổi vị trí")
    step(dossier, "keep", cast.officer, reason="Đã trình ký")
    assert dossier.state == DossierState.APPRAISING
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    assert letter is not None
    assert letter.state == DocumentState.DRAFT


def test_a_withdrawal_accepted_ends_the_dossier(cast: Cast) -> None:
    dossier = step(submitted_dossier(cast), "receive", cast.officer)
    step(dossier, "request_withdrawal", cast.operator, reason="Đổi vị trí")
    step(dossier, "accept_withdrawal", cast.officer)
    assert dossier.state == DossierState.WITHDRAWN
    assert dossier.completed_at is not None


def test_the_leader_sends_back_and_the_letter_is_a_draft_again(cast: Cast) -> None:
    dossier = with_leader(cast)
    step(dossier, "send_back", cast.leader, reason="Sửa câu cuối")
    assert dossier.state == DossierState.WITH_HEAD
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    assert letter is not None
    assert (letter.state, letter.content_hash) == (DocumentState.DRAFT, "")


def test_a_leader_without_competence_cannot_sign(cast: Cast) -> None:
    let_sign(cast.leader, valid_to=date(2025, 12, 31))
    dossier = with_leader(cast)
    with pytest.raises(TransitionRefused):
        step(dossier, "sign", cast.leader)
    assert Dossier.objects.get(pk=dossier.pk).state == DossierState.WITH_LEADER


@pytest.mark.parametrize("edge", get_workflow("dossier").transitions, ids=lambda e: e.name)
def test_every_step_is_open_to_its_roles_only(cast: Cast, edge: Transition) -> None:
    for source in edge.sources:
        dossier = dossier_of_a(cast, state=source)
        offered = {
            name for name, person in cast.people() if edge in available("dossier", dossier, person)
        }
        roles = {str(role) for role in edge.roles}
        if edge.permission:
            assert offered == {"operator"}
        else:
            assert offered == {name for name, p in cast.people() if roles & set(p.roles)}


@pytest.mark.django_db(transaction=True)
def test_two_leaders_sign_at_once_one_wins_the_other_reads_who(cast: Cast) -> None:
    let_sign(cast.leader)
    let_sign(cast.second_leader)
    dossier = with_leader(cast)
    start, told = Barrier(2), []

    def sign(actor: User) -> None:
        mine = Dossier.objects.get(pk=dossier.pk)
        start.wait()
        try:
            dossier_step(mine, "sign", actor=actor, version=mine.version)
        except StaleVersion as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=sign, args=(who,)) for who in (cast.leader, cast.second_leader)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    letter = Document.objects.get(type=DocumentType.REPLY_LETTER)
    assert letter.state == DocumentState.SIGNED
    record = TransitionRecord.objects.get(workflow="dossier", transition="sign")
    assert len(told) == 1
    assert record.actor_name in told[0]


@pytest.mark.django_db(transaction=True)
def test_codes_stay_apart_when_many_submit_at_once(cast: Cast) -> None:
    drafts = [dossier_of_a(cast, state=DossierState.DRAFT) for _ in range(4)]
    start = Barrier(4)

    def submit(dossier: Dossier) -> None:
        start.wait()
        try:
            with transaction.atomic():
                step(dossier, "submit", cast.operator)
        finally:
            connection.close()

    threads = [Thread(target=submit, args=(draft,)) for draft in drafts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    year = timezone.localdate().year
    codes = sorted(str(dossier) for dossier in Dossier.objects.all())
    assert codes == [f"HS-{year}-{n:04d}" for n in range(1, 5)]
    assert not ClockPause.objects.exists()
