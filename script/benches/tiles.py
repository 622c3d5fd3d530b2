"""Mast tiles by zoom: after a write, asked again, unchanged; own SQL or raw features beside."""

import math
from collections.abc import Iterator

from django.db import connection
from django.urls import reverse

from script.lib.bench import Row, compare
from script.lib.bench_world import OFFICER, World

HERE = (105.6321, 10.4602)
ZOOMS = range(6, 16)
HIT_ZOOMS = (8, 14)
RAW_ZOOMS = (14, 15)
FILTERED = {"grade": ("?grade=D", (8, 10)), "class": ("?class=A2b", (6, 7, 8, 10))}
RAW_FEATURES = """
SELECT ST_AsMVT(t, 'masts', 4096, 'g') FROM (
  SELECT ST_AsMVTGeom(ST_Transform(point, 3857), ST_TileEnvelope(%(z)s, %(x)s, %(y)s),
                      4096, 256, true) AS g, code, grade, mast_class, operating_status
  FROM sites_mast
  WHERE point && ST_Transform(ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.0625), 4326)
    AND archived_at IS NULL) AS t WHERE g IS NOT NULL
"""


def bench(world: World) -> Iterator[Row]:
    """The tile over the middle of the densest town."""
    for zoom in ZOOMS:
        yield _missed(world, f"z{zoom}", zoom)
    for name, (query, zooms) in FILTERED.items():
        for zoom in zooms:
            yield _missed(world, f"z{zoom}, by {name}", zoom, query)
    for zoom in RAW_ZOOMS:
        yield _against_features(world, zoom)
    for zoom in HIT_ZOOMS:
        yield world.got(f"z{zoom}, asked again", OFFICER, _path(zoom))
        tag = world.browser(OFFICER).get(_path(zoom)).headers.get("etag", "")
        yield world.got(
            f"z{zoom}, not changed",
            OFFICER,
            _path(zoom),
            expected=304,
            headers={"If-None-Match": tag},
        )


def _missed(world: World, name: str, zoom: int, query: str = "") -> Row:
    """Each time after a write, so that no tile kept from before may answer."""
    return world.got(f"{name}, after a write", OFFICER, _path(zoom) + query, before=_write)


def _against_features(world: World, zoom: int) -> Row:
    x, y = tile_of(*HERE, zoom)
    browser = world.browser(OFFICER)
    raw = world.bare(RAW_FEATURES, {"z": zoom, "x": x, "y": y})
    return compare(
        f"z{zoom}, after a write, features",
        lambda: browser.get(_path(zoom)),
        raw,
        against="raw features",
        before=_write,
    )


def _write() -> None:
    """Change one mast that stands elsewhere."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE sites_mast SET note = CASE WHEN note = '.' THEN '' ELSE '.' END"
            " WHERE id = (SELECT max(id) FROM sites_mast)"
        )


def _path(zoom: int) -> str:
    x, y = tile_of(*HERE, zoom)
    return reverse("map:tile", args=["masts", zoom, x, y])


def tile_of(lon: float, lat: float, zoom: int) -> tuple[int, int]:
    """The column and row of the web-mercator tile that holds a place."""
    tiles = 2**zoom
    across = (lon + 180) / 360
    down = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return int(across * tiles), int(down * tiles)
