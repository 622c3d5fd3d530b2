"""Houses along streets, and the blocks kept for schools, hospitals, parks and relics."""

import math
import random

import numpy
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

_FRONTAGE_M = 8.5
_SETBACK_M = {"avenue": 13.0, "residential": 7.5, "trunk": 16.0, "secondary": 12.0, "canal": 30.0}


def houses_along(
    line: LineString, road_class: str, *, density: float, chance: random.Random
) -> list[Polygon]:
    """Narrow deep houses on both sides of a line in metres; `density`: share of plots built."""
    houses = []
    for start, end in zip(line.coords[:-1], line.coords[1:], strict=True):
        houses += _houses_on_edge(start, end, _SETBACK_M[road_class], density, chance)
    return houses


def _houses_on_edge(
    start: tuple[float, ...],
    end: tuple[float, ...],
    setback: float,
    density: float,
    chance: random.Random,
) -> list[Polygon]:
    length = math.dist(start, end)
    if length < 4 * _FRONTAGE_M:
        return []
    ux, uy = (end[0] - start[0]) / length, (end[1] - start[1]) / length
    houses = []
    position = 14.0
    while position < length - 14:
        width = chance.uniform(5.0, _FRONTAGE_M - 0.4)
        for side in (1, -1):
            if chance.random() < density:
                near = side * (setback + chance.uniform(-0.5, 1.5))
                far = near + side * chance.uniform(10, 19)
                houses.append(_plot(start, (ux, uy), (position, position + width), (near, far)))
        position += _FRONTAGE_M + chance.choice((0, 0, 0, 1.5, 4))
    return houses


def _plot(
    start: tuple[float, ...],
    unit: tuple[float, float],
    along: tuple[float, float],
    across: tuple[float, float],
) -> Polygon:
    ux, uy = unit

    def at(s: float, t: float) -> tuple[float, float]:
        return start[0] + ux * s - uy * t, start[1] + uy * s + ux * t

    (a, b), (near, far) = along, across
    return Polygon([at(a, near), at(b, near), at(b, far), at(a, far)])


def clear_of(houses: list[Polygon], obstacles: BaseGeometry) -> list[Polygon]:
    """The houses that stand on no kept block, street or water."""
    if not houses:
        return []
    shapely.prepare(obstacles)
    hits = shapely.intersects(obstacles, numpy.array(houses))
    return [house for house, hit in zip(houses, hits, strict=True) if not hit]


def without_overlaps(houses: list[Polygon]) -> list[Polygon]:
    """The houses, the later of two that overlap left out."""
    tree = shapely.STRtree(houses)
    first, second = tree.query(houses, predicate="intersects")
    dropped = {int(max(a, b)) for a, b in zip(first, second, strict=True) if a != b}
    return [house for index, house in enumerate(houses) if index not in dropped]
