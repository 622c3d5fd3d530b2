"""Reference rows for browser tests: loaded once per run, then copied back after each clearing.

`live_server` truncates every table after a test. Loading units and limits anew takes seconds,
copying them from a schema of their own takes a blink. Triggers sleep while rows are copied.
"""

from django.apps import apps
from django.db import connection, transaction

from infra.ground.loading import Stage, run_stage

SCHEMA = "kept_reference"
# Django makes these rows again by itself after each clearing.
OWN = {"django_content_type", "auth_permission"}


def bring_reference_rows() -> None:
    """All rows of the reference stage, into empty tables."""
    tables = _kept_tables()
    if tables:
        _copy_back(tables)
    else:
        run_stage(Stage.REFERENCE, lambda line: None)
        _keep()


def forget_reference_rows() -> None:
    """Drops what an earlier run kept in a reused database."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP SCHEMA IF EXISTS {SCHEMA} CASCADE")


def _kept_tables() -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = %s", [SCHEMA])
        return [row[0] for row in cursor.fetchall()]


def _keep() -> None:
    names = {model._meta.db_table for model in apps.get_models(include_auto_created=True)} - OWN
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"CREATE SCHEMA {SCHEMA}")
        for name in sorted(names & set(connection.introspection.table_names(cursor))):
            cursor.execute(f'SELECT EXISTS (SELECT 1 FROM "{name}")')  # noqa: S608
            if cursor.fetchone()[0]:
                cursor.execute(f'CREATE TABLE {SCHEMA}."{name}" AS TABLE "{name}"')


def _copy_back(tables: list[str]) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        for name in tables:
            cursor.execute(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
        for name in tables:
            cursor.execute(f'DELETE FROM "{name}"')  # noqa: S608
            cursor.execute(f'INSERT INTO "{name}" SELECT * FROM {SCHEMA}."{name}"')  # noqa: S608
            cursor.execute(
                "SELECT setval(pg_get_serial_sequence(%s, 'id'), max(id)) FROM "  # noqa: S608
                f'"{name}" HAVING max(id) IS NOT NULL',
                [f'"{name}"'],
            )
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name in tables:
            cursor.execute(f'ALTER TABLE "{name}" ENABLE TRIGGER USER')
