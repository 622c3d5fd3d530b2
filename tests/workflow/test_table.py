"""A transition table that makes no sense does not load."""

import pytest
from django.db.models import TextChoices

from infra.cases.workflow.table import Transition, UnsoundWorkflow, Workflow
from infra.ground.choices import Role


class Lane(TextChoices):
    """Three states are enough to go wrong."""

    OPEN = "open", "Open"
    HELD = "held", "Held"
    SHUT = "shut", "Shut"


def edge(name: str, source: str, target: str) -> Transition:
    return Transition(
        name=name,
        label=name,
        sources=frozenset({source}),
        target=target,
        roles=frozenset({Role.OFFICER}),
    )


def lane(*edges: Transition, initial: str = "open", final: str = "shut") -> Workflow:
    return Workflow(
        key="lane",
        model="infra.Dossier",
        states=Lane,
        initial=initial,
        final=frozenset({final}),
        transitions=edges,
    )


SOUND = (edge("hold", "open", "held"), edge("shut", "held", "shut"))


def test_a_sound_table_loads() -> None:
    table = lane(*SOUND, edge("free", "held", "open"))
    assert [step.name for step in table.leaving("held")] == ["shut", "free"]


@pytest.mark.parametrize(
    ("edges", "fault"),
    [
        ((*SOUND, edge("lose", "open", "lost")), "unknown state 'lost'"),
        ((edge("shut", "open", "shut"),), "unreachable state 'held'"),
        ((edge("hold", "open", "held"), edge("shut", "open", "shut")), "dead end at 'held'"),
        ((*SOUND, edge("hold", "open", "shut")), "double edge open –hold→"),
        ((*SOUND, edge("keep", "open", "held")), "double edge open → held"),
        ((*SOUND, edge("reopen", "shut", "open")), "final state 'shut' has a way out"),
    ],
)
def test_an_unsound_table_is_refused(edges: tuple[Transition, ...], fault: str) -> None:
    with pytest.raises(UnsoundWorkflow, match=fault):
        lane(*edges)


def test_a_circle_without_an_exit_is_a_dead_end() -> None:
    with pytest.raises(UnsoundWorkflow, match="dead end"):
        lane(
            edge("shut", "open", "shut"),
            edge("hold", "open", "held"),
            edge("stay", "held", "held"),
        )
