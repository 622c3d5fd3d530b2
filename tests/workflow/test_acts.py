"""Assigning, asking, answering, commenting: the same door as every step of a dossier."""

from datetime import timedelta
from threading import Barrier, Thread
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infra.cases.dossiers.comments import comment_add
from infra.cases.dossiers.services import consultation_answer, dossier_assign, dossier_consult
from infra.cases.dossiers.timeline import timeline
from infra.cases.workflow.errors import TransitionForbidden, TransitionRefused
from infra.ground.choices import DossierState, Opinion
from infra.ground.errors import Conflict, Forbidden, NotThere, Problem
from infra.ground.versions import StaleVersion
from infra.models import Comment, Consultation, Dossier, Notice, TransitionRecord, User
from tests.cast import Cast
from tests.factories import home, make_dossier
from tests.reading import page_text
from tests.workflow.casework import dossier_of_a, step, submitted_dossier

pytestmark = pytest.mark.django_db


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    return step(submitted_dossier(cast), "receive", cast.officer)


def ask(dossier: Dossier, cast: Cast, version: int | None = None) -> list[Consultation]:
    return dossier_consult(
        dossier,
        bodies=[home(cast.consulted)],
        question="Có vướng quy hoạch?",
        due_on=timezone.localdate() + timedelta(days=5),
        actor=cast.officer,
        version=version or dossier.version,
    )


def test_who_assigns_what_another_moved_reads_who_and_when(dossier: Dossier, cast: Cast) -> None:
    seen = dossier.version
    step(dossier, "propose", cast.officer)
    with pytest.raises(StaleVersion) as refusal:
        dossier_assign(dossier, officer=cast.officer, actor=cast.head, version=seen)
    assert cast.officer.full_name in str(refusal.value)
    assert f"{timezone.localtime():%d/%m/%Y}" in str(refusal.value)


def test_a_step_after_an_assignment_names_who_assigned(dossier: Dossier, cast: Cast) -> None:
    seen = dossier.version
    dossier_assign(dossier, officer=cast.officer, actor=cast.head, version=seen)
    with pytest.raises(StaleVersion, match=cast.head.full_name):
        step_from(dossier, seen, cast.officer)
    assert any(entry.who == cast.head.full_name for entry in timeline(dossier, cast.officer))


def step_from(dossier: Dossier, version: int, actor: User) -> None:
    dossier.version = version
    step(dossier, "propose", actor)


def test_outsiders_read_the_house_not_the_person(dossier: Dossier, cast: Cast) -> None:
    seen = dossier.version
    dossier_assign(dossier, officer=cast.officer, actor=cast.head, version=seen)
    with pytest.raises(StaleVersion) as refusal:
        comment_add(dossier, body="Đã gửi", actor=cast.operator, version=seen)
    assert cast.head.full_name not in str(refusal.value)
    assert str(home(cast.head)) in str(refusal.value)
    assert len(timeline(dossier, cast.operator)) == 2 + 1  # two steps and the receipt


def test_a_question_judges_the_dossier_as_it_stands(dossier: Dossier, cast: Cast) -> None:
    seen = Dossier.objects.get(pk=dossier.pk)
    step(dossier, "request_withdrawal", cast.operator, reason="Đổi vị trí")
    step(dossier, "accept_withdrawal", cast.officer)
    with pytest.raises(StaleVersion):
        ask(seen, cast)
    with pytest.raises(TransitionRefused):
        ask(seen, cast, version=dossier.version)
    assert not Consultation.objects.exists()


def test_acts_are_their_roles_only(dossier: Dossier, cast: Cast) -> None:
    version = dossier.version
    with pytest.raises(TransitionForbidden):
        dossier_assign(dossier, officer=cast.officer, actor=cast.clerk, version=version)
    with pytest.raises(NotThere):
        dossier_assign(dossier, officer=cast.officer, actor=cast.rival, version=version)
    with pytest.raises(NotThere):
        consultation_answer(
            dossier, opinion=Opinion.AGREE, answer="", actor=cast.consulted, version=version
        )
    with pytest.raises(Forbidden):
        comment_add(dossier, body="x", actor=cast.auditor, version=version)
    assert Dossier.objects.get(pk=dossier.pk).version == version


def test_the_same_act_sent_again_is_one(dossier: Dossier, cast: Cast) -> None:
    seen = dossier.version
    ask(dossier, cast, seen)
    ask(dossier, cast, seen)
    assert Notice.objects.filter(recipient=cast.consulted).count() == 1
    asked = dossier.version
    for _ in range(2):
        consultation_answer(
            dossier, opinion=Opinion.AGREE, answer="Không", actor=cast.consulted, version=asked
        )
    assert TransitionRecord.objects.filter(transition="answer_consultation").count() == 1
    with pytest.raises(StaleVersion):
        consultation_answer(
            dossier, opinion=Opinion.DISAGREE, answer="Có", actor=cast.consulted, version=asked
        )
    assert Consultation.objects.get().opinion == Opinion.AGREE


def test_a_comment_sent_again_is_one_even_after_the_dossier_moved(
    dossier: Dossier, cast: Cast
) -> None:
    number, seen = uuid4(), dossier.version
    first = comment_add(dossier, body="Đã rõ", actor=cast.officer, version=seen, uuid=number)
    step(dossier, "propose", cast.officer)
    again = comment_add(dossier, body="Đã rõ", actor=cast.officer, version=seen, uuid=number)
    assert again.pk == first.pk
    assert Comment.objects.count() == 1


def test_a_strangers_comment_is_never_given_back(dossier: Dossier, cast: Cast) -> None:
    number = uuid4()
    secret = "Chỉ nội bộ: chưa báo doanh nghiệp"
    comment_add(dossier, body=secret, actor=cast.officer, version=dossier.version, uuid=number)
    theirs = make_dossier(home(cast.rival), cast.rival)
    for target, actor in ((dossier, cast.operator), (theirs, cast.rival), (dossier, cast.head)):
        with pytest.raises(Conflict) as refusal:
            comment_add(target, body="x", actor=actor, version=target.version, uuid=number)
        assert secret not in str(refusal.value)
    with pytest.raises(Conflict):
        comment_add(dossier, body="khác", actor=cast.officer, version=dossier.version, uuid=number)


def test_what_was_typed_stays_on_the_page_that_says_who_was_quicker(
    dossier: Dossier, cast: Cast, client: Client
) -> None:
    seen = dossier.version
    dossier_assign(dossier, officer=cast.officer, actor=cast.head, version=seen)
    client.force_login(cast.officer)
    door = reverse("dossier_comment", args=[dossier.uuid])
    page = client.post(door, {"version": seen, "body": "Móng trụ chưa rõ", "uuid": uuid4()})
    assert page.status_code == 409
    shown = page_text(page)
    assert cast.head.full_name in shown
    assert "Móng trụ chưa rõ" in shown
    assert not Comment.objects.exists()
    again = {**page.context["form"].data.dict(), "body": "Móng trụ chưa rõ"}
    assert client.post(door, again).status_code == 302
    assert Comment.objects.count() == 1


@pytest.mark.parametrize("name", ["comment", "consult", "opinion", "assign"])
def test_a_form_without_the_version_that_was_seen_writes_nothing(
    dossier: Dossier, cast: Cast, client: Client, name: str
) -> None:
    ask(dossier, cast)
    version = dossier.version
    client.force_login(cast.consulted if name == "opinion" else cast.officer)
    body = {"body": "x", "opinion": "agree", "officer": cast.officer.pk}
    assert client.post(reverse(f"dossier_{name}", args=[dossier.uuid]), body).status_code == 422
    assert Dossier.objects.get(pk=dossier.pk).version == version
    assert not Comment.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_two_who_assign_at_once_do_not_overwrite_each_other(cast: Cast) -> None:
    dossier = dossier_of_a(cast, state=DossierState.APPRAISING)
    start, told = Barrier(2), []

    def assign(actor: User) -> None:
        mine = Dossier.objects.get(pk=dossier.pk)
        start.wait()
        try:
            dossier_assign(mine, officer=cast.officer, actor=actor, version=dossier.version)
        except Problem as problem:
            told.append(str(problem))
        finally:
            connection.close()

    threads = [Thread(target=assign, args=(who,)) for who in (cast.head, cast.officer)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    record = TransitionRecord.objects.get(transition="assign")
    assert [record.actor_name in sentence for sentence in told] == [True]
