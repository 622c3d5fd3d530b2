"""Workflows, and what they name by key: guards, effects, predicates, evidence, forms."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.db.models import Model
from django.forms import BaseForm

from infra.cases.workflow.errors import UnknownTransition
from infra.cases.workflow.table import Transition, Workflow
from infra.ground.registry import Registry, name_of
from infra.models import TransitionRecord, User

Data = Mapping[str, Any]
Guard = Callable[[Any, User, Data], list[str]]
Effect = Callable[[Any, User, TransitionRecord, Data], None]
Predicate = Callable[[Any, User], bool]
Evidence = Callable[[Any, User], dict[str, Any]]

WORKFLOWS: Registry[Workflow] = Registry("workflow")
GUARDS: Registry[Guard] = Registry("guard")
EFFECTS: Registry[Effect] = Registry("effect")
PERMISSIONS: Registry[Predicate] = Registry("permission")
EVIDENCE: Registry[Evidence] = Registry("evidence")
FORMS: Registry[type[BaseForm]] = Registry("form")


def register_workflow(workflow: Workflow) -> None:
    """Make the table known under its key. Raises BoundTwice when the key is taken."""
    WORKFLOWS.register(workflow.key, workflow)


def register_guard(key: str, guard: Guard) -> None:
    """Bind sentences that hinder: `guard(target, actor, data) -> list[str]`, empty when free."""
    GUARDS.register(key, guard)


def register_effect(key: str, effect: Effect) -> None:
    """Bind what follows, inside the transaction: `effect(target, actor, record, data)`."""
    EFFECTS.register(key, effect)


def register_permission(key: str, predicate: Predicate) -> None:
    """Bind who may act, besides holding a role: `predicate(target, actor) -> bool`."""
    PERMISSIONS.register(key, predicate)


def register_form(key: str, form: type[BaseForm]) -> None:
    """Bind the form that asks for what a transition needs beyond a reason."""
    FORMS.register(key, form)


def register_evidence(workflow: str, collect: Evidence) -> None:
    """Add to what every record of a workflow keeps: `collect(target, actor) -> dict`."""
    EVIDENCE.register((workflow, name_of(collect)), collect)


def get_workflow(key: str) -> Workflow:
    """The table of this key. Raises UnknownTransition."""
    table = WORKFLOWS.find(key)
    if table is None:
        raise UnknownTransition(key)
    return table


def get_workflows() -> list[Workflow]:
    """All tables, by key."""
    return sorted(WORKFLOWS.values(), key=lambda table: table.key)


def workflow_of(target: Model) -> Workflow | None:
    """The table that rules this object's states."""
    return next((w for w in WORKFLOWS.values() if w.model == target._meta.label), None)


def table_of(target: Model) -> Workflow:
    """The table that rules this object's states. Raises UnknownTransition without one."""
    table = workflow_of(target)
    if table is None:
        raise UnknownTransition(target._meta.label)
    return table


def get_guard(key: str) -> Guard:
    """The guard bound to the key. Raises Unbound: an unbound guard never passes."""
    return GUARDS.get(key)


def get_effect(key: str) -> Effect:
    """The effect bound to the key. Raises Unbound."""
    return EFFECTS.get(key)


def get_permission(key: str) -> Predicate:
    """The predicate bound to the key. Raises Unbound."""
    return PERMISSIONS.get(key)


def get_form(key: str) -> type[BaseForm]:
    """The form bound to the key. Raises Unbound."""
    return FORMS.get(key)


def collect_evidence(workflow: str, target: Model, actor: User) -> dict[str, Any]:
    """What stands now, for the record."""
    facts: dict[str, Any] = {}
    for key, collect in EVIDENCE.items():
        if key[0] == workflow:
            facts |= collect(target, actor)
    return facts


def unbound_keys() -> Iterator[str]:
    """What the tables name and nobody bound, as `workflow.transition: kind key`."""
    for table in get_workflows():
        for edge in table.transitions:
            for kind, key in _named(edge):
                yield f"{table.key}.{edge.name}: {kind} {key}"


def _named(edge: Transition) -> Iterator[tuple[str, str]]:
    yield from (("guard", key) for key in edge.guards if key not in GUARDS)
    yield from (("effect", key) for key in edge.effects if key not in EFFECTS)
    if edge.permission and edge.permission not in PERMISSIONS:
        yield "permission", edge.permission
    if edge.form and edge.form not in FORMS:
        yield "form", edge.form
