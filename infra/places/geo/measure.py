"""Metres on the WGS-84 ellipsoid, in the database through its index and in Python alike."""

from collections.abc import Iterator, Sequence
from typing import Any, Final, TypeVar, cast

from django.contrib.gis.db.models import GeometryField
from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.contrib.gis.geos.collections import GeometryCollection
from django.db import connection
from django.db.models import BooleanField, F, Func, Model, QuerySet, Value
from pyproj import Geod

from infra.ground.expressions import DistanceMetres, Geography
from infra.places.geo.crs import WGS84_SRID

ELLIPSOID: Final = Geod(ellps="WGS84")
CIRCLE_SIDES: Final = 96

AnyModel = TypeVar("AnyModel", bound=Model)


class _Within(Func):
    function = "ST_DWithin"
    output_field = BooleanField()


def within_m(
    queryset: QuerySet[AnyModel], field: str, geometry: GEOSGeometry, metres: float
) -> QuerySet[AnyModel]:
    """The rows whose `field` lies within `metres` of `geometry` (EPSG:4326), nearest first.

    Each row carries `distance_m`. The expression index `geography(<field>)` answers it.
    """
    there = Geography(Value(_in_wgs84(geometry), output_field=GeometryField(srid=WGS84_SRID)))
    here = Geography(F(field))
    near = queryset.alias(is_near=_Within(here, there, Value(float(metres)))).filter(is_near=True)
    nearest = near.annotate(distance_m=DistanceMetres(here, there)).order_by("distance_m", "pk")
    return cast("QuerySet[AnyModel]", nearest)


def _in_wgs84(geometry: GEOSGeometry) -> GEOSGeometry:
    if geometry.srid not in (None, WGS84_SRID):
        message = f"geometry is in SRID {geometry.srid}, expected {WGS84_SRID}"
        raise ValueError(message)
    if geometry.srid is None:
        geometry = geometry.clone()
        geometry.srid = WGS84_SRID
    return geometry


def length_m(geometry: GEOSGeometry) -> float:
    """Length of a line or several, in metres; 0 for points, as PostGIS says."""
    return sum(_line_m(line.coords) for line in _parts(geometry, LineString))


def distance_m(a: GEOSGeometry, b: GEOSGeometry) -> float:
    """Shortest distance in metres; other shapes than points are asked of PostGIS."""
    if isinstance(a, Point) and isinstance(b, Point):
        return float(ELLIPSOID.inv(a.x, a.y, b.x, b.y)[2])
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT ST_Distance(geography(ST_GeomFromEWKB(%s)), geography(ST_GeomFromEWKB(%s)))",
            [bytes(_in_wgs84(a).ewkb), bytes(_in_wgs84(b).ewkb)],
        )
        return float(cursor.fetchone()[0])


def destination(point: Point, azimuth_deg: float, metres: float) -> Point:
    """The point reached from `point` by going `metres` towards `azimuth_deg` (0 = north)."""
    lon, lat, _back = ELLIPSOID.fwd(point.x, point.y, azimuth_deg, metres)
    return Point(lon, lat, srid=WGS84_SRID)


def circle(point: Point, radius_m: float) -> Polygon:
    """The circle around a point as a polygon whose corners lie exactly on it."""
    azimuths = [360 * step / CIRCLE_SIDES for step in range(CIRCLE_SIDES)]
    here = ([point.x] * CIRCLE_SIDES, [point.y] * CIRCLE_SIDES)
    lons, lats, _back = ELLIPSOID.fwd(*here, azimuths, [float(radius_m)] * CIRCLE_SIDES)
    corners = list(zip(lons, lats, strict=True))
    return Polygon([*corners, corners[0]], srid=WGS84_SRID)


def _parts(geometry: GEOSGeometry, kind: type[GEOSGeometry]) -> Iterator[Any]:
    if isinstance(geometry, kind):
        yield geometry
    elif isinstance(geometry, GeometryCollection):
        for part in geometry:
            yield from _parts(part, kind)


def _line_m(coords: Sequence[Sequence[float]]) -> float:
    return float(ELLIPSOID.line_length([c[0] for c in coords], [c[1] for c in coords]))
