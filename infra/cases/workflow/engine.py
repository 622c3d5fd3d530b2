"""The one engine that moves states: lock, re-read, judge, write, record, then what follows."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from infra.cases.workflow import registry
from infra.cases.workflow.door import lock, refuse_unseen
from infra.cases.workflow.errors import TransitionForbidden, TransitionRefused, UnknownTransition
from infra.cases.workflow.records import as_plain, keep_record, state_of
from infra.cases.workflow.table import Transition, Workflow
from infra.models import TransitionRecord, User
from infra.models.base import VersionedModel


def fire(
    *,
    workflow: str,
    target: VersionedModel,
    transition: str,
    actor: User,
    version: int,
    reason: str = "",
    data: Mapping[str, Any] | None = None,
) -> TransitionRecord:
    """Move `target` along one edge; `version` is the one the person saw.

    Raises UnknownTransition, StaleVersion, TransitionForbidden or TransitionRefused and then
    changes nothing. `target` itself is read again at the end.
    """
    table = registry.get_workflow(workflow)
    if not table.edges(transition):
        raise UnknownTransition(_("There is no such step."))
    facts = as_plain(data or {})
    with transaction.atomic():
        row = lock(target, actor)
        refuse_unseen(row, version, table=table, actor=actor, doing=transition)
        edge = _edge(table, row, transition, actor)
        _refuse_hindered(edge, row, actor, reason, facts)
        record = keep_record(
            table,
            row,
            actor,
            name=edge.name,
            to_state=edge.target,
            national=table.national_state(edge),
            reason=reason.strip(),
            facts=facts,
        )
        for key in edge.effects:
            registry.get_effect(key)(row, actor, record, facts)
    target.refresh_from_db()
    return record


def available(workflow: str, target: VersionedModel, actor: User) -> list[Transition]:
    """The steps that this person may take from here: what buttons and API offer."""
    table = registry.get_workflow(workflow)
    return [edge for edge in table.leaving(state_of(target)) if may_take(edge, target, actor)]


def may_take(edge: Transition, target: VersionedModel, actor: User) -> bool:
    """Whether the person holds a role of the edge and its predicate says yes."""
    if not actor.is_active or (edge.roles and not actor.has_role(*edge.roles)):
        return False
    if edge.permission:
        return registry.get_permission(edge.permission)(target, actor)
    return bool(edge.roles)


def hindrances(
    edge: Transition, target: VersionedModel, actor: User, data: Mapping[str, Any] | None = None
) -> list[str]:
    """The sentences of all guards of the edge as things stand."""
    found: list[str] = []
    for key in edge.guards:
        found += registry.get_guard(key)(target, actor, data or {})
    return found


def _edge(table: Workflow, row: VersionedModel, transition: str, actor: User) -> Transition:
    edge = table.edge(transition, state_of(row))
    candidates = [edge] if edge else table.edges(transition)
    if not any(may_take(one, row, actor) for one in candidates):
        raise TransitionForbidden(_("This step is not yours to take."))
    if edge is None:
        state = table.state_label(row)
        raise TransitionRefused(_("This step is not possible from “%(state)s”.") % {"state": state})
    return edge


def _refuse_hindered(
    edge: Transition, row: VersionedModel, actor: User, reason: str, facts: Mapping[str, Any]
) -> None:
    found = hindrances(edge, row, actor, facts)
    if edge.needs_reason and not reason.strip():
        found.insert(0, _("Write the reason."))
    if found:
        raise TransitionRefused(*found)
