"""The kept counts per grid cell against what they should be."""

from django.db import connection, transaction

from infra.map.registry import all_layers

# A half that keeps counts gives a function map_expected_<table> with these columns.
_CELL = "layer, scope, level, cell_x, cell_y, bucket"
_KEPT = f"""
    SELECT {_CELL}, sum(count)::bigint AS count, sum(sum_x)::bigint, sum(sum_y)::bigint
    FROM infra_mapaggregate GROUP BY {_CELL}
    HAVING sum(count) <> 0 OR sum(sum_x) <> 0 OR sum(sum_y) <> 0
"""


def differences() -> int:
    """How many cells are not as a fresh count finds them."""
    expected = " UNION ALL ".join(f"SELECT * FROM map_expected_{table}()" for table in _tables())
    sql = (
        f"SELECT count(*) FROM (({_KEPT} EXCEPT {expected}) UNION ALL "
        f"(({expected}) EXCEPT {_KEPT})) AS wrong"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql)
        (count,) = cursor.fetchone()
    return int(count)


@transaction.atomic
def rebuild() -> int:
    """Count everything anew while writers wait; the number of cells."""
    with connection.cursor() as cursor:
        for table in _tables():
            cursor.execute(f"LOCK TABLE {connection.ops.quote_name(table)} IN SHARE MODE")
        cursor.execute("DELETE FROM infra_mapaggregate")
        for table in _tables():
            cursor.execute(
                f"INSERT INTO infra_mapaggregate ({_CELL}, slot, count, sum_x, sum_y) "
                f"SELECT {_CELL}, 0, count, sum_x, sum_y FROM map_expected_{table}()"
            )
        cursor.execute("SELECT count(*) FROM infra_mapaggregate")
        (count,) = cursor.fetchone()
    return int(count)


def _tables() -> list[str]:
    """Each table that a layer keeps counts of: the first of its tables."""
    return sorted({spec.tables[0] for spec in all_layers() if spec.aggregate})
