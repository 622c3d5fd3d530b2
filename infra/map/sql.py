"""Tiles in SQL: expressions for compiled querysets, and the statements around them.

Values only travel as parameters; names come from layer declarations and are quoted. What a tile
gives is a parameter that is filled in later (`of_tile`).
"""

from typing import Any

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import Point
from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import BigIntegerField, F, FloatField, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable

from infra.map.grid import EXTENT, GRID_STEPS, WORLD_BITS, pixel_degrees
from infra.map.of_tile import CELL_MARGIN, InTile, TilePoint, TileShape, X, Y, cell_range
from infra.map.registry import LayerSpec
from infra.places.geo.crs import WGS84_SRID

Compiled = tuple[str, tuple[Any, ...]]


class Outline(Func):
    """A geometry as GeoJSON text with 8 decimals, thinned by a tolerance in degrees (0: as is)."""

    template = "ST_AsGeoJSON(ST_SimplifyPreserveTopology(%(expressions)s), 8)"
    output_field = TextField()

    def __init__(self, geometry: str, tolerance: float = 0.0) -> None:
        super().__init__(F(geometry), Value(tolerance))
        if not tolerance:
            self.source_expressions = self.source_expressions[:1]
            self.template = "ST_AsGeoJSON(%(expressions)s, 8)"


class Nearness(Func):
    """How far (degrees) a geometry lies from a point: for an order that its index gives."""

    template = "%(expressions)s"
    arg_joiner = " <-> "
    output_field = FloatField()

    def __init__(self, geometry: str, point: Point) -> None:
        place = Value(point, output_field=GeometryField(srid=point.srid or WGS84_SRID))
        super().__init__(F(geometry), place)


class WorldX(Func):
    """Whole steps of 2^-30 of the world from west."""

    function = "map_qx"
    output_field = BigIntegerField()


class WorldY(Func):
    """Whole steps of 2^-30 of the world from north."""

    function = "map_qy"
    output_field = BigIntegerField()


def compiled(queryset: "QuerySet[Any]") -> Compiled | None:
    """The statement of a queryset with its parameters; None where it cannot have rows."""
    try:
        sql, params = queryset.query.sql_with_params()
    except EmptyResultSet:
        return None
    return sql, tuple(params)


def features_statement(spec: LayerSpec, zoom: int, rows: "QuerySet[Any]") -> Compiled | None:
    """Every feature of the rows in a tile, at most `spec.cap`, as one MVT layer."""
    geometry = TilePoint(spec.geometry) if spec.kind == "point" else _shape(spec, zoom)
    names = {f"tile_{name}": as_expression(source) for name, source in spec.properties.items()}
    rows = rows.filter(InTile(spec.geometry)).order_by(*spec.order_by)
    rows = rows.annotate(tile_geometry=geometry, **names)
    inner = compiled(rows.values("tile_geometry", *names)[: spec.cap])
    if inner is None:
        return None
    quote = connection.ops.quote_name
    columns = "".join(f", {quote(f'tile_{n}')} AS {quote(n)}" for n in spec.properties)
    sql = (
        "SELECT ST_AsMVT(t, %s, %s, 'g'), count(*) FROM "
        f"(SELECT tile_geometry AS g{columns} FROM ({inner[0]}) AS rows "
        "WHERE tile_geometry IS NOT NULL) AS t"
    )
    return sql, (spec.key, EXTENT, *inner[1])


def _shape(spec: LayerSpec, zoom: int) -> TileShape:
    return TileShape(spec.geometry, pixel_degrees(zoom) / 2 if spec.simplify else 0.0)


def stored_cells_statement(
    spec: LayerSpec, scopes: list[str], level: int, zoom: int, buckets: list[str]
) -> Compiled:
    """Clusters from the stored counts of the scopes, one cell of margin on every side.

    `buckets` narrows to features of these values; empty stands for all.
    """
    shift = level - (zoom + GRID_STEPS)
    inner = (
        "SELECT cell_x >> %s AS cx, cell_y >> %s AS cy, bucket, sum(count) AS n, "
        "sum(sum_x) AS sx, sum(sum_y) AS sy FROM infra_mapaggregate "
        "WHERE layer = %s AND scope = ANY(%s) AND level = %s "
        "AND cell_x BETWEEN %s AND %s AND cell_y BETWEEN %s AND %s "
        "AND (%s OR bucket = ANY(%s)) GROUP BY 1, 2, 3"
    )
    place = (level, *cell_range(level, zoom), not buckets, buckets)
    return _clusters(spec.key, zoom, (inner, (shift, shift, spec.aggregate, scopes, *place)))


def tallied_cells_statement(
    spec: LayerSpec, level: int, zoom: int, rows: "QuerySet[Any]"
) -> Compiled | None:
    """The same clusters from counts of features alike, already narrowed by filters."""
    rows = (
        rows.filter(level=level).order_by().annotate(tile_bucket=as_expression(spec.bucket or ""))
    )
    counts = ("cell_x", "cell_y", "tile_bucket", "count", "sum_x", "sum_y")
    inner = compiled(rows.values(*counts))
    if inner is None:
        return None
    shift = level - (zoom + GRID_STEPS)
    sql = (
        "SELECT cell_x >> %s AS cx, cell_y >> %s AS cy, tile_bucket AS bucket, sum(count) AS n, "
        f"sum(sum_x) AS sx, sum(sum_y) AS sy FROM ({inner[0]}) AS rows "
        "WHERE cell_x BETWEEN %s AND %s AND cell_y BETWEEN %s AND %s GROUP BY 1, 2, 3"
    )
    return _clusters(spec.key, zoom, (sql, (shift, shift, *inner[1], *cell_range(level, zoom))))


def live_cells_statement(spec: LayerSpec, zoom: int, rows: "QuerySet[Any]") -> Compiled | None:
    """The same clusters counted now: what a filtered map needs from near."""
    rows = rows.filter(InTile(spec.geometry, CELL_MARGIN)).order_by()
    bucket = as_expression(spec.bucket or "pk")
    rows = rows.annotate(
        tile_x=WorldX(spec.geometry), tile_y=WorldY(spec.geometry), tile_bucket=bucket
    )
    inner = compiled(rows.values("tile_x", "tile_y", "tile_bucket"))
    if inner is None:
        return None
    shift = WORLD_BITS - (zoom + GRID_STEPS)
    sql = (
        "SELECT tile_x >> %s AS cx, tile_y >> %s AS cy, tile_bucket AS bucket, count(*) AS n, "
        f"sum(tile_x) AS sx, sum(tile_y) AS sy FROM ({inner[0]}) AS rows GROUP BY 1, 2, 3"
    )
    return _clusters(spec.key, zoom, (sql, (shift, shift, *inner[1])))


def _clusters(layer: str, zoom: int, cells: Compiled) -> Compiled:
    """Draw counted cells at the middle of their features: how many, the worst, how many of it."""
    size = 1 << (WORLD_BITS - zoom)
    sql = (
        "SELECT ST_AsMVT(t, %s, %s, 'g'), 0 FROM (SELECT ST_MakePoint("
        "round((sum(sx) / sum(n) / %s - %s) * %s), round((sum(sy) / sum(n) / %s - %s) * %s)) AS g, "
        "sum(n)::bigint AS n, max(bucket) FILTER (WHERE n > 0) AS worst, "
        "(array_agg(n ORDER BY bucket DESC) FILTER (WHERE n > 0))[1]::bigint AS n_worst "
        f"FROM ({cells[0]}) AS cells GROUP BY cx, cy HAVING sum(n) > 0) AS t"
    )
    place = (size, X, EXTENT, size, Y, EXTENT)
    return sql, (layer, EXTENT, *place, *cells[1])


def as_expression(source: str | Combinable) -> Combinable:
    """A field path or an expression as an expression."""
    return F(source) if isinstance(source, str) else source
