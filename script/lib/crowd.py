"""Very many rows, quickly: rows that the application wrote, copied by the database."""

from typing import Any

from django.db import connection, models


def copy_rows(
    model: type[models.Model], source: str, values: dict[str, Any] | None = None, **made: str
) -> int:
    """Write a copy of each row of `source`, SQL with the table's columns; returns how many.

    `made` are SQL over the source's columns by the name of the column; the primary key and a `uuid`
    are made anew, whatever triggers the table has do their work.
    """
    fields = [field for field in model._meta.concrete_fields if not field.primary_key]
    columns = [field.column for field in fields if field.column and not _is_generated(field)]
    made = {"uuid": "gen_random_uuid()"} | made
    quoted = [connection.ops.quote_name(column) for column in columns]
    given = [made.get(column, f"t.{name}") for column, name in zip(columns, quoted, strict=True)]
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(quoted)}) SELECT {', '.join(given)}"  # noqa: S608
            f" FROM ({source}) AS t",
            values,
        )
        return int(cursor.rowcount)


def multiply(row: models.Model, count: int, *, triggers: bool = True, **expressions: str) -> None:
    """Copy a saved row `count` times; `expressions` are SQL over n, the copy's number, by column.

    Without triggers neither history nor aggregates are written, which is quicker.
    """
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        if not triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        source = f"SELECT n, r.* FROM {table} r, generate_series(1, %(count)s) n"  # noqa: S608
        source += " WHERE r.id = %(pk)s"
        copy_rows(type(row), source, {"count": count, "pk": row.pk}, **expressions)
        if not triggers:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
        cursor.execute(f"VACUUM ANALYZE {table}")


def scattered_point(west: float, south: float, east: float, north: float) -> str:
    """SQL: points over a box (degrees), evenly and the same in every run."""
    x, y = "mod(n * 0.6180339887, 1)", "mod(n * 0.7548776662, 1)"
    return (
        f"ST_SetSRID(ST_MakePoint({west} + {x} * ({east} - ({west})),"
        f" {south} + {y} * ({north} - ({south}))), 4326)"
    )


def chance(salt: int, n: str = "n") -> str:
    """SQL: a number from 0 up to 1 by a row's number and the salt, the same in every run."""
    return f"((hashint8extended({n}::bigint, {salt}) & 1048575) / 1048576.0::float8)"


def gauss(salt: int) -> str:
    """SQL: a number around 0, most of them between -1 and 1, the same in every run."""
    far = f"sqrt(-2 * ln({chance(salt)} + 1e-7::float8))"
    return f"({far} * cos(2 * pi() * {chance(salt + 1)}))"


def one_of(salt: int, *words: str) -> str:
    """SQL: one of the words by n and the salt."""
    listed = ", ".join("'" + word.replace("'", "''") + "'" for word in words)
    return f"(ARRAY[{listed}])[1 + floor({chance(salt)} * {len(words)})::int]"


def _is_generated(field: models.Field[Any, Any]) -> bool:
    return bool(getattr(field, "generated", False))
