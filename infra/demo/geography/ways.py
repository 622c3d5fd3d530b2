"""Roads as one list that is cut, tied and joined until none of them ends in a field."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.carving import Shapes, within, without

# How far a loose end reaches for the next road, and from where on a touch counts.
REACH_M = 330.0
_TOUCH_M = 1.0
_SHORTEST_M = 25.0
MAIN = frozenset({"motorway", "trunk", "primary", "secondary", "tertiary"})


@dataclass(frozen=True)
class Way:
    """A road in the province's metres."""

    line: LineString
    road_class: str
    name: str = ""
    ref: str = ""
    is_avenue: bool = False

    def along(self, line: LineString) -> "Way":
        """The same road on another line."""
        return replace(self, line=line)


def lines_of(ways: Iterable[Way]) -> NDArray[Any]:
    """Their lines as an array."""
    return numpy.array([way.line for way in ways], dtype=object)


def pieces(geometry: BaseGeometry) -> list[LineString]:
    """The lines of whatever a cut left."""
    parts = getattr(geometry, "geoms", [geometry])
    return [part for part in parts if isinstance(part, LineString) and part.length > _SHORTEST_M]


def outside(ways: list[Way], areas: Shapes) -> list[Way]:
    """The roads without what lies in the areas."""
    return _cut(ways, without(lines_of(ways), areas))


def inside(ways: list[Way], areas: Shapes) -> list[Way]:
    """The roads as far as they lie in the areas."""
    return _cut(ways, within(lines_of(ways), areas))


def _cut(ways: list[Way], rest: Shapes) -> list[Way]:
    return [
        way if left is way.line else way.along(piece)
        for way, left in zip(ways, rest, strict=True)
        if left is not None
        for piece in ([left] if left is way.line else pieces(left))
    ]


def ends_of(lines: NDArray[Any]) -> NDArray[Any]:
    """First and last points: an array of two columns."""
    return numpy.column_stack([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])


def stretched(line: LineString, end: int, to: tuple[float, float]) -> LineString:
    """The line with one vertex more at its first (0) or last (1) end."""
    vertices = list(line.coords)
    return LineString([*vertices, to] if end else [to, *vertices])


def tied(ways: list[Way], rim: BaseGeometry) -> list[Way]:
    """Each loose end tied to the next road, or cut back to the last crossing.

    An end near the rim (the province's border) goes on beyond it and stays as it is.
    """
    lines = lines_of(ways)
    tree = shapely.STRtree(lines)
    ends = ends_of(lines).ravel()
    loose = _loose(tree, ends)
    loose &= shapely.distance(ends, rim) > REACH_M
    done = list(ways)
    for place in numpy.flatnonzero(loose):
        index, end = divmod(int(place), 2)
        to = _next_road(tree, ends[place], index)
        line = done[index].line
        mended = stretched(line, end, to) if to else _cut_back(line, end, tree, index)
        done[index] = done[index].along(mended)
    return [way for way in done if way.line.length > _SHORTEST_M]


def _loose(tree: shapely.STRtree, ends: NDArray[Any]) -> NDArray[Any]:
    """Which ends no other line touches."""
    points, hits = tree.query(ends, predicate="dwithin", distance=_TOUCH_M)
    touched = points[points // 2 != hits]
    loose = numpy.ones(len(ends), dtype=bool)
    loose[touched] = False
    return loose


def _next_road(tree: shapely.STRtree, end: BaseGeometry, own: int) -> tuple[float, float] | None:
    found = [int(i) for i in tree.query(end, predicate="dwithin", distance=REACH_M) if i != own]
    if not found:
        return None
    others = tree.geometries[sorted(found)]
    nearest = others[int(numpy.argmin(shapely.distance(others, end)))]
    x, y = shapely.shortest_line(end, nearest).coords[-1]
    return x, y


def _cut_back(line: LineString, end: int, tree: shapely.STRtree, own: int) -> LineString:
    """The line up to its last crossing with another; nothing where it has none."""
    others = [int(i) for i in tree.query(line, predicate="intersects") if i != own]
    crossings = shapely.get_coordinates(shapely.intersection(tree.geometries[sorted(others)], line))
    if not len(crossings):
        return LineString()
    along = shapely.line_locate_point(line, shapely.points(crossings))
    start, stop = (0.0, along.max()) if end else (along.min(), line.length)
    rest = shapely.ops.substring(line, float(start), float(stop))
    return rest if isinstance(rest, LineString) else LineString()


def components(ways: list[Way]) -> NDArray[Any]:
    """For each road the number of the connected net it belongs to."""
    lines = lines_of(ways)
    first, second = shapely.STRtree(lines).query(lines, predicate="dwithin", distance=_TOUCH_M)
    parent = list(range(len(lines)))

    def root(index: int) -> int:
        while parent[index] != index:
            parent[index] = parent[parent[index]]
            index = parent[index]
        return index

    for a, b in zip(first.tolist(), second.tolist(), strict=True):
        one, other = root(a), root(b)
        parent[max(one, other)] = min(one, other)
    return numpy.array([root(index) for index in range(len(lines))])
