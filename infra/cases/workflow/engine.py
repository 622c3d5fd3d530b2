"""The one engine that moves states: lock, re-read, judge, write, record, then what follows."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.workflow import registry
from infra.cases.workflow.errors import (
    StaleVersion,
    TransitionForbidden,
    TransitionRefused,
    UnknownTransition,
)
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
    facts = _plain(data or {})
    with transaction.atomic():
        row = _locked(target, actor)
        _refuse_stale(row, table, transition, actor, version)
        edge = _edge(table, row, transition, actor)
        _refuse_hindered(edge, row, actor, reason, facts)
        record = _write(table, edge, row, actor, reason=reason.strip(), facts=facts)
        for key in edge.effects:
            registry.get_effect(key)(row, actor, record, facts)
    target.refresh_from_db()
    return record


def available(workflow: str, target: VersionedModel, actor: User) -> list[Transition]:
    """The steps that this person may take from here: what buttons and API offer."""
    table = registry.get_workflow(workflow)
    return [edge for edge in table.leaving(_state(target)) if may_take(edge, target, actor)]


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


def last_record(target: VersionedModel) -> TransitionRecord | None:
    """The newest record of the target."""
    kind = ContentType.objects.get_for_model(target)
    records = TransitionRecord.objects.filter(target_type=kind, target_id=target.pk)
    return records.order_by("-pk").first()


def _locked(target: VersionedModel, actor: User) -> VersionedModel:
    model = type(target)
    try:
        row = model._base_manager.select_for_update().get(pk=target.pk)
    except model.DoesNotExist:
        raise UnknownTransition(_("There is no such thing any more.")) from None
    scope = getattr(model._default_manager.all(), "visible_to", None)
    if scope and not scope(actor).filter(pk=row.pk).exists():
        raise UnknownTransition(_("There is nothing at this address, or it is not yours."))
    return row


def _refuse_stale(
    row: VersionedModel, table: Workflow, transition: str, actor: User, version: int
) -> None:
    if row.version == version:
        return
    last = last_record(row)
    if last is None:
        raise StaleVersion(
            _("This was changed at %(time)s, after you opened it.")
            % {"time": _clock(row.updated_at)},
            _("Look at it as it stands now, then decide."),
        )
    facts = {
        "who": last.actor_name,
        "time": _clock(last.at),
        "state": table.states(last.to_state).label,
    }
    if last.actor_id == actor.pk and last.transition == transition:
        raise StaleVersion(
            _("You already did this at %(time)s: it now stands at “%(state)s”.") % facts,
            _("Nothing was done a second time."),
        )
    raise StaleVersion(
        _("%(who)s changed this at %(time)s: it now stands at “%(state)s”.") % facts,
        _("Your step was not taken. Look at it as it stands now, then decide."),
    )


def _edge(table: Workflow, row: VersionedModel, transition: str, actor: User) -> Transition:
    edge = table.edge(transition, _state(row))
    candidates = [edge] if edge else table.edges(transition)
    if not any(may_take(one, row, actor) for one in candidates):
        raise TransitionForbidden(_("This step is not yours to take."))
    if edge is None:
        state = table.states(_state(row)).label
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


def _write(
    table: Workflow,
    edge: Transition,
    row: VersionedModel,
    actor: User,
    *,
    reason: str,
    facts: Mapping[str, Any],
) -> TransitionRecord:
    came_from = _state(row)
    moved: Any = row
    # What was sent never stands in for what the workflow itself saw.
    evidence = {**facts, **registry.collect_evidence(table.key, row, actor)}
    row.version += 1
    row.updated_at = timezone.now()
    moved.state = edge.target
    moved.save(update_fields=["state", "version", "updated_at"])
    return TransitionRecord.objects.create(
        workflow=table.key,
        target_type=ContentType.objects.get_for_model(row),
        target_id=row.pk,
        transition=edge.name,
        from_state=came_from,
        to_state=edge.target,
        national_state=table.national_state(edge),
        version=row.version,
        actor=actor,
        actor_name=actor.get_full_name(),
        reason=reason,
        evidence=_plain(evidence),
    )


def _state(row: VersionedModel) -> str:
    stateful: Any = row
    return str(stateful.state)


def _plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    plain: dict[str, Any] = json.loads(json.dumps(facts, cls=DjangoJSONEncoder))
    return plain


def _clock(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%H:%M %d/%m/%Y}"
