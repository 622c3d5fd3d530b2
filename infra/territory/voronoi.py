"""Boundaries guessed from points, for an office that has not loaded its own file: pure geometry."""

from collections.abc import Hashable, Iterable, Mapping
from typing import Final, TypeVar

import shapely
from shapely.affinity import scale
from shapely.geometry import MultiPoint, MultiPolygon, Point, Polygon, box

# Boxes around the communes overshoot the province by 12 % of its area; four fifths of each, closed
# over gaps of 2.6 km, miss 2 % and overshoot 6 % (measured against the boundaries of 2025).
_BOX_SHARE: Final = 0.8
_CLOSING_DEG: Final = 0.012


def outline(
    bounds: Iterable[tuple[float, float, float, float]], points: Iterable[tuple[float, float]]
) -> Polygon:
    """One plausible outline around boxes (west, south, east, north) and points, in degrees."""
    boxes = [scale(box(*each), _BOX_SHARE, _BOX_SHARE) for each in bounds]
    around = [Point(point).buffer(_CLOSING_DEG) for point in points]
    closed = shapely.union_all([*boxes, *around]).buffer(_CLOSING_DEG).buffer(-_CLOSING_DEG)
    parts = list(getattr(closed, "geoms", [closed]))
    while len(parts) > 1:
        closed = shapely.union_all(parts).buffer(_CLOSING_DEG)
        parts = list(getattr(closed, "geoms", [closed]))
    return Polygon(parts[0].exterior)


Code = TypeVar("Code", bound=Hashable)


def cells(
    points: Mapping[Code, tuple[float, float]], within: shapely.Geometry
) -> dict[Code, MultiPolygon]:
    """The Voronoi cell of each point, cut to `within`; of points in one place only the first."""
    first: dict[tuple[float, float], Code] = {}
    for code, point in points.items():
        first.setdefault(point, code)
    places = list(first)
    polygons = shapely.get_parts(
        shapely.voronoi_polygons(MultiPoint(places), extend_to=within, ordered=True)
    )
    return {
        first[place]: as_multipolygon(polygon.intersection(within))
        for place, polygon in zip(places, polygons, strict=True)
    }


def merged(parts: Iterable[MultiPolygon]) -> MultiPolygon:
    """The union of neighbouring cells."""
    return as_multipolygon(shapely.union_all(list(parts)))


def as_multipolygon(geometry: shapely.Geometry) -> MultiPolygon:
    """The polygons of a geometry, repaired where needed; empty when there is none."""
    if not geometry.is_valid:
        geometry = shapely.make_valid(geometry)
    polygons = [part for part in _polygons(geometry) if part.area > 0]
    return MultiPolygon(polygons)


def _polygons(geometry: shapely.Geometry) -> Iterable[Polygon]:
    if geometry.geom_type == "Polygon":
        yield geometry
    for part in getattr(geometry, "geoms", ()):
        yield from _polygons(part)
