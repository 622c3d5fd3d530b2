"""What people outside the department read of a case's way: only what its table opens."""

from contextlib import AbstractContextManager
from dataclasses import replace

import pytest
from django.utils import timezone

from infra.cases.dossiers.timeline import timeline
from infra.cases.dossiers.workflow import DOSSIER
from infra.cases.workflow import registry
from infra.cases.workflow.table import Transition
from infra.models import Dossier, TransitionRecord, User
from tests.cast import Cast
from tests.workflow.casework import step, submitted_dossier

pytestmark = pytest.mark.django_db

NEW_STEP = Transition(
    name="weigh_again",
    label="Weigh again",
    sources=frozenset({"with_head"}),
    target="submitted",
    roles=frozenset(DOSSIER.transitions[1].roles),
)


def titles(dossier: Dossier, reader: User) -> list[str]:
    """The steps as the reader meets them, oldest first."""
    lines = [entry for entry in timeline(dossier, reader) if entry.kind == "step"]
    return [line.title for line in reversed(lines)]


def with_new_step(edge: Transition) -> AbstractContextManager[None]:
    """The dossier's table as the next developer would lengthen it."""
    longer = replace(DOSSIER, transitions=(*DOSSIER.transitions, edge))
    return registry.WORKFLOWS.temporarily({"dossier": longer})


def test_a_new_step_is_hidden_from_applicants_until_it_is_declared_open(cast: Cast) -> None:
    with with_new_step(NEW_STEP):
        dossier = submitted_dossier(cast)
        for name in ("receive", "propose", "weigh_again"):
            step(dossier, name, cast.officer)
        assert any(title.startswith("Weigh again") for title in titles(dossier, cast.head))
        assert len(titles(dossier, cast.operator)) == 2
    with with_new_step(replace(NEW_STEP, is_internal=False)):
        assert titles(dossier, cast.operator)[-1].startswith("Weigh again")


def test_a_step_that_left_the_table_is_not_told_outside(cast: Cast) -> None:
    dossier = submitted_dossier(cast)
    first = TransitionRecord.objects.get()
    TransitionRecord.objects.create(
        workflow="dossier",
        target_type=first.target_type,
        target_id=dossier.pk,
        transition="forgotten",
        from_state="submitted",
        to_state="submitted",
        version=9,
        actor=cast.head,
        actor_name="Phạm Văn Trưởng",
        at=timezone.now(),
    )
    assert len(titles(dossier, cast.head)) == 2
    assert len(titles(dossier, cast.operator)) == 1


@pytest.mark.parametrize("name", ["submit", "receive", "request_supplement", "issue", "keep"])
def test_what_the_applicant_must_learn_of_is_declared_open(name: str) -> None:
    assert [edge.is_internal for edge in DOSSIER.edges(name)] == [False]
