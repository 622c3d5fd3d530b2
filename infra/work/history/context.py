"""The context that history triggers store with every change."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pghistory
from django.db import connection
from django.utils.functional import Promise
from pghistory import config

from infra.models import User


@contextmanager
def written_by(actor: User | None, *, why: str | Promise, door: str) -> Iterator[None]:
    """Changes inside were made by `actor`, for `why`, through `door` (page, api, job, command)."""
    with pghistory.context(user=actor.pk if actor else None, why=str(why), door=door):
        yield


def because(why: str | Promise) -> None:
    """Add the reason to the context that is open; outside of one it says nothing."""
    pghistory.context(why=str(why))


def carry_into_copy() -> None:
    """Set the open context for this transaction by hand: COPY passes no statement hook.

    Call it inside `transaction.atomic()` and `written_by`, before `copy_expert`.
    """
    with pghistory.context() as context, connection.cursor() as cursor:
        metadata: dict[str, Any] = context.metadata
        cursor.execute(
            "SELECT set_config('pghistory.context_id', %s, true),"
            " set_config('pghistory.context_metadata', %s, true)",
            [str(context.id), json.dumps(metadata, cls=config.json_encoder())],
        )
