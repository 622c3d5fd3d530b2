"""The engine: one door, nobody overtakes unseen, everything is recorded for good."""

from collections.abc import Iterator
from contextlib import ExitStack
from threading import Barrier, Thread

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import TextChoices
from django.utils import timezone

from infra.cases.workflow import registry
from infra.cases.workflow.engine import available, fire
from infra.cases.workflow.errors import (
    StaleVersion,
    TransitionForbidden,
    TransitionRefused,
    UnknownTransition,
)
from infra.cases.workflow.table import Transition, Workflow
from infra.ground.choices import Confidence, DossierState, OrganisationKind, ProcedureKind, Role
from infra.models import Dossier, Procedure, TransitionRecord, User
from tests.workflow.people import organisation, person

pytestmark = pytest.mark.django_db


class Lane(TextChoices):
    """Three states of a dossier are enough to go wrong; the database takes no others."""

    OPEN = DossierState.SUBMITTED
    HELD = DossierState.WITH_HEAD
    SHUT = DossierState.ISSUED


@pytest.fixture
def leader() -> User:
    return person("lan", Role.LEADER)


@pytest.fixture
def dossier() -> Dossier:
    procedure = Procedure.objects.create(
        code="trial",
        name="Trial",
        kind=ProcedureKind.NEW_POSITION,
        legal_basis="-",
        working_days=10,
        validity_months=6,
        confidence=Confidence.ILLUSTRATIVE,
        valid_from="2024-01-01",
    )
    operator = organisation("op-a", OrganisationKind.OPERATOR)
    author = person("an", Role.OPERATOR, at=operator)
    return Dossier.objects.create(
        procedure=procedure, title="12 positions", applicant=operator, created_by=author,
        state=Lane.OPEN,
    )  # fmt: skip


@pytest.fixture(autouse=True)
def lane() -> Iterator[list[str]]:
    """A small table on dossiers; returns what its effect did."""
    did: list[str] = []
    leader, head = frozenset({Role.LEADER}), frozenset({Role.HEAD})
    table = Workflow(
        key="trial",
        model="infra.Dossier",
        states=Lane,
        initial=Lane.OPEN,
        final=frozenset({Lane.SHUT}),
        transitions=(
            Transition(
                name="hold", label="Hold", sources=frozenset({Lane.OPEN}), target=Lane.HELD,
                roles=leader, guards=("trial_free",), effects=("trial_note",),
            ),
            Transition(
                name="shut", label="Shut", sources=frozenset({Lane.HELD}), target=Lane.SHUT,
                roles=head, needs_reason=True,
            ),
        ),
    )  # fmt: skip
    with ExitStack() as bound:
        free: registry.Guard = lambda _t, _a, data: ["Not free."] if data else []  # noqa: E731
        bound.enter_context(registry.GUARDS.temporarily({"trial_free": free}))
        bound.enter_context(
            registry.EFFECTS.temporarily(
                {"trial_note": lambda _t, actor, _r, _d: did.append(actor.full_name)}
            )
        )
        bound.enter_context(registry.WORKFLOWS.temporarily({"trial": table}))
        yield did


def hold(dossier: Dossier, actor: User, version: int = 1, **data: object) -> TransitionRecord:
    return fire(
        workflow="trial",
        target=dossier,
        transition="hold",
        actor=actor,
        version=version,
        data=data,
    )


def test_a_step_writes_state_version_record_and_effect(
    dossier: Dossier, leader: User, lane: list[str]
) -> None:
    record = hold(dossier, leader)
    assert (dossier.state, dossier.version) == (Lane.HELD, 2)
    assert (record.from_state, record.to_state, record.version) == (Lane.OPEN, Lane.HELD, 2)
    assert record.actor_name == "Lan"
    assert lane == ["Lan"]


def test_what_is_sent_never_stands_in_for_the_evidence(dossier: Dossier, leader: User) -> None:
    with (
        registry.EVIDENCE.temporarily(),
        registry.GUARDS.temporarily({"trial_free": lambda *_: []}),
    ):
        registry.register_evidence("trial", lambda *_: {"seen": "by us"})
        record = hold(dossier, leader, seen="forged", said="by them")
    assert record.evidence == {"seen": "by us", "said": "by them"}


def test_the_same_click_twice_is_told_kindly_and_does_nothing(
    dossier: Dossier, leader: User
) -> None:
    hold(dossier, leader)
    with pytest.raises(StaleVersion) as refusal:
        hold(dossier, leader, version=1)
    assert "Held" in str(refusal.value)
    assert TransitionRecord.objects.count() == 1


def test_a_stale_version_names_who_and_when(dossier: Dossier, leader: User) -> None:
    record = hold(dossier, leader)
    with pytest.raises(StaleVersion) as refusal:
        hold(dossier, person("minh", Role.LEADER), version=1)
    assert "Lan" in str(refusal.value)
    assert f"{timezone.localtime(record.at):%H:%M %d/%m/%Y}" in str(refusal.value)


def test_a_step_of_another_role_is_forbidden(dossier: Dossier) -> None:
    with pytest.raises(TransitionForbidden):
        hold(dossier, person("nam", Role.CLERK))
    assert Dossier.objects.get().state == Lane.OPEN


def test_somebody_who_may_not_see_the_target_learns_nothing(dossier: Dossier) -> None:
    rival = person("binh", Role.OPERATOR, at=organisation("op-b", OrganisationKind.OPERATOR))
    with pytest.raises(UnknownTransition):
        hold(dossier, rival)


def test_a_guard_hinders_and_nothing_is_written(dossier: Dossier, leader: User) -> None:
    with pytest.raises(TransitionRefused, match="Not free"):
        hold(dossier, leader, busy=True)
    assert not TransitionRecord.objects.exists()


def test_a_reason_is_asked_where_the_table_asks_one(dossier: Dossier, leader: User) -> None:
    hold(dossier, leader)
    head = person("hoa", Role.HEAD)
    with pytest.raises(TransitionRefused):
        fire(workflow="trial", target=dossier, transition="shut", actor=head, version=2)
    record = fire(
        workflow="trial", target=dossier, transition="shut", actor=head, version=2, reason=" done "
    )
    assert record.reason == "done"


def test_a_step_from_the_wrong_state_is_refused(dossier: Dossier) -> None:
    head = person("hoa", Role.HEAD)
    with pytest.raises(TransitionRefused):
        fire(workflow="trial", target=dossier, transition="shut", actor=head, version=1, reason="x")


def test_an_effect_that_fails_takes_the_step_back(dossier: Dossier, leader: User) -> None:
    def fail(*_args: object) -> None:
        raise TransitionRefused("printer on fire")  # noqa: EM101

    with registry.EFFECTS.temporarily({"trial_note": fail}), pytest.raises(TransitionRefused):
        hold(dossier, leader)
    assert Dossier.objects.get().version == 1
    assert not TransitionRecord.objects.exists()


def test_buttons_are_made_from_the_table(dossier: Dossier, leader: User) -> None:
    assert [edge.name for edge in available("trial", dossier, leader)] == ["hold"]
    assert available("trial", dossier, person("nam", Role.CLERK)) == []


@pytest.mark.parametrize("statement", ["UPDATE {} SET reason = 'x'", "DELETE FROM {}"])
def test_a_record_can_neither_be_changed_nor_deleted(
    dossier: Dossier, leader: User, statement: str
) -> None:
    record = hold(dossier, leader)
    with pytest.raises(DatabaseError), transaction.atomic():
        record.delete()
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(TransitionRecord._meta.db_table))
    assert TransitionRecord.objects.get().reason == ""


@pytest.mark.django_db(transaction=True)
def test_of_two_leaders_at_once_one_wins_and_the_other_reads_who(dossier: Dossier) -> None:
    start, outcomes = Barrier(2), []

    def decide(actor: User) -> None:
        mine = Dossier.objects.get(pk=dossier.pk)
        start.wait()
        try:
            hold(mine, actor)
            outcomes.append("won")
        except StaleVersion as refusal:
            outcomes.append(str(refusal))
        finally:
            connection.close()

    threads = [Thread(target=decide, args=(person(n, Role.LEADER),)) for n in ("lan", "minh")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    winner = TransitionRecord.objects.get().actor_name
    assert sorted(o == "won" for o in outcomes) == [False, True]
    assert next(o for o in outcomes if o != "won").startswith(winner)
