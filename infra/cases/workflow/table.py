"""Transition tables: data, checked when the module that declares them loads."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import TextChoices
from django.utils.functional import Promise

from infra.ground.choices import NationalState, Role

Text = str | Promise


class UnsoundWorkflow(ImproperlyConfigured):
    """A table that names an unknown state, a state nobody reaches or leaves, or an edge twice."""


@dataclass(frozen=True, kw_only=True)
class Transition:
    """One edge: who may take it (a role AND the predicate), what hinders it, what follows.

    A step is internal unless the table says otherwise: people outside the department read only
    of steps that were declared open to them.
    """

    name: str
    label: Text
    sources: frozenset[str]
    target: str
    roles: frozenset[Role] = frozenset()
    permission: str = ""
    guards: tuple[str, ...] = ()
    effects: tuple[str, ...] = ()
    needs_reason: bool = False
    confirm: Text = ""
    form: str = ""
    national: NationalState | None = None
    style: str = "outline-secondary"
    is_internal: bool = True


@dataclass(frozen=True, kw_only=True)
class Act:
    """What is done on a case without moving it: who may, in which states; kept like a step."""

    name: str
    label: Text
    states: frozenset[str]
    roles: frozenset[Role]
    is_internal: bool = True


@dataclass(frozen=True, kw_only=True)
class Workflow:
    """A whole table. `page` is the URL name (argument `uuid`) of the target's page."""

    key: str
    model: str
    states: type[TextChoices]
    initial: str
    final: frozenset[str]
    transitions: tuple[Transition, ...]
    national: Mapping[str, NationalState] = field(default_factory=dict)
    page: str = ""
    acts: tuple[Act, ...] = ()

    def __post_init__(self) -> None:
        faults = list(_faults(self))
        if faults:
            msg = f"Workflow {self.key}: " + "; ".join(faults)
            raise UnsoundWorkflow(msg)

    def edges(self, name: str) -> list[Transition]:
        """The edges of this name: several may share it, from different states."""
        return [edge for edge in self.transitions if edge.name == name]

    def edge(self, name: str, state: str) -> Transition | None:
        """The edge of this name that leaves the state."""
        return next((edge for edge in self.edges(name) if state in edge.sources), None)

    def leaving(self, state: str) -> list[Transition]:
        """The edges that leave the state, in the table's order."""
        return [edge for edge in self.transitions if state in edge.sources]

    def act(self, name: str) -> Act | None:
        """The act of this name."""
        return next((act for act in self.acts if act.name == name), None)

    def state_label(self, row: Any) -> str:
        """Where the row stands, in words."""
        return str(self.states(row.state).label)

    def national_state(self, edge: Transition) -> NationalState | None:
        """The national code that the edge leads to, if its state has one."""
        return edge.national or self.national.get(edge.target)


def _faults(table: Workflow) -> Iterable[str]:
    known = set(table.states.values)
    named = {table.initial, *table.final, *table.national}
    named |= {state for act in table.acts for state in act.states}
    for edge in table.transitions:
        named |= {edge.target, *edge.sources}
    yield from (f"unknown state {state!r}" for state in sorted(named - known))
    if named - known:
        return
    reached = _closure({table.initial}, _steps(table))
    yield from (f"unreachable state {state!r}" for state in sorted(known - reached))
    backwards = {(target, source) for source, target in _steps(table)}
    ending = _closure(set(table.final), backwards)
    yield from (f"dead end at {state!r}" for state in sorted(known - ending))
    yield from (
        f"final state {state!r} has a way out" for state in table.final if table.leaving(state)
    )
    yield from _double_edges(table)


def _steps(table: Workflow) -> set[tuple[str, str]]:
    return {(source, edge.target) for edge in table.transitions for source in edge.sources}


def _closure(start: set[str], steps: set[tuple[str, str]]) -> set[str]:
    reached = set(start)
    while True:
        more = {target for source, target in steps if source in reached} - reached
        if not more:
            return reached
        reached |= more


def _double_edges(table: Workflow) -> Iterable[str]:
    pairs = [(source, edge) for edge in table.transitions for source in edge.sources]
    names = Counter((source, edge.name) for source, edge in pairs)
    taken = Counter([*{edge.name for edge in table.transitions}, *(a.name for a in table.acts)])
    yield from (f"double name {name!r}" for name, count in taken.items() if count > 1)
    targets = Counter((source, edge.target) for source, edge in pairs)
    yield from (f"double edge {key[0]} –{key[1]}→" for key, count in names.items() if count > 1)
    yield from (f"double edge {key[0]} → {key[1]}" for key, count in targets.items() if count > 1)
