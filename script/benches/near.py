"""Masts within a kilometre: `within_m` against the bare SQL, both through the geography index."""

from collections.abc import Iterator

from django.contrib.gis.geos import Point
from django.db import connection

from infra.places.geo.measure import within_m
from script.lib.bench import Row, compare
from script.lib.crowd import multiply, scattered_point
from script.lib.speech import say
from sites.models import Mast

HERE = Point(105.63, 10.46, srid=4326)
METRES = 1000
BARE = """
SELECT id, ST_Distance(point::geography, ST_MakePoint(%(lon)s, %(lat)s)::geography) AS distance_m
FROM sites_mast
WHERE ST_DWithin(point::geography, ST_MakePoint(%(lon)s, %(lat)s)::geography, %(metres)s)
ORDER BY distance_m, id
"""


def bench(size: int) -> Iterator[Row]:
    """Rows for so many masts over the province."""
    first = Mast.objects.create(code="BENCH", point=HERE)
    point = scattered_point(105.1, 10.1, 106.2, 11.0)
    multiply(first, size, triggers=False, code="'BENCH-' || n", point=point)
    near = within_m(Mast.objects.all(), "point", HERE, METRES)
    plan = near.explain(analyze=True)
    say(plan)
    found = near.count()
    yield from compare(
        f"within_m, {size} masts",
        lambda: list(near.values_list("pk", flat=True)),
        _bare,
        note=f"{found} found; {'index' if 'mast_geog_gist' in plan else 'NO INDEX'}",
    )


def _bare() -> None:
    with connection.cursor() as cursor:
        cursor.execute(BARE, {"lon": HERE.x, "lat": HERE.y, "metres": METRES})
        cursor.fetchall()
