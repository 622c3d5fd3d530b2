"""Every road of the province, so joined that each of them arrives somewhere."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy
import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.buildings import edges_of
from infra.demo.geography.carving import Shapes
from infra.demo.geography.grid import Grid
from infra.demo.geography.town import Settlement
from infra.demo.geography.water import Course
from infra.demo.geography.ways import (
    MAIN,
    REACH_M,
    Way,
    components,
    ends_of,
    inside,
    lines_of,
    outside,
    pieces,
    stretched,
    tied,
)
from infra.demo.geography.zones import Zone

_RING_M = 62.0  # from a zone's shore to the road around it
_BRIDGE_M = 235.0
_BESIDE_M, _CROSSING_M = 70.0, 320.0
_GREAT_REACH_M = 2_200.0
_ON_ROAD_M = 2.0
_WIDE_M = 260.0  # a way over that much water is a ferry
_SECOND_SIDE_M = 260.0


@dataclass(frozen=True)
class Lie:
    """What the roads are laid over."""

    outline: BaseGeometry
    rivers: BaseGeometry
    courses: list[Course]
    land_border: BaseGeometry


def lay_roads(
    highways: list[Way], grids: Sequence[Grid], settlements: list[Settlement], lie: Lie
) -> list[Way]:
    """Highways, dike roads, roads along the shores, streets; bridges and ferries between."""
    great = _met_by_great(inside(highways, numpy.array([lie.outline])), lie)
    border = lie.land_border.buffer(170, quad_segs=2)
    rings = [ring for grid in grids for ring in _ring(grid.zone, grids, lie, border)]
    dikes = [way for grid in grids for way in _dikes(grid)]
    corridor = shapely.buffer(edges_of(great)[0], _BESIDE_M, quad_segs=2)
    small = _thinned([*rings, *_bridged(dikes, rings)], corridor)
    ways = _through_towns(great, small, settlements, corridor)
    ways += _links(ways, settlements, lie)
    for _ in range(2):
        ways = tied(ways, lie.land_border)
    return _joined(ways, lie)


def _met_by_great(great: list[Way], lie: Lie) -> list[Way]:
    """The great roads, each end inside the province led on to the next of them."""
    done = []
    tree = shapely.STRtree(lines_of(great))
    for index, way in enumerate(great):
        line = way.line
        for end in (0, 1):
            tip = shapely.get_point(line, -end)
            near = tree.query(tip, predicate="dwithin", distance=_GREAT_REACH_M)
            others = tree.geometries[numpy.sort(near[near != index])]
            if not len(others) or lie.land_border.distance(tip) < REACH_M:
                continue
            to = others[int(numpy.argmin(shapely.distance(others, tip)))]
            x, y = shapely.shortest_line(tip, to).coords[-1]
            line = stretched(line, end, (x, y)) if to.distance(tip) > 1 else line
        done.append(way.along(line))
    return done


def _ring(zone: Zone, grids: Sequence[Grid], lie: Lie, border: BaseGeometry) -> Iterable[Way]:
    """The road along the zone's shore; along a canal's second side it is a lane only."""
    inner = zone.area.buffer(-_RING_M, quad_segs=2).simplify(2)
    lower = [
        grid.zone.area
        for grid in grids
        if grid.zone.number < zone.number and grid.zone.area.distance(zone.area) < _SECOND_SIDE_M
    ]
    second = shapely.union_all(lower).buffer(_SECOND_SIDE_M, quad_segs=2)
    for part in shapely.get_parts(inner):
        for loop in [part.exterior, *part.interiors]:
            line = LineString(loop.coords).difference(border)
            for road_class, side in (
                ("tertiary", line.difference(second)),
                ("residential", line.intersection(second)),
            ):
                for piece in pieces(shapely.line_merge(side)):
                    yield Way(piece, road_class, _shore_name(piece, lie.courses))


def _shore_name(line: LineString, courses: list[Course]) -> str:
    middle = line.interpolate(0.5, normalized=True)
    near = [course for course in courses if course.surface.distance(middle) < 2 * _RING_M]
    if not near:
        return ""
    name = min(near, key=lambda course: course.surface.distance(middle)).name
    return f"Đường ven {name[0].lower()}{name[1:]}"


def _dikes(grid: Grid) -> list[Way]:
    inner = grid.zone.area.buffer(-_RING_M + 1, quad_segs=2)
    return inside(grid.dikes(), numpy.array([inner]))


def _bridged(dikes: list[Way], rings: list[Way]) -> list[Way]:
    """The dike roads, each commune road led over the canal to the road on its other side."""
    tree = shapely.STRtree(lines_of(rings))
    done = []
    for way in dikes:
        line = way.line
        if way.road_class == "tertiary":
            for end in (0, 1):
                line = _over_canal(line, end, tree)
        done.append(way.along(line))
    return done


def _over_canal(line: LineString, end: int, tree: shapely.STRtree) -> LineString:
    tip = shapely.get_point(line, -end)
    reached = tree.query(tip, predicate="dwithin", distance=_BRIDGE_M)
    roads = tree.geometries[numpy.sort(reached)]
    distances = shapely.distance(roads, tip)
    beyond = numpy.flatnonzero(distances > _BRIDGE_M / 2)
    if not len(beyond) or not (distances < _ON_ROAD_M).any():
        return line
    nearest = roads[beyond[numpy.argmin(distances[beyond])]]
    x, y = shapely.shortest_line(tip, nearest).coords[-1]
    return stretched(line, end, (x, y))


def _thinned(small: list[Way], corridor: Shapes) -> list[Way]:
    """The small roads without what runs beside a great one; crossings stay."""
    crossings = [way for way in inside(small, corridor) if way.line.length < _CROSSING_M]
    return [*outside(small, corridor), *crossings]


def _through_towns(
    great: list[Way], small: list[Way], settlements: list[Settlement], corridor: Shapes
) -> list[Way]:
    """Great roads pass through; small ones, and all at the old towns, end at a street corner."""
    old = [each for each in settlements if each.is_old]
    drawn = [street for each in old for street in each.streets]
    streets = [street for each in settlements if not each.is_old for street in each.streets]
    return [
        *drawn,
        *_thinned(streets, corridor),
        *_to_corners(great, old),
        *_to_corners(small, settlements),
    ]


def _to_corners(ways: list[Way], settlements: list[Settlement]) -> list[Way]:
    """The roads outside the settlements, each end at a rim led on to the nearest corner."""
    outlines = numpy.array([each.outline for each in settlements], dtype=object)
    ways = outside(ways, outlines)
    corners = [each.corners for each in settlements if len(each.corners)]
    if not ways or not corners:
        return ways
    places = numpy.concatenate(corners)
    tree = shapely.STRtree(shapely.points(places))
    ends = ends_of(lines_of(ways)).ravel()
    cut = numpy.unique(shapely.STRtree(outlines).query(ends, "dwithin", distance=0.5)[0])
    done = list(ways)
    for place in cut:
        index, end = divmod(int(place), 2)
        corner = places[int(tree.nearest(ends[place]))]
        line = stretched(done[index].line, end, (float(corner[0]), float(corner[1])))
        done[index] = done[index].along(line)
    return done


def _links(ways: list[Way], settlements: list[Settlement], lie: Lie) -> list[Way]:
    """A road to each settlement that no other road has met yet."""
    lines = lines_of(ways)
    main = numpy.array([way.road_class in MAIN for way in ways])
    tree = shapely.STRtree(lines)
    shapely.prepare(lie.rivers)
    found = []
    for each in settlements:
        if not each.streets:
            continue
        own = shapely.union_all(lines_of(each.streets))
        near = numpy.sort(tree.query(own, predicate="dwithin", distance=6_000))
        beyond = near[main[near] & ~shapely.within(lines[near], each.outline)]
        distances = shapely.distance(lines[beyond], own)
        if not len(beyond) or distances.min() < 1:
            continue
        for index in numpy.argsort(distances, kind="stable")[:12]:
            link = shapely.shortest_line(own, lines[beyond[index]])
            if not lie.rivers.intersects(link):
                found.append(Way(link, "tertiary", f"Đường vào {each.town.name}"))
                break
    return found


def _joined(ways: list[Way], lie: Lie) -> list[Way]:
    """One net: what is cut off gets a ferry or a bridge; scraps of lanes on their own go."""
    nets: dict[int, list[Way]] = {}
    for way, number in zip(ways, components(ways), strict=True):
        nets.setdefault(int(number), []).append(way)
    kept, *others = sorted(nets.values(), key=lambda net: -sum(way.line.length for way in net))
    tree = shapely.STRtree(lines_of(kept))
    for part in others:
        if any(way.road_class in MAIN for way in part):
            kept += [*part, _crossing(part, tree, lie)]
    return kept


def _crossing(part: list[Way], tree: shapely.STRtree, lie: Lie) -> Way:
    whole = shapely.union_all(lines_of([way for way in part if way.road_class in MAIN]))
    nearest: Any = tree.geometries[int(tree.nearest(whole))]
    line = shapely.shortest_line(whole, nearest)
    over = lie.rivers.intersection(line).length
    name = next((way.name for way in part if way.name), "")
    first = "Phà" if over > _WIDE_M else "Cầu"
    return replace(part[0], line=line, road_class="tertiary", name=f"{first} {name}".strip())
