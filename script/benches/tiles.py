"""A mast tile as a signed-in browser gets it, against bare SQL for the same picture, by zoom."""

import gzip
from collections.abc import Iterator

from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client

from infra.ground.choices import Role
from infra.map.aggregates import rebuild
from infra.map.grid import stored_level
from infra.models import User
from script.lib.bench import Row, compare
from script.lib.crowd import multiply, scattered_point
from sites.models import Mast

PROVINCE = (105.1, 10.1, 106.2, 11.0)
HERE = (105.6321, 10.4602)
ZOOMS = (6, 8, 10, 12, 13, 14, 15)
ROUNDS = 20
BARE_FEATURES = """
SELECT ST_AsMVT(t, 'masts', 4096, 'g') FROM (
  SELECT ST_AsMVTGeom(ST_Transform(point, 3857), ST_TileEnvelope(%(z)s, %(x)s, %(y)s),
                      4096, 256, true) AS g, code, grade, mast_class, operating_status
  FROM sites_mast
  WHERE point && ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.0625), 4326)
    AND archived_at IS NULL LIMIT 6000) AS t WHERE g IS NOT NULL
"""
BARE_CELLS = """
SELECT ST_AsMVT(t, 'masts', 4096, 'g') FROM (
  SELECT ST_MakePoint(avg(sum_x / count), avg(sum_y / count)) AS g, sum(count) AS n
  FROM infra_mapaggregate
  WHERE layer = 'masts' AND scope = 'all' AND level = %(level)s
    AND cell_x BETWEEN %(x)s << (%(level)s - %(z)s) AND (%(x)s + 1 << (%(level)s - %(z)s)) - 1
    AND cell_y BETWEEN %(y)s << (%(level)s - %(z)s) AND (%(y)s + 1 << (%(level)s - %(z)s)) - 1
  GROUP BY cell_x >> (%(level)s - %(z)s - 3), cell_y >> (%(level)s - %(z)s - 3)) AS t
"""


def bench(size: int) -> Iterator[Row]:
    """Rows for so many masts over the province: every zoom, a kept filter, a live one."""
    first = Mast.objects.create(code="BENCH", mast_class="A2b", point=Point(*HERE, srid=4326))
    columns = {"code": "'BENCH-' || n", "grade": "substr('AABCD', 1 + mod(n, 5), 1)"}
    multiply(first, size, triggers=False, point=scattered_point(*PROVINCE), **columns)
    rebuild()
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE infra_mapaggregate")
    client = _officer()
    for zoom in ZOOMS:
        yield from _at(client, zoom, size)
    yield from _at(client, 9, size, "?grade=D")
    yield from _at(client, 9, size, "?class=A2b")


def _at(client: Client, zoom: int, size: int, query: str = "") -> list[Row]:
    x, y = _tile(zoom)
    address = f"/ban-do/o/masts/{zoom}/{x}/{y}.mvt{query}"
    weight = len(gzip.compress(client.get(address).content)) / 1024
    level = stored_level(zoom)
    sql = BARE_FEATURES if level is None else BARE_CELLS
    values = {"z": zoom, "x": x, "y": y, "level": level}
    return compare(
        f"tile z{zoom}{query} {size} masts",
        lambda: client.get(address),
        lambda: _bare(sql, values),
        rounds=ROUNDS,
        note=f"{weight:.1f} KB",
    )


def _bare(sql: str, values: dict[str, int | None]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql, values)
        cursor.fetchall()


def _officer() -> Client:
    officer = User.objects.create_user(
        "bench@example.test", full_name="Bench", roles=[Role.OFFICER]
    )
    client = Client(SERVER_NAME="localhost")
    client.force_login(officer)
    return client


def _tile(zoom: int) -> tuple[int, int]:
    """The tile of Cao Lãnh."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT map_qx(p) >> (30 - %(z)s), map_qy(p) >> (30 - %(z)s)"
            " FROM (SELECT ST_MakePoint(%(lon)s, %(lat)s) AS p) AS here",
            {"z": zoom, "lon": HERE[0], "lat": HERE[1]},
        )
        x, y = cursor.fetchone()
    return int(x), int(y)
