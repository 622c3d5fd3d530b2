"""Houses along roads, drawn by the ten thousand at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.ways import Way, lines_of

Floats = NDArray[numpy.float64]
_MARGIN_M = 12.0
# Metres from the middle of a road to a house front, by class.
_SETBACKS = {
    "motorway": 45.0,
    "trunk": 16.0,
    "primary": 14.0,
    "secondary": 12.0,
    "tertiary": 10.0,
    "residential": 7.5,
    "track": 7.0,
}
HALF_WIDTHS = {
    "motorway": 14.0,
    "trunk": 9.0,
    "primary": 8.0,
    "secondary": 7.0,
    "tertiary": 5.0,
    "residential": 4.0,
    "track": 3.0,
    "ditch": 5.0,
}


@dataclass(frozen=True)
class Plots:
    """Places for houses on both sides of roads; `way` and `stretch` say along which."""

    front: Floats
    ahead: Floats
    aside: Floats
    way: NDArray[numpy.int64]
    stretch: NDArray[numpy.int64]

    def only(self, kept: NDArray[Any]) -> "Plots":
        """Those of the plots that the mask keeps."""
        parts = (self.front, self.ahead, self.aside, self.way, self.stretch)
        return Plots(*(part[kept] for part in parts))


def plots_along(
    ways: Sequence[Way], pitch_m: float, chance: numpy.random.Generator, stretch_m: float = 700.0
) -> Plots:
    """A plot each `pitch_m` on both sides of every road, their fronts at the class's setback."""
    lines = lines_of(ways)
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    is_edge = owner[1:] == owner[:-1]
    start, end, way = xy[:-1][is_edge], xy[1:][is_edge], owner[:-1][is_edge]
    length = numpy.hypot(*(end - start).T)
    behind = _run_up(length, way)
    count = numpy.maximum(0, ((length - 2 * _MARGIN_M) / pitch_m).astype(int))
    edge = numpy.repeat(numpy.arange(len(length)), count)
    rank = numpy.arange(len(edge)) - numpy.repeat(numpy.cumsum(count) - count, count)
    along = _MARGIN_M + rank * pitch_m + chance.uniform(0, pitch_m * 0.2, len(edge))
    ahead = (end - start)[edge] / length[edge][:, None]
    setback = numpy.array([_SETBACKS[each.road_class] for each in ways])[way[edge]]
    found = []
    for side in (1.0, -1.0):
        aside = numpy.column_stack([-ahead[:, 1], ahead[:, 0]]) * side
        front = start[edge] + ahead * along[:, None]
        front = front + aside * (setback + chance.uniform(-0.5, 2.0, len(edge)))[:, None]
        stretch = way[edge] * 1_000 + ((behind[edge] + along) / stretch_m).astype(int)
        found.append((front, ahead, aside, way[edge], stretch))
    return Plots(*(numpy.concatenate(parts) for parts in zip(*found, strict=True)))


def _run_up(length: Floats, way: NDArray[Any]) -> Floats:
    """For each edge how much of its road lies behind it."""
    total = numpy.cumsum(length) - length
    is_first = numpy.r_[True, way[1:] != way[:-1]] if len(way) else numpy.zeros(0, bool)
    firsts = total[is_first]
    return total - firsts[numpy.cumsum(is_first) - 1] if len(way) else total


def houses_on(
    plots: Plots,
    chance: numpy.random.Generator,
    width_m: tuple[float, float],
    depth_m: tuple[float, float],
) -> NDArray[Any]:
    """A narrow deep house on each plot."""
    number = len(plots.front)
    along = plots.ahead * chance.uniform(*width_m, number)[:, None]
    back = plots.aside * chance.uniform(*depth_m, number)[:, None]
    a = plots.front
    rings = numpy.stack([a, a + along, a + along + back, a + back], axis=1)
    built: NDArray[Any] = shapely.polygons(rings)
    return built


def clear_of(
    houses: NDArray[Any], lines: NDArray[Any], clearance: Floats, areas: BaseGeometry
) -> NDArray[Any]:
    """A mask of the houses that stand on no road, ditch, water or kept block.

    `lines` are short edges, each with the clearance that it asks for.
    """
    free = numpy.ones(len(houses), dtype=bool)
    for metres in numpy.unique(clearance):
        tree = shapely.STRtree(lines[clearance == metres])
        hit, _edge = tree.query(houses, predicate="dwithin", distance=float(metres))
        free[hit] = False
    shapely.prepare(areas)
    free[free] = ~shapely.intersects(areas, houses[free])
    return free


def without_overlaps(houses: NDArray[Any]) -> NDArray[Any]:
    """A mask of the houses, the later of two that overlap left out."""
    first, second = shapely.STRtree(houses).query(houses, predicate="intersects")
    free = numpy.ones(len(houses), dtype=bool)
    free[numpy.maximum(first, second)[first != second]] = False
    return free


def edges_of(ways: Sequence[Way]) -> tuple[NDArray[Any], Floats]:
    """The roads as short edges, with the half width that each keeps clear."""
    lines = lines_of(ways)
    half = numpy.array([HALF_WIDTHS[way.road_class] for way in ways])
    return edges(lines), numpy.repeat(half, shapely.get_num_coordinates(lines) - 1)


def edges(lines: NDArray[Any]) -> NDArray[Any]:
    """Every edge of the lines as a line of its own."""
    xy, owner = shapely.get_coordinates(lines, return_index=True)
    is_edge = owner[1:] == owner[:-1]
    found: NDArray[Any] = shapely.linestrings(
        numpy.stack([xy[:-1][is_edge], xy[1:][is_edge]], axis=1)
    )
    return found
