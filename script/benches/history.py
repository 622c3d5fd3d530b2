"""COPY of very many masts with every trigger of the table, against the same COPY without any.

What triggers keep is history, map counts, table versions and viewers. The masts are of the dearest
kind: public ones with an owner, spread out, are counted four times in cells of their own.
"""

import io
from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial

from django.contrib.gis.geos import Point
from django.db import connection, transaction

from infra.ground.choices import OrganisationKind
from infra.models import Organisation
from infra.work.history.context import carry_into_copy, written_by
from script.lib.bench import Row, milliseconds
from script.lib.crowd import multiply, scattered_point
from sites.models import Mast

COLUMNS = ", ".join(
    connection.ops.quote_name(field.column)
    for field in Mast._meta.concrete_fields
    if field.column and not field.primary_key
)
SEALS = """
DO $$ DECLARE sealed regclass; BEGIN
  FOR sealed IN SELECT tgrelid FROM pg_trigger WHERE tgname = 'seal_truncate' LOOP
    EXECUTE format('ALTER TABLE %s {} TRIGGER seal_truncate', sealed);
  END LOOP;
END $$
"""
WRITTEN = ("sites_mast", "sites_mastevent", "infra_mapaggregate")

ROUNDS = 2
THOUSAND = 1000


def bench(size: int) -> Iterator[Row]:
    """COPY and one UPDATE of all, at a tenth of the size and at the full size."""
    tenth = max(size // 10, 1)
    few, many = _masts(tenth), _masts(size)
    small = min(_copy(few, why="COPY") for _round in range(ROUNDS))
    bare, known, unknown = _best(
        partial(_copy, many, triggers=False), partial(_copy, many, why="COPY"), partial(_copy, many)
    )
    against, note = "no triggers", f"{size} masts"
    # Per thousand masts, so that both sizes can be held against each other: 1 is linear.
    yield Row(
        "COPY of a thousand, who and why known",
        known / size * THOUSAND,
        bare / size * THOUSAND,
        small=small / tenth * THOUSAND,
        against=against,
        note=note,
    )
    yield Row(
        "COPY of a thousand, unknown",
        unknown / size * THOUSAND,
        bare / size * THOUSAND,
        against=against,
        note=note,
    )
    yield from _updates(size)


def _best(*acts: Callable[[], float]) -> list[float]:
    """The shortest time of each, measured in turns."""
    rounds = [[act() for act in acts] for _round in range(ROUNDS)]
    return [min(times) for times in zip(*rounds, strict=True)]


def _masts(count: int) -> str:
    """Masts as COPY reads them."""
    owner = Organisation.objects.get_or_create(
        code="bench", defaults={"name": "B", "short_name": "B", "kind": OrganisationKind.OPERATOR}
    )[0]
    _clear()
    first = Mast.objects.create(
        code="BENCH",
        name="Cột",
        point=Point(105.63, 10.46, srid=4326),
        grade="B",
        publicity="public",
        owner=owner,
    )
    point = scattered_point(105.1, 10.1, 106.2, 11.0)
    multiply(first, count, triggers=False, code="'BENCH-' || n", name="'Cột ' || n", point=point)
    text = io.StringIO()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM sites_mast WHERE code = 'BENCH'")
        cursor.cursor.copy_expert(f"COPY sites_mast ({COLUMNS}) TO STDOUT", text)
    return text.getvalue()


def _copy(masts: str, *, why: str = "", triggers: bool = True) -> float:
    """How long COPY and its commit take, on empty tables."""
    _clear()
    with connection.cursor() as cursor:
        if not triggers:
            cursor.execute("ALTER TABLE sites_mast DISABLE TRIGGER USER")
        spent = milliseconds(lambda: _write(masts, why))
        cursor.execute("ALTER TABLE sites_mast ENABLE TRIGGER USER")
    return spent


def _write(masts: str, why: str) -> None:
    told = written_by(None, why=why, door="command") if why else nullcontext()
    with told, transaction.atomic(), connection.cursor() as cursor:
        if why:
            carry_into_copy()
        cursor.cursor.copy_expert(f"COPY sites_mast ({COLUMNS}) FROM STDIN", io.StringIO(masts))


def _updates(size: int) -> Iterator[Row]:
    """One statement that renames every mast, after one that renamed a single one."""
    rename = "UPDATE sites_mast SET note = note || '.'"
    one = f"{rename} WHERE code = 'BENCH-1'"
    with connection.cursor() as cursor:
        cursor.execute(one)
        ours = milliseconds(lambda: cursor.execute(rename))
        cursor.execute("ALTER TABLE sites_mast DISABLE TRIGGER USER")
        bare = milliseconds(lambda: cursor.execute(rename))
        cursor.execute("ALTER TABLE sites_mast ENABLE TRIGGER USER")
    each = size / THOUSAND
    yield Row("UPDATE of a thousand, moving none", ours / each, bare / each, against="no triggers")


def _clear() -> None:
    """Empty the tables, which their seals refuse to everybody: the owner puts those aside."""
    with connection.cursor() as cursor:
        cursor.execute(SEALS.format("DISABLE"))
        cursor.execute(f"TRUNCATE {', '.join(WRITTEN)} CASCADE")
        cursor.execute(SEALS.format("ENABLE"))
        cursor.execute(f"VACUUM {', '.join(WRITTEN)}")
