"""Workflows, and what they name by key: guards, effects, predicates, evidence, forms."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model
from django.forms import BaseForm

from infra.cases.workflow.errors import UnknownTransition
from infra.cases.workflow.table import Transition, Workflow
from infra.models import TransitionRecord, User

Data = Mapping[str, Any]
Guard = Callable[[Any, User, Data], list[str]]
Effect = Callable[[Any, User, TransitionRecord, Data], None]
Predicate = Callable[[Any, User], bool]
Evidence = Callable[[Any, User], dict[str, Any]]

_workflows: dict[str, Workflow] = {}
_guards: dict[str, Guard] = {}
_effects: dict[str, Effect] = {}
_permissions: dict[str, Predicate] = {}
_evidence: dict[str, list[Evidence]] = {}
_forms: dict[str, type[BaseForm]] = {}

Value = TypeVar("Value")


def register_workflow(workflow: Workflow) -> None:
    """Make the table known under its key. Raises ImproperlyConfigured when the key is taken."""
    _bind(_workflows, "workflow", workflow.key, workflow)


def register_guard(key: str, guard: Guard) -> None:
    """Bind sentences that hinder: `guard(target, actor, data) -> list[str]`, empty when free."""
    _bind(_guards, "guard", key, guard)


def register_effect(key: str, effect: Effect) -> None:
    """Bind what follows, inside the transaction: `effect(target, actor, record, data)`."""
    _bind(_effects, "effect", key, effect)


def register_permission(key: str, predicate: Predicate) -> None:
    """Bind who may act, besides holding a role: `predicate(target, actor) -> bool`."""
    _bind(_permissions, "permission", key, predicate)


def register_form(key: str, form: type[BaseForm]) -> None:
    """Bind the form that asks for what a transition needs beyond a reason."""
    _bind(_forms, "form", key, form)


def register_evidence(workflow: str, collect: Evidence) -> None:
    """Add to what every record of a workflow keeps: `collect(target, actor) -> dict`."""
    _evidence.setdefault(workflow, []).append(collect)


def get_workflow(key: str) -> Workflow:
    """The table of this key. Raises UnknownTransition."""
    try:
        return _workflows[key]
    except KeyError:
        raise UnknownTransition(key) from None


def get_workflows() -> list[Workflow]:
    """All tables, by key."""
    return [_workflows[key] for key in sorted(_workflows)]


def workflow_of(target: Model) -> Workflow | None:
    """The table that rules this object's states."""
    return next((w for w in _workflows.values() if w.model == target._meta.label), None)


def table_of(target: Model) -> Workflow:
    """The table that rules this object's states. Raises UnknownTransition without one."""
    table = workflow_of(target)
    if table is None:
        raise UnknownTransition(target._meta.label)
    return table


def get_guard(key: str) -> Guard:
    """The guard bound to the key. Raises ImproperlyConfigured: an unbound guard never passes."""
    return _bound(_guards, "guard", key)


def get_effect(key: str) -> Effect:
    """The effect bound to the key. Raises ImproperlyConfigured."""
    return _bound(_effects, "effect", key)


def get_permission(key: str) -> Predicate:
    """The predicate bound to the key. Raises ImproperlyConfigured."""
    return _bound(_permissions, "permission", key)


def get_form(key: str) -> type[BaseForm]:
    """The form bound to the key. Raises ImproperlyConfigured."""
    return _bound(_forms, "form", key)


def collect_evidence(workflow: str, target: Model, actor: User) -> dict[str, Any]:
    """What stands now, for the record."""
    facts: dict[str, Any] = {}
    for collect in _evidence.get(workflow, []):
        facts |= collect(target, actor)
    return facts


def unbound_keys() -> Iterator[str]:
    """What the tables name and nobody bound, as `workflow.transition: kind key`."""
    for table in get_workflows():
        for edge in table.transitions:
            for kind, key in _named(edge):
                yield f"{table.key}.{edge.name}: {kind} {key}"


def _named(edge: Transition) -> Iterator[tuple[str, str]]:
    yield from (("guard", key) for key in edge.guards if key not in _guards)
    yield from (("effect", key) for key in edge.effects if key not in _effects)
    if edge.permission and edge.permission not in _permissions:
        yield "permission", edge.permission
    if edge.form and edge.form not in _forms:
        yield "form", edge.form


def _bind(known: dict[str, Value], kind: str, key: str, value: Value) -> None:
    if known.setdefault(key, value) is not value:
        msg = f"The {kind} {key!r} is bound twice."
        raise ImproperlyConfigured(msg)


def _bound(known: Mapping[str, Value], kind: str, key: str) -> Value:
    try:
        return known[key]
    except KeyError:
        msg = f"No {kind} is bound to {key!r}."
        raise ImproperlyConfigured(msg) from None
