"""The plane of a small paper map: degrees to millimetres, and the pieces of SVG drawn on it."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from typing import Any

from shapely import from_wkb
from shapely.geometry import box, mapping, shape
from shapely.geometry.base import BaseGeometry

from infra.map.style import PIXEL_MM

Bounds = tuple[float, float, float, float]
FONT = "'Liberation Sans', 'Be Vietnam Pro', sans-serif"
_DEGREE_M = 111_320.0
_NICE = (1, 2, 5)
# Metres in a pixel of the whole world in 256 of them, at the equator.
_PIXEL_M_AT_0 = 156_543.03


@dataclass(frozen=True)
class Plane:
    """A piece of the earth on paper; north up, metres true at its middle."""

    bounds: Bounds
    width_mm: float
    height_mm: float

    @classmethod
    def fitting(cls, bounds: Sequence[float], width_mm: float, height_mm: float) -> "Plane":
        """The plane that holds the bounds (west, south, east, north) and fills the paper."""
        west, south, east, north = bounds
        middle_lon, middle_lat = (west + east) / 2, (south + north) / 2
        shrink = math.cos(math.radians(middle_lat))
        wide, high = max((east - west) * shrink, 1e-5), max(north - south, 1e-5)
        scale = max(wide / width_mm, high / height_mm)
        half_x, half_y = scale * width_mm / shrink / 2, scale * height_mm / 2
        found = (middle_lon - half_x, middle_lat - half_y, middle_lon + half_x, middle_lat + half_y)
        return cls(found, width_mm, height_mm)

    @property
    def metres_per_mm(self) -> float:
        """Metres of ground in a millimetre of paper."""
        return (self.bounds[3] - self.bounds[1]) * _DEGREE_M / self.height_mm

    @property
    def zoom(self) -> float:
        """The map's zoom at which a CSS pixel on paper holds as many metres."""
        metres = self.metres_per_mm * PIXEL_MM
        middle = math.radians((self.bounds[1] + self.bounds[3]) / 2)
        return math.log2(_PIXEL_M_AT_0 * math.cos(middle) / metres)

    def at(self, lon: float, lat: float) -> tuple[float, float]:
        """Millimetres from the upper left corner."""
        west, south, east, north = self.bounds
        x = (lon - west) / (east - west) * self.width_mm
        y = (north - lat) / (north - south) * self.height_mm
        return round(x, 2), round(y, 2)

    def clipped(self, geometry: BaseGeometry) -> BaseGeometry:
        """What of a geometry lies on the paper, with a little over the edge."""
        west, south, east, north = self.bounds
        spare = (north - south) * 0.02
        return geometry.intersection(box(west - spare, south - spare, east + spare, north + spare))

    def path(self, geometry: BaseGeometry) -> str:
        """The `d` of a path of a line or area; empty where nothing is left of it."""
        return "".join(self._part(part) for part in _parts(mapping(geometry)))

    def _part(self, part: tuple[Iterable[Sequence[float]], bool]) -> str:
        points, is_closed = part
        places = [self.at(point[0], point[1]) for point in points]
        start, *rest = [f"{x} {y}" for x, y in places]
        return f"M{start}" + "".join(f"L{place}" for place in rest) + ("Z" if is_closed else "")


def tag(name: str, content: str = "", /, **attributes: object) -> str:
    """An SVG element; every attribute value is escaped, `_` in names becomes `-`."""
    written = "".join(
        f' {key.replace("_", "-")}="{escape(str(value))}"' for key, value in attributes.items()
    )
    return f"<{name}{written}>{content}</{name}>" if content else f"<{name}{written}/>"


def words(
    text: str, x: float, y: float, size: float, halo: str = "#fff", **attributes: object
) -> str:
    """Text in millimetres over an edge, white if not said, so that it is read on any ground."""
    look = {"x": x, "y": y, "font_size": size, "font_family": FONT, **attributes}
    edge = {**look, "fill": "none", "stroke": halo, "stroke_width": round(size * 0.28, 2)}
    return tag("text", escape(text), **edge) + tag("text", escape(text), **look)


def nice_length(most_m: float) -> float:
    """The roundest length (1, 2 or 5 times a power of ten metres) that is not above."""
    power = 10.0 ** math.floor(math.log10(most_m))
    return max(step * power for step in _NICE if step * power <= most_m)


def as_shape(geometry: Any) -> BaseGeometry:
    """A GeoJSON geometry, or an object of GeoDjango, as shapely's."""
    if isinstance(geometry, dict):
        return shape(geometry)
    return from_wkb(bytes(geometry.wkb))


def _parts(geometry: Any) -> list[tuple[Iterable[Sequence[float]], bool]]:
    coordinates, kind = geometry.get("coordinates", ()), geometry["type"]
    if kind == "GeometryCollection":
        return [part for one in geometry["geometries"] for part in _parts(one)]
    if kind == "LineString" and coordinates:
        return [(coordinates, False)]
    if kind == "MultiLineString":
        return [(line, False) for line in coordinates]
    if kind == "Polygon":
        return [(ring, True) for ring in coordinates]
    if kind == "MultiPolygon":
        return [(ring, True) for polygon in coordinates for ring in polygon]
    return []
