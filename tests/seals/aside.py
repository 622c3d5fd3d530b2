"""What only the owner of the tables can do: put seals aside, for rows that must be past."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import connection, models
from django.db.backends.postgresql.operations import DatabaseOperations

TRUNCATION = """
DO $$ DECLARE sealed regclass; BEGIN
    FOR sealed IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'seal_truncate' LOOP
        EXECUTE format('ALTER TABLE %s {} TRIGGER seal_truncate', sealed);
    END LOOP;
END $$
"""
_sql_flush = DatabaseOperations.sql_flush


def sql_flush(self: Any, *arguments: Any, **options: Any) -> list[str]:
    """Django clears the tables between tests by TRUNCATE, which the seals refuse."""
    flush: list[str] = _sql_flush(self, *arguments, **options)
    return [TRUNCATION.format("DISABLE"), *flush, TRUNCATION.format("ENABLE")] if flush else flush


@contextmanager
def seals_aside(*tables: type[models.Model]) -> Iterator[None]:
    """Rows of these tables take any value; the seals stand again afterwards."""
    with as_owner():
        yield from _aside(*tables)


def _aside(*tables: type[models.Model]) -> Iterator[None]:
    names = [connection.ops.quote_name(model._meta.db_table) for model in tables]
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} DISABLE TRIGGER USER")
        yield
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED")
        for name in names:
            cursor.execute(f"ALTER TABLE {name} ENABLE TRIGGER USER")


@contextmanager
def as_owner() -> Iterator[None]:
    """What only the owner of the tables may do, in a test that runs as the application."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role')")
        role = cursor.fetchone()[0]
        cursor.execute("RESET ROLE")
        yield
        cursor.execute("SELECT set_config('role', %s, false)", [role])


def set_aside(row: models.Model, **values: Any) -> None:
    """Give a row values that only a step of its workflow gives."""
    with seals_aside(type(row)):
        type(row)._base_manager.filter(pk=row.pk).update(**values)
    row.refresh_from_db()
