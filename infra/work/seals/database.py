"""The grants and seals as the database has them, and the statements that make them whole."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from psycopg2 import sql

from infra.work.seals.grants import PRIVILEGES, ROWS, TRUNCATION, wanted, wanted_seals

ALL = ["SELECT", "INSERT", "UPDATE", "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER"]
# Tables of an extension (spatial_ref_sys) are the administrator's.
TABLES = """
SELECT c.relname,
    ARRAY(SELECT p FROM unnest(%s) p WHERE has_table_privilege(%s, c.oid, p)),
    ARRAY(SELECT tgname::text FROM pg_trigger
        WHERE tgrelid = c.oid AND NOT tgisinternal AND tgenabled IN ('O', 'A'))
FROM pg_class c
WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT EXISTS (
    SELECT FROM pg_depend d
    WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e')
"""
MAKE = {
    ROWS: "CREATE TRIGGER seal_rows BEFORE UPDATE OR DELETE ON {}"
    " FOR EACH ROW EXECUTE FUNCTION tt_seal_rows()",
    TRUNCATION: "CREATE TRIGGER seal_truncate BEFORE TRUNCATE ON {}"
    " FOR EACH STATEMENT EXECUTE FUNCTION tt_seal_rows()",
}
# A library offers a setting that puts triggers to sleep, history's among them: nobody uses it here.
NEVER = "SELECT false"
HOUSE = """
SELECT EXISTS (SELECT FROM pg_proc WHERE proname = '_pgtrigger_should_ignore' AND prosrc <> %s),
    has_function_privilege('public', 'tt_chain()', 'EXECUTE'),
    has_database_privilege('public', current_database(), 'TEMPORARY')
"""


def is_ready() -> bool:
    """Whether the migration that brings the seals was applied."""
    return bool(_one("SELECT to_regprocedure('tt_seal_rows()') IS NOT NULL"))


def is_owner() -> bool:
    """Whether this connection may take the seals off."""
    return bool(
        _one(
            "SELECT pg_has_role(current_user, relowner, 'USAGE') FROM pg_class"
            " WHERE oid = to_regclass('infra_transitionrecord')"
        )
    )


def missing_seals(role: str) -> list[str]:
    """`table: trigger` for every seal that is not there or asleep."""
    standing = {table: set(triggers) for table, _has, triggers in _tables(role)}
    return [
        f"{table}: {trigger}"
        for table, seals in sorted(wanted_seals().items())
        for trigger in sorted(seals - standing.get(table, set()))
    ]


def statements(role: str) -> list[Any]:
    """What makes grants and seals whole; empty when they are. Without a role only the seals."""
    facts = _tables(role)
    found = [*_seals(facts), *_house()]
    return [*found, *_grants(facts, role)] if role else found


def seal_database(**_signal: object) -> None:
    """After every migration; as the owner, and without effect when nothing is missing."""
    if not is_ready():
        return
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in statements(settings.DATABASE_APPLICATION_ROLE):
            cursor.execute(statement)


def _seals(facts: list[tuple[str, list[str], list[str]]]) -> Iterator[Any]:
    standing = {table: set(triggers) for table, _has, triggers in facts}
    for table, seals in wanted_seals().items():
        for trigger in sorted(seals - standing.get(table, seals)):
            name = sql.Identifier(table)
            if trigger in MAKE:
                drop = "DROP TRIGGER IF EXISTS {} ON {}"
                yield sql.SQL(drop).format(sql.Identifier(trigger), name)
                yield sql.SQL(MAKE[trigger]).format(name)


def _house() -> Iterator[Any]:
    with connection.cursor() as cursor:
        cursor.execute(HOUSE, [NEVER])
        ignores, forgeable, shadows = cursor.fetchone()
        if ignores:
            yield (
                "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name)"
                f" RETURNS boolean LANGUAGE sql AS '{NEVER}'"
            )
        if forgeable:
            yield "REVOKE EXECUTE ON FUNCTION tt_chain() FROM PUBLIC"
        if shadows:  # a temporary table must not stand in for one that a trigger asks
            database = sql.Identifier(connection.settings_dict["NAME"])
            yield sql.SQL("REVOKE TEMPORARY ON DATABASE {} FROM PUBLIC").format(database)


def _grants(facts: list[tuple[str, list[str], list[str]]], role: str) -> Iterator[Any]:
    grants = wanted()
    for table, has, _triggers in facts:
        should = PRIVILEGES[grants[table]] if table in grants else frozenset()
        for verb, names in (("REVOKE", set(has) - should), ("GRANT", should - set(has))):
            if names:
                words = sql.SQL(", ").join(sql.SQL(name) for name in sorted(names))
                way = "FROM" if verb == "REVOKE" else "TO"
                yield sql.SQL(f"{verb} {{}} ON {{}} {way} {{}}").format(
                    words, sql.Identifier(table), sql.Identifier(role)
                )


def _tables(role: str) -> list[tuple[str, list[str], list[str]]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user")
        cursor.execute(TABLES, [ALL, role or cursor.fetchone()[0]])
        return [(str(name), list(has), list(triggers)) for name, has, triggers in cursor]


def _one(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        row = cursor.fetchone()
        return row[0] if row else None
