"""How long one statement of the database may take: a page's are cut off, an export's much later.

Only what serves pages is limited (`infra.wsgi`); the worker, commands and migrations are not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from psycopg2.extensions import TRANSACTION_STATUS_INERROR

UNLIMITED = "0"


def limit_statements_of_pages() -> None:
    """Every connection that this process opens from now on has the limit of pages."""
    connection_created.connect(_limit, dispatch_uid="patience")


def _limit(connection: BaseDatabaseWrapper, **_more: Any) -> None:
    _set(connection, f"{settings.WEB_STATEMENT_SECONDS}s")


@contextmanager
def patience(seconds: int) -> Iterator[None]:
    """Statements inside may take this long; whoever may take as long as he likes still may."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('statement_timeout')")
        before = str(cursor.fetchone()[0])
    if before == UNLIMITED:
        yield
        return
    _set(connection, f"{seconds}s")
    try:
        yield
    finally:
        # A transaction that failed takes no statement, and puts this back by being undone; with a
        # connection that was lost it is gone.
        if _takes_statements():
            _set(connection, before)


def _takes_statements() -> bool:
    raw = connection.connection
    if raw is None or raw.closed:
        return False
    return bool(raw.info.transaction_status != TRANSACTION_STATUS_INERROR)


def _set(connection: BaseDatabaseWrapper, limit: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('statement_timeout', %s, false)", [limit])
