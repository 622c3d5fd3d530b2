"""Rows under an identifier that the client made: sent again they are one row, never somebody's."""

from collections.abc import Sequence
from typing import Any, TypeVar

from django.db import IntegrityError, models, transaction
from django.utils.translation import gettext as _

from infra.ground.errors import Conflict

Row = TypeVar("Row", bound=models.Model)


def kept_already(row: Row, same: Sequence[str]) -> Row | None:
    """The row that is kept under this identifier, when it says the same in the fields of `same`.

    Raises Conflict, without giving the row away, when it is another's or says something else.
    """
    sent: Any = row
    kept = type(row)._base_manager.filter(uuid=sent.uuid).first()
    if kept is not None and any(getattr(kept, name) != getattr(row, name) for name in same):
        raise Conflict(
            _("Something else was already kept under this identifier."),
            _("Load the page again, then send it once more: nothing of yours was written."),
        )
    return kept


def create_once(row: Row, same: Sequence[str]) -> tuple[Row, bool]:
    """Insert the row, or find the one that a sending at the same moment inserted; whether new.

    Raises what `kept_already` raises.
    """
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError:
        kept = kept_already(row, same)
        if kept is None:
            raise
        return kept, False
    return row, True
