"""Two people act on one dossier in any order, each on the version they saw last."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from uuid import UUID, uuid5

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from infra.cases.dossiers.comments import comment_add
from infra.cases.dossiers.services import (
    consultation_answer,
    dossier_assign,
    dossier_consult,
    dossier_step,
)
from infra.ground.choices import Opinion
from infra.ground.errors import Conflict, NotThere, Problem
from infra.ground.versions import StaleVersion
from infra.models import Comment, Consultation, Dossier, TransitionRecord, User
from tests.cast import Cast, make_cast
from tests.factories import home, make_organisation
from tests.workflow.casework import dossier_of_a

NUMBERS = [uuid5(UUID(int=7), str(n)) for n in range(3)]
WORDS = ["Đã rõ", "Chưa rõ móng"]
two = st.sampled_from(["officer", "second"])


def refused(act: Callable[[], None]) -> Problem | None:
    """What stood against the act; None when it was done."""
    try:
        with transaction.atomic():
            act()
    except Problem as problem:
        return problem
    return None


class TwoOnOneDossier(RuleBasedStateMachine):
    """Officer and head act; the commune answers. The model is a handful of plain values."""

    @initialize()
    def open(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.cast: Cast = make_cast()
        self.body = make_organisation("so-xay-dung-2", "consulted")
        self.dossier = dossier_of_a(self.cast)
        self.version = self.dossier.version
        self.seen = dict.fromkeys(("officer", "second", "consulted"), self.version)
        self.said: dict[UUID, tuple[int, str]] = {}
        self.asked: set[int] = set()
        self.opinion = ""

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    def person(self, who: str) -> User:
        return {
            "officer": self.cast.officer,
            "second": self.cast.head,
            "consulted": self.cast.consulted,
        }[who]

    @rule(who=st.sampled_from(["officer", "second", "consulted"]))
    def look(self, who: str) -> None:
        self.seen[who] = self.version

    @rule(who=two)
    def assign(self, who: str) -> None:
        def act() -> None:
            dossier_assign(
                self.dossier,
                officer=self.cast.officer,
                actor=self.person(who),
                version=self.seen[who],
            )

        self.attempt(who, act, name="assign")

    @rule(body=st.sampled_from(["commune", "other"]))
    def consult(self, body: str) -> None:
        asked = home(self.cast.consulted) if body == "commune" else self.body

        def act() -> None:
            dossier_consult(
                self.dossier,
                bodies=[asked],
                question="?",
                due_on=timezone.localdate() + timedelta(days=3),
                actor=self.cast.officer,
                version=self.seen["officer"],
            )

        if self.attempt("officer", act, name="consult", facts={"bodies": [asked.pk]}):
            self.asked.add(asked.pk)

    @rule(opinion=st.sampled_from([Opinion.AGREE, Opinion.DISAGREE]))
    def answer(self, opinion: Opinion) -> None:
        def act() -> None:
            consultation_answer(
                self.dossier,
                opinion=opinion,
                answer="Lý do",
                actor=self.cast.consulted,
                version=self.seen["consulted"],
            )

        facts = {"opinion": opinion}
        if self.attempt("consulted", act, name="answer_consultation", facts=facts):
            assert self.opinion in ("", opinion)
            self.opinion = opinion

    @rule(who=two)
    def move(self, who: str) -> None:
        state = Dossier.objects.get(pk=self.dossier.pk).state
        name = "propose" if state == "appraising" else "send_back"

        def act() -> None:
            dossier_step(
                self.dossier, name, actor=self.person(who), version=self.seen[who], reason="Xem lại"
            )

        self.attempt(who, act)

    @rule(who=two, number=st.sampled_from(NUMBERS), words=st.sampled_from(WORDS))
    def comment(self, who: str, number: UUID, words: str) -> None:
        author = self.person(who)
        told = (author.pk, words)
        try:
            with transaction.atomic():
                kept = comment_add(
                    self.dossier, body=words, actor=author, version=self.seen[who], uuid=number
                )
        except StaleVersion:
            assert number not in self.said
            assert self.seen[who] != self.version
        except Conflict:
            assert self.said[number] != told
        else:
            assert self.said.setdefault(number, told) == told
            assert (kept.author_id, kept.body) == told

    def attempt(
        self,
        who: str,
        act: Callable[[], None],
        *,
        name: str = "",
        facts: Mapping[str, object] | None = None,
    ) -> bool:
        """Whether the act was done, now or when it was sent first."""
        before, seen = self.version, self.seen[who]
        refusal = refused(act)
        if refusal is not None:
            unasked = isinstance(refusal, NotThere) and (who, self.opinion) == ("consulted", "")
            assert isinstance(refusal, StaleVersion) or unasked or seen == before
            assert Dossier.objects.get(pk=self.dossier.pk).version == before
            return False
        self.version = Dossier.objects.get(pk=self.dossier.pk).version
        if self.version == before:
            self.assert_repeated(who, name, seen, facts or {})
        else:
            assert (seen, self.version) == (before, before + 1)
        return True

    def assert_repeated(self, who: str, name: str, seen: int, facts: Mapping[str, object]) -> None:
        record = TransitionRecord.objects.get(target_id=self.dossier.pk, version=seen + 1)
        assert (record.transition, record.actor_id) == (name, self.person(who).pk)
        assert facts.items() <= record.evidence.items()

    @invariant()
    def nothing_is_lost_or_doubled(self) -> None:
        if not hasattr(self, "version"):
            return
        records = TransitionRecord.objects.filter(target_id=self.dossier.pk)
        versions = sorted(records.values_list("version", flat=True))
        assert versions == list(range(2, self.version + 1))
        assert Comment.objects.filter(target_id=self.dossier.pk).count() == len(self.said)
        asked = Consultation.objects.filter(dossier=self.dossier)
        assert {row.body_id for row in asked} == self.asked
        answered = asked.exclude(answered_at=None).values_list("opinion", flat=True)
        assert list(answered) == ([self.opinion] if self.opinion else [])


@pytest.mark.django_db
def test_two_people_in_any_order_never_overwrite_each_other() -> None:
    run_state_machine_as_test(
        TwoOnOneDossier,
        settings=settings(
            max_examples=25,
            stateful_step_count=16,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
