"""Rivers with bends and islands, and the named canals, from a few hand-drawn waypoints."""

import math
import random
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.curves import smooth, wander
from infra.demo.geography.frame import PROVINCE, Frame

_RIVER_SWAY, _CANAL_SWAY = 0.004, 0.0015  # degrees
_WIDEST_SHARE = 0.22  # of its width that a river gains and loses along its way


@dataclass(frozen=True)
class Course:
    """A river or named canal: its middle and its surface in the province's metres."""

    name: str
    water_class: str
    line: LineString
    surface: BaseGeometry


def named_waters(sketch: dict[str, Any]) -> list[Course]:
    """Every river and every named canal of the sketch."""
    rivers = [_course(entry, "river") for entry in sketch["rivers"]]
    return [*rivers, *(_course(entry, "canal") for entry in sketch["canals"])]


def _course(entry: dict[str, Any], water_class: str) -> Course:
    is_river = water_class == "river"
    curve = smooth([(x, y) for x, y in entry["points"]])
    line = wander(curve, _RIVER_SWAY if is_river else _CANAL_SWAY, seed=len(entry["name"]))
    if is_river:
        metres = PROVINCE.to_metres(line)
        surface = _ribbon(metres, entry["width_m"], seed=len(entry["points"]))
        return Course(entry["name"], water_class, metres, surface)
    middle = line.centroid
    frame = Frame(middle.x, middle.y)
    banks = frame.to_metres(line).buffer(entry["width_m"] / 2, quad_segs=4).simplify(3)
    surface = PROVINCE.to_metres(frame.to_degrees(banks))
    return Course(entry["name"], water_class, PROVINCE.to_metres(line), surface)


def _ribbon(line: LineString, width_m: float, seed: int) -> BaseGeometry:
    """The surface of a river that is now wider, now narrower, with an uneven bank."""
    chance = random.Random(seed)  # noqa: S311 - a landscape is no secret
    phases = [chance.uniform(0, math.tau) for _ in range(4)]
    steps = max(2, int(line.length / 130))
    along = numpy.linspace(0, line.length, steps + 1)
    middle = shapely.get_coordinates(shapely.line_interpolate_point(line, along))
    ahead = numpy.gradient(middle, axis=0)
    ahead /= numpy.hypot(ahead[:, 0], ahead[:, 1])[:, None]
    aside = numpy.column_stack([-ahead[:, 1], ahead[:, 0]])

    def half(first: float, second: float) -> Any:
        wave = numpy.sin(along / 2100 + first) + 0.6 * numpy.sin(along / 760 + second)
        return width_m / 2 * (1 + _WIDEST_SHARE * wave)

    left = middle + aside * half(phases[0], phases[1])[:, None]
    right = middle - aside * half(phases[2], phases[3])[:, None]
    shape = Polygon(numpy.vstack([left, right[::-1]]))
    return shape.buffer(0) if shape.is_valid else shapely.make_valid(shape).buffer(1)


def surface_of(courses: list[Course]) -> BaseGeometry:
    """All of their water as one shape."""
    return shapely.union_all([course.surface for course in courses])
