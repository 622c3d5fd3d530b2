"""The rows of one statement, held by the database and fetched piece by piece."""

from collections.abc import Iterator, Sequence
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from infra.ground.patience import patience

PIECE = 2000
Rows = list[tuple[Any, ...]]


def rows_held(sql: str, parameters: Sequence[Any]) -> Iterator[tuple[Any, ...]]:
    """Run the statement now, as long as an export may take; its rows come as they are asked for.

    The database keeps the result (a cursor WITH HOLD): what takes long, sorting and joining, is
    done or has failed before an answer begins, no transaction stays open for a slow reader, and
    no limit cuts him off half-way.
    """
    with transaction.atomic(), patience(settings.EXPORT_STATEMENT_SECONDS):
        cursor = connection.chunked_cursor()
        cursor.cursor.withhold = True
        cursor.execute(sql, parameters)
        # The limit counts for what fetches, not for the commit that keeps the rest.
        first = cursor.fetchmany(PIECE)
    return _fetched(first, cursor)


def _fetched(rows: Rows, cursor: Any) -> Iterator[tuple[Any, ...]]:
    with cursor:
        while rows:
            yield from rows
            rows = cursor.fetchmany(PIECE)
