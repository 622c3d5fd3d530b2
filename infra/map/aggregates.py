"""The kept counts per grid cell against what they should be."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser
from django.db import connection, models, transaction

from infra.map.registry import all_layers
from infra.models import MapAggregate

_SUMS = ("count", "sum_x", "sum_y")


@dataclass(frozen=True)
class _Book:
    """One table of counts, and the functions that count the same anew.

    A half that keeps counts gives a function map_expected_<table> with these columns: of the
    features' table for counts by scope, of the counts' own table for counts by kind.
    """

    model: type[models.Model]
    counted_by: tuple[str, ...]

    @property
    def table(self) -> str:
        return connection.ops.quote_name(self.model._meta.db_table)

    @property
    def cell(self) -> str:
        """The columns that name a cell and what is counted in it."""
        fields = self.model._meta.concrete_fields
        named = (f.column for f in fields if f.column and f.column not in {"id", "slot", *_SUMS})
        return ", ".join(connection.ops.quote_name(name) for name in named)

    @property
    def expected(self) -> str:
        columns = f"{self.cell}, {', '.join(_SUMS)}"
        return " UNION ALL ".join(
            f"SELECT {columns} FROM map_expected_{name}()" for name in self.counted_by
        )

    @property
    def kept(self) -> str:
        sums = ", ".join(f"sum({name})::bigint AS {name}" for name in _SUMS)
        some = " OR ".join(f"sum({name}) <> 0" for name in _SUMS)
        return f"SELECT {self.cell}, {sums} FROM {self.table} GROUP BY {self.cell} HAVING {some}"


def differences() -> int:
    """How many cells are not as a fresh count finds them."""
    found = 0
    for book in _books():
        sql = (
            f"SELECT count(*) FROM (({book.kept} EXCEPT ({book.expected})) UNION ALL "
            f"(({book.expected}) EXCEPT {book.kept})) AS wrong"
        )
        found += _one(sql)
    return found


@transaction.atomic
def rebuild() -> int:
    """Count everything anew while writers wait; the number of cells."""
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table)} IN SHARE MODE")
        for book in _books():
            cursor.execute(f"DELETE FROM {book.table}")
            cursor.execute(
                f"INSERT INTO {book.table} ({book.cell}, {', '.join(_SUMS)}, slot) "
                f"SELECT *, 0 FROM ({book.expected}) AS counted ORDER BY {book.cell}"
            )
    return sum(_one(f"SELECT count(*) FROM {book.table}") for book in _books())


def _one(sql: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (count,) = cursor.fetchone()
    return int(count)


def _books() -> Iterator[_Book]:
    yield _Book(MapAggregate, tuple(_tables()))
    tallies = {spec.tally.rows(AnonymousUser()).model for spec in all_layers() if spec.tally}
    for model in sorted(tallies, key=lambda model: model._meta.db_table):
        yield _Book(model, (model._meta.db_table,))


def _tables() -> list[str]:
    """Each table that a layer keeps counts of: the first of its tables."""
    return sorted({spec.tables[0] for spec in all_layers() if spec.aggregate})
