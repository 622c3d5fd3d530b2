"""Very many rows inside one test: one that the ORM wrote, copied by the database."""

from typing import Any

from django.db import connection, models

from tests.seals.aside import seals_aside


def copies(row: models.Model, count: int, **expressions: str) -> None:
    """Copy a saved row; `expressions` are SQL over n, the copy's number, by column.

    Planners then see the table as it is: statistics are taken anew, no trigger runs.
    """
    fields = [field for field in row._meta.concrete_fields if not field.primary_key]
    columns = [field.column for field in fields if field.column]
    made = {"uuid": "gen_random_uuid()"} | expressions
    quoted = [f'"{column}"' for column in columns]
    values = [made.get(column, f't."{column}"').replace("%", "%%") for column in columns]
    table = connection.ops.quote_name(row._meta.db_table)
    with seals_aside(type(row)), connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} ({', '.join(quoted)}) SELECT {', '.join(values)}"  # noqa: S608
            f" FROM {table} t, generate_series(1, %s) n WHERE t.id = %s",
            [count, row.pk],
        )
        cursor.execute(f"ANALYZE {table}")


def plan_of(rows: Any) -> str:
    """How the database would read them, node by node."""
    return str(rows.explain())
