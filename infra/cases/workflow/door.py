"""The one door to a case: lock it, read it again, is it this person's, is it still as seen."""

from dataclasses import replace
from typing import TypeVar

from django.utils.translation import gettext as _

from infra.cases.workflow.errors import UnknownTransition
from infra.cases.workflow.table import Workflow
from infra.ground.versions import Change, refuse_stale
from infra.models import User
from infra.models.base import VersionedModel
from infra.work.history.last import last_change, record_of_version

Row = TypeVar("Row", bound=VersionedModel)


def lock(target: Row, actor: User) -> Row:
    """The row as it stands now, held to the end of the transaction. Raises UnknownTransition."""
    model = type(target)
    try:
        row = model._base_manager.select_for_update().get(pk=target.pk)
    except model.DoesNotExist:
        raise UnknownTransition(_("There is no such thing any more.")) from None
    scope = getattr(model._default_manager.all(), "visible_to", None)
    if scope and not scope(actor).filter(pk=row.pk).exists():
        raise UnknownTransition(_("There is nothing at this address, or it is not yours."))
    return row


def refuse_unseen(
    row: VersionedModel, version: int, *, table: Workflow, actor: User, doing: str = ""
) -> None:
    """Raise StaleVersion; kindly when `doing` is the step that the actor took already."""

    def last(stale: VersionedModel) -> Change:
        change = replace(last_change(stale, actor), state=table.state_label(stale))
        record = record_of_version(stale)
        is_own = bool(record and (record.actor_id, record.transition) == (actor.pk, doing))
        return replace(change, is_own=is_own)

    refuse_stale(row, version, last)
