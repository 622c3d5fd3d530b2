"""Parameters of a statement that only a tile gives: a statement is compiled once for all tiles."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import BinaryField, BooleanField, F, Func
from django.db.models.sql.compiler import SQLCompiler

from infra.map.grid import BUFFER, EXTENT, GRID_STEPS, Tile

# Beyond this latitude the world of web maps ends.
_POLE = 85.05112877
# One cell of margin for clusters is an eighth of a tile.
CELL_MARGIN = EXTENT // 8


@dataclass(frozen=True)
class OfTile:
    """One parameter: its name tells two statements apart, `read` its value for a tile."""

    name: str
    read: Callable[[Tile], Any] = field(repr=False, compare=False)


Z = OfTile("z", lambda tile: tile.z)
X = OfTile("x", lambda tile: tile.x)
Y = OfTile("y", lambda tile: tile.y)


def cell_range(level: int, zoom: int) -> tuple[OfTile, OfTile, OfTile, OfTile]:
    """First and last column and row of a tile's cells of that level, one drawn cell of margin."""
    shift = level - (zoom + GRID_STEPS)
    return (
        OfTile(f"west cell {shift}", lambda tile: (8 * tile.x - 1) << shift),
        OfTile(f"east cell {shift}", lambda tile: ((8 * tile.x + 9) << shift) - 1),
        OfTile(f"north cell {shift}", lambda tile: (8 * tile.y - 1) << shift),
        OfTile(f"south cell {shift}", lambda tile: ((8 * tile.y + 9) << shift) - 1),
    )


class _OnTile(Func):
    arity = 1
    template_of_tile = ""

    def __init__(self, geometry: str, *values: Any) -> None:
        super().__init__(F(geometry))
        self.values_of_tile = values

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
        times = self.template_of_tile.count("{}")
        sql = self.template_of_tile.format(*[inner] * times)
        return sql, (*list(params) * times, *self.values_of_tile)


class InTile(_OnTile):
    """Whether a geometry's box touches the tile, widened by `margin` parts of 4096 of a tile."""

    output_field = BooleanField()
    template_of_tile = "{} && ST_MakeEnvelope(%s, %s, %s, %s, 4326)"

    def __init__(self, geometry: str, margin: int = BUFFER) -> None:
        sides = [
            OfTile(f"side {n} {margin}", lambda tile, n=n: tile.bounds(margin)[n])  # type: ignore[misc]
            for n in range(4)
        ]
        super().__init__(geometry, *sides)


class TilePoint(_OnTile):
    """A point (degrees) as a place in the tile: plain arithmetic, so that no projection is asked.

    The spherical Mercator of web maps is a closed formula; who lies outside of the tile's margin
    is left out by InTile already.
    """

    output_field = BinaryField()
    template_of_tile = (
        "ST_MakePoint(round((((ST_X({}) + 180) / 360) * 2.0::float8 ^ %s - %s) * %s), round((("
        f"0.5 - asinh(tan(radians(least({_POLE}, greatest(-{_POLE}, ST_Y({{}}))))))"
        " / (2 * pi())) * 2.0::float8 ^ %s - %s) * %s))"
    )

    def __init__(self, geometry: str) -> None:
        super().__init__(geometry, Z, X, EXTENT, Z, Y, EXTENT)


class TileShape(_OnTile):
    """A line or area clipped to the tile in whole 4096ths, thinned first by a tolerance (degrees).

    The envelope's own SRID says where to.
    """

    output_field = BinaryField()

    def __init__(self, geometry: str, tolerance: float) -> None:
        thinned = f"ST_Simplify({{}}, {tolerance!r})" if tolerance else "{}"
        envelope = "ST_TileEnvelope(%s, %s, %s)"
        self.template_of_tile = (
            f"ST_AsMVTGeom(ST_Transform({thinned}, ST_SRID({envelope})), {envelope}, %s, %s, true)"
        )
        super().__init__(geometry, Z, X, Y, Z, X, Y, EXTENT, BUFFER)
