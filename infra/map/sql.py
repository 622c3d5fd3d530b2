"""Tiles in SQL: expressions for compiled querysets, and the statements around them.

Values only travel as parameters; names come from layer declarations and are quoted.
"""

from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BigIntegerField, BinaryField, F, Func, QuerySet, TextField, Value
from django.db.models.expressions import Combinable
from django.db.models.sql.compiler import SQLCompiler

from infra.map.grid import BUFFER, EXTENT, GRID_STEPS, WORLD_BITS, Tile
from infra.map.registry import LayerSpec

Compiled = tuple[str, tuple[Any, ...]]


class TileGeometry(Func):
    """A geometry clipped to a tile in whole 4096ths; the envelope's own SRID says where to."""

    output_field = BinaryField()
    arity = 1

    def __init__(self, geometry: str, tile: Tile, tolerance: float) -> None:
        super().__init__(F(geometry))
        self.tile, self.tolerance = tile, tolerance

    def as_sql(
        self,
        compiler: SQLCompiler,
        connection: BaseDatabaseWrapper,
        function: str | None = None,
        template: str | None = None,
        arg_joiner: str | None = None,
        **extra_context: Any,
    ) -> tuple[str, tuple[Any, ...]]:
        inner, params = compiler.compile(self.source_expressions[0])
        values: list[Any] = list(params)
        if self.tolerance:
            inner = f"ST_Simplify({inner}, %s)"
            values.append(self.tolerance)
        where = [self.tile.z, self.tile.x, self.tile.y]
        envelope = "ST_TileEnvelope(%s, %s, %s)"
        sql = f"ST_AsMVTGeom(ST_Transform({inner}, ST_SRID({envelope})), {envelope}, %s, %s, true)"
        return sql, (*values, *where, *where, EXTENT, BUFFER)


class Outline(Func):
    """A geometry as GeoJSON text with 8 decimals, thinned by a tolerance in degrees (0: as is)."""

    template = "ST_AsGeoJSON(ST_SimplifyPreserveTopology(%(expressions)s), 8)"
    output_field = TextField()

    def __init__(self, geometry: str, tolerance: float = 0.0) -> None:
        super().__init__(F(geometry), Value(tolerance))
        if not tolerance:
            self.source_expressions = self.source_expressions[:1]
            self.template = "ST_AsGeoJSON(%(expressions)s, 8)"


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


def features_statement(spec: LayerSpec, tile: Tile, rows: "QuerySet[Any]") -> Compiled | None:
    """Every feature of the rows in the tile, at most `spec.cap`, as one MVT layer."""
    tolerance = tile.pixel_degrees / 2 if spec.simplify and spec.kind != "point" else 0.0
    names = {f"tile_{name}": as_expression(source) for name, source in spec.properties.items()}
    rows = rows.order_by(*spec.order_by).annotate(
        tile_geometry=TileGeometry(spec.geometry, tile, tolerance), **names
    )
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


def stored_cells_statement(
    spec: LayerSpec, scopes: list[str], level: int, tile: Tile, buckets: list[str]
) -> Compiled:
    """Clusters from the stored counts of the scopes, one cell of margin on every side.

    `buckets` narrows to features of these values; empty stands for all.
    """
    shift = level - (tile.z + GRID_STEPS)
    west, north = ((8 * n - 1) << shift for n in (tile.x, tile.y))
    span = (10 << shift) - 1
    inner = (
        "SELECT cell_x >> %s AS cx, cell_y >> %s AS cy, bucket, sum(count) AS n, "
        "sum(sum_x) AS sx, sum(sum_y) AS sy FROM infra_mapaggregate "
        "WHERE layer = %s AND scope = ANY(%s) AND level = %s "
        "AND cell_x BETWEEN %s AND %s AND cell_y BETWEEN %s AND %s "
        "AND (%s OR bucket = ANY(%s)) GROUP BY 1, 2, 3"
    )
    place = (level, west, west + span, north, north + span, not buckets, buckets)
    return _clusters(spec.key, tile, (inner, (shift, shift, spec.aggregate, scopes, *place)))


def live_cells_statement(spec: LayerSpec, tile: Tile, rows: "QuerySet[Any]") -> Compiled | None:
    """The same clusters counted now: what a filtered map needs."""
    bucket = as_expression(spec.bucket or "pk")
    rows = rows.order_by().annotate(
        tile_x=WorldX(spec.geometry), tile_y=WorldY(spec.geometry), tile_bucket=bucket
    )
    inner = compiled(rows.values("tile_x", "tile_y", "tile_bucket"))
    if inner is None:
        return None
    shift = WORLD_BITS - (tile.z + GRID_STEPS)
    sql = (
        "SELECT tile_x >> %s AS cx, tile_y >> %s AS cy, tile_bucket AS bucket, count(*) AS n, "
        f"sum(tile_x) AS sx, sum(tile_y) AS sy FROM ({inner[0]}) AS rows GROUP BY 1, 2, 3"
    )
    return _clusters(spec.key, tile, (sql, (shift, shift, *inner[1])))


def _clusters(layer: str, tile: Tile, cells: Compiled) -> Compiled:
    """Draw counted cells at the middle of their features: how many, the worst, how many of it."""
    size = 1 << (WORLD_BITS - tile.z)
    sql = (
        "SELECT ST_AsMVT(t, %s, %s, 'g'), 0 FROM (SELECT ST_MakePoint("
        "round((sum(sx) / sum(n) / %s - %s) * %s), round((sum(sy) / sum(n) / %s - %s) * %s)) AS g, "
        "sum(n)::bigint AS n, max(bucket) FILTER (WHERE n > 0) AS worst, "
        "(array_agg(n ORDER BY bucket DESC) FILTER (WHERE n > 0))[1]::bigint AS n_worst "
        f"FROM ({cells[0]}) AS cells GROUP BY cx, cy HAVING sum(n) > 0) AS t"
    )
    place = (size, tile.x, EXTENT, size, tile.y, EXTENT)
    return sql, (layer, EXTENT, *place, *cells[1])


def as_expression(source: str | Combinable) -> Combinable:
    """A field path or an expression as an expression."""
    return F(source) if isinstance(source, str) else source
