"""Acts: what people do on a case without moving it, through the same door as its steps."""

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.core.exceptions import ImproperlyConfigured
from django.db import transaction
from django.utils.translation import gettext as _

from infra.cases.workflow import registry
from infra.cases.workflow.door import lock, refuse_unseen
from infra.cases.workflow.errors import TransitionForbidden, TransitionRefused
from infra.cases.workflow.records import as_plain, keep_record, state_of
from infra.cases.workflow.table import Act, Workflow
from infra.models import TransitionRecord, User
from infra.models.base import VersionedModel
from infra.work.history.last import record_of_version

Row = TypeVar("Row", bound=VersionedModel)


@transaction.atomic
def perform(
    *,
    workflow: str,
    target: Row,
    act: str,
    actor: User,
    version: int,
    facts: Mapping[str, Any],
    write: Callable[[Row], None],
) -> TransitionRecord:
    """Do one act of the table on the version the person saw; `write` gets the locked row.

    The same act sent again by the same person, with the same facts, is the one already done.
    Raises UnknownTransition, StaleVersion, TransitionForbidden or TransitionRefused and then
    changes nothing.
    """
    table, told = registry.get_workflow(workflow), as_plain(facts)
    row = lock(target, actor)
    if repeated := _repeated(row, act, actor, version, told):
        return repeated
    refuse_unseen(row, version, table=table, actor=actor)
    _refuse_stranger(_declared(table, act), table, row, actor)
    write(row)
    record = keep_record(table, row, actor, name=act, to_state=state_of(row), facts=told)
    target.refresh_from_db()
    return record


def may_perform(workflow: str, target: VersionedModel, act: str, actor: User) -> bool:
    """Whether the person may do this now: what shows its form."""
    declared = _declared(registry.get_workflow(workflow), act)
    return state_of(target) in declared.states and actor.has_role(*declared.roles)


def _repeated(
    row: VersionedModel, act: str, actor: User, version: int, told: dict[str, Any]
) -> TransitionRecord | None:
    """The record of this very act, made from the version that the person saw."""
    record = record_of_version(row, version + 1)
    if record is None or (record.transition, record.actor_id) != (act, actor.pk):
        return None
    return record if told.items() <= record.evidence.items() else None


def _declared(table: Workflow, name: str) -> Act:
    declared = table.act(name)
    if declared is None:
        msg = f"The workflow {table.key} declares no act {name!r}."
        raise ImproperlyConfigured(msg)
    return declared


def _refuse_stranger(act: Act, table: Workflow, row: VersionedModel, actor: User) -> None:
    if not actor.has_role(*act.roles):
        raise TransitionForbidden(_("This step is not yours to take."))
    if state_of(row) not in act.states:
        state = table.state_label(row)
        raise TransitionRefused(_("This step is not possible from “%(state)s”.") % {"state": state})
