"""Very many rows, quickly: one row that the ORM wrote, copied by the database."""

from django.db import connection, models


def multiply(row: models.Model, count: int, *, triggers: bool = True, **expressions: str) -> None:
    """Copy a saved row `count` times; `expressions` are SQL over n, the copy's number, by column.

    The primary key and a `uuid` column are made anew. Without triggers neither history nor
    aggregates are written, which is quicker.
    """
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    columns = [field.column for field in fields if field.column]
    made = {"uuid": "gen_random_uuid()"} | expressions
    quoted = [connection.ops.quote_name(column) for column in columns]
    values = [made.get(column, f"t.{name}") for column, name in zip(columns, quoted, strict=True)]
    table = connection.ops.quote_name(row._meta.db_table)
    with connection.cursor() as cursor:
        if not triggers:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(quoted)}) SELECT {', '.join(values)}"  # noqa: S608
            f" FROM {table} t, generate_series(1, %s) n WHERE t.id = %s",
            [count, row.pk],
        )
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
