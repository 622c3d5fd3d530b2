"""A flat frame in metres around a centre, and back to longitude and latitude."""

import math
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

_METRES_PER_DEGREE = 111_195.0


@dataclass(frozen=True)
class Feature:
    """One invented feature: layer kind, name, properties, geometry (WGS-84 once it is done)."""

    kind: str
    name: str
    geometry: BaseGeometry
    properties: dict[str, object]


@dataclass(frozen=True)
class Frame:
    """Metres east (x) and north (y) of a point in degrees; good to a metre over a town.

    Over the whole province lengths are right to two in a thousand.
    """

    lon: float
    lat: float

    @property
    def _scale(self) -> NDArray[numpy.float64]:
        east = _METRES_PER_DEGREE * math.cos(math.radians(self.lat))
        return numpy.array([east, _METRES_PER_DEGREE])

    def to_degrees(self, geometry: Any) -> Any:
        """A geometry or an array of them in degrees, rounded to a centimetre."""
        origin = numpy.array([self.lon, self.lat])
        return shapely.transform(geometry, lambda xy: numpy.round(xy / self._scale + origin, 7))

    def to_metres(self, geometry: Any) -> Any:
        """A geometry or an array of them in metres around the centre."""
        origin = numpy.array([self.lon, self.lat])
        return shapely.transform(geometry, lambda xy: (xy - origin) * self._scale)


PROVINCE = Frame(106.0, 10.45)
