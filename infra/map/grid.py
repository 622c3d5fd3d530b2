"""The web-mercator quad grid of tiles, in whole numbers: pure arithmetic, no database."""

import math
from dataclasses import dataclass

MAX_ZOOM = 22
# Cells of stored aggregates; a tile of zoom z is drawn from the coarsest level that is ≥ z + 3.
LEVELS = (8, 10, 12, 14, 16)
RAW_FROM = 14
# Cells in which features alike are counted, for filters: the first for all that is farther off.
TALLY_LEVELS = (11, 12)
GRID_STEPS = 3
# Whole-number world coordinates of the database's map_qx and map_qy: 2^30 steps around the world.
WORLD_BITS = 30
EXTENT = 4096
# Features this far outside are drawn too, so that a symbol on the edge is whole on both sides.
BUFFER = 256


@dataclass(frozen=True)
class Tile:
    """One tile of the XYZ scheme."""

    z: int
    x: int
    y: int

    def bounds(self, buffer: int = BUFFER) -> tuple[float, float, float, float]:
        """West, south, east, north in degrees, widened by `buffer` parts of 4096 of a tile."""
        margin = buffer / EXTENT
        return (
            _longitude(self.x - margin, self.z),
            _latitude(self.y + 1 + margin, self.z),
            _longitude(self.x + 1 + margin, self.z),
            _latitude(self.y - margin, self.z),
        )


def parse_tile(z: str, x: str, y: str) -> Tile:
    """The tile of an address. Raises ValueError when it is none of the grid."""
    tile = Tile(int(z), int(x), int(y))
    if not 0 <= tile.z <= MAX_ZOOM:
        raise ValueError(z)
    if not (0 <= tile.x < 2**tile.z and 0 <= tile.y < 2**tile.z):
        raise ValueError(x, y)
    return tile


def pixel_degrees(zoom: int) -> float:
    """The width of one pixel of a 512-pixel tile, in degrees."""
    return 360 / (2.0**zoom * 512)


def stored_level(zoom: int) -> int | None:
    """The level of aggregates that a zoom is drawn from; None where features are drawn one by one.

    Below the coarsest zoom the coarsest level serves.
    """
    if zoom >= RAW_FROM:
        return None
    return next(level for level in LEVELS if level >= zoom + GRID_STEPS)


def tally_level(zoom: int) -> int | None:
    """The level of counts by kind that a filtered zoom is drawn from; None where it is too near."""
    return next((level for level in TALLY_LEVELS if level >= zoom + GRID_STEPS), None)


def _longitude(x: float, zoom: int) -> float:
    return max(-180.0, min(180.0, x / 2.0**zoom * 360 - 180))


def _latitude(y: float, zoom: int) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * y / 2.0**zoom))))
