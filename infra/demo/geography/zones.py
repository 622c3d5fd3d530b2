"""The land between the waters, cut into zones that each have a grid of canals of their own."""

import math
from dataclasses import dataclass

import numpy
import shapely
from shapely.geometry import LineString, MultiPoint, Polygon
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.water import Course

_APART_M = 8_500.0
_SMALLEST_M2 = 350_000.0
_CANAL_HALF_M = 15.0


@dataclass(frozen=True)
class Zone:
    """One piece of land with water or a border around it; `turn` is its canals' direction."""

    number: int
    area: Polygon
    turn: float


@dataclass(frozen=True)
class Division:
    """The zones, the dug canals between them, and the scraps of land too small for a grid."""

    zones: list[Zone]
    canals: list[Course]
    scraps: list[Polygon]


def divide(
    outline: BaseGeometry,
    courses: list[Course],
    centres: list[tuple[str, tuple[float, float]]],
    towns: BaseGeometry,
) -> Division:
    """Cells around far-apart commune centres, straight canals where the cells meet."""
    anchors = _far_apart(centres)
    water = shapely.union_all([course.surface for course in courses])
    cells = shapely.get_parts(
        shapely.voronoi_polygons(
            MultiPoint([place for _, place in anchors]), extend_to=outline, ordered=True
        )
    )
    canals = _canals(anchors, cells, outline, water, towns)
    wet = shapely.union_all([water, *(canal.surface for canal in canals)])
    zones: list[Zone] = []
    scraps: list[Polygon] = []
    for cell in cells:
        for part in shapely.get_parts(cell.intersection(outline).difference(wet)):
            if part.geom_type != "Polygon" or part.area < 1:
                continue
            if part.area < _SMALLEST_M2 or part.buffer(-110).is_empty:
                scraps.append(part)
            else:
                zones.append(Zone(len(zones), part, _turn(part, courses)))
    return Division(zones, canals, scraps)


def _far_apart(
    centres: list[tuple[str, tuple[float, float]]],
) -> list[tuple[str, tuple[float, float]]]:
    chosen: list[tuple[str, tuple[float, float]]] = []
    for name, place in sorted(centres, key=lambda each: each[1]):
        if all(math.dist(place, other) > _APART_M for _, other in chosen):
            chosen.append((name, place))
    return chosen


def _canals(
    anchors: list[tuple[str, tuple[float, float]]],
    cells: "numpy.typing.NDArray[numpy.object_]",
    outline: BaseGeometry,
    water: BaseGeometry,
    towns: BaseGeometry,
) -> list[Course]:
    """One canal for each pair of neighbouring cells, named after both."""
    found = []
    barred = shapely.union_all([water, towns])
    pairs = shapely.STRtree(cells).query(cells, predicate="touches").T
    for a, b in sorted((int(a), int(b)) for a, b in pairs if a < b):
        edge = cells[a].intersection(cells[b]).intersection(outline)
        for piece in shapely.get_parts(edge.difference(barred)):
            if isinstance(piece, LineString) and piece.length > 400:  # noqa: PLR2004 - metres
                name = f"Kênh {anchors[a][0]} – {anchors[b][0]}"
                found.append(_canal(name, piece))
    return found


def _canal(name: str, line: LineString) -> Course:
    surface = line.buffer(_CANAL_HALF_M, cap_style="square")
    return Course(name, "canal", line, surface)


def _turn(area: Polygon, courses: list[Course]) -> float:
    """The direction of the nearest river or named canal, where it is nearest."""
    middle = area.centroid
    nearest = min(courses, key=lambda course: course.line.distance(middle)).line
    along = nearest.project(middle)
    (x0, y0), (x1, y1) = (
        nearest.interpolate(max(0.0, along - 900)).coords[0],
        nearest.interpolate(along + 900).coords[0],
    )
    return math.atan2(y1 - y0, x1 - x0)
