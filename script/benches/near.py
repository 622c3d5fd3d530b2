"""Masts within a kilometre: `within_m` against the bare SQL, both through the geography index."""

from collections.abc import Iterator

from django.contrib.gis.geos import Point

from infra.places.geo.measure import within_m
from script.lib.bench import Row, compare
from script.lib.bench_world import World
from sites.models import Mast

HERE = Point(105.63, 10.46, srid=4326)
METRES = 1000
BARE = """
SELECT id, ST_Distance(point::geography, ST_MakePoint(%(lon)s, %(lat)s)::geography) AS distance_m
FROM sites_mast
WHERE ST_DWithin(point::geography, ST_MakePoint(%(lon)s, %(lat)s)::geography, %(metres)s)
ORDER BY distance_m, id
"""


def bench(world: World) -> Iterator[Row]:
    """In the densest town: what is found grows with the masts."""
    near = within_m(Mast.objects.all(), "point", HERE, METRES)
    has_index = "mast_geog_gist" in near.explain()
    yield compare(
        "within_m",
        lambda: list(near.values_list("pk", flat=True)),
        world.bare(BARE, {"lon": HERE.x, "lat": HERE.y, "metres": METRES}),
        against="bare SQL",
        note=f"{near.count()} found; {'index' if has_index else 'NO INDEX'}",
    )
