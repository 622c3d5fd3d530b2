"""What somebody wrote for a place, as numbers in the system it was meant in."""

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Self

from infra.places.geo.crs import to_wgs84, vn2000_geographic_to_wgs84
from infra.places.geo.errors import MeridianMissingError


class System(StrEnum):
    """What a pair of numbers is measured in."""

    WGS84 = "wgs84"
    VN2000_PLANE = "vn2000_plane"
    VN2000_GEOGRAPHIC = "vn2000_geographic"


class Notation(StrEnum):
    """How the pair was written."""

    DECIMAL = "decimal"
    MINUTES = "minutes"
    SECONDS = "seconds"
    PLANE = "plane"
    URL = "url"
    WKT = "wkt"
    GEOJSON = "geojson"


class Order(StrEnum):
    """How it is known which number is which axis."""

    LABELLED = "labelled"
    FORMAT = "format"
    BY_RANGE = "by_range"
    ASSUMED = "assumed"


@dataclass(frozen=True, slots=True)
class Reading:
    """Latitude and longitude in degrees, or X northing and Y easting in metres, as written.

    `resolution_m` is the ground size of the last digit; `meridian` is set when the text names it.
    """

    system: System
    north: float
    east: float
    notation: Notation
    order: Order
    resolution_m: float
    meridian: str | None = None

    @property
    def is_plane(self) -> bool:
        return self.system is System.VN2000_PLANE

    @property
    def swapped(self) -> Self:
        """The same numbers with the axes exchanged."""
        return replace(self, north=self.east, east=self.north)

    def lon_lat(self, meridian: str | None = None) -> tuple[float, float]:
        """WGS-84 degrees; raises MeridianMissingError for a plane reading without a meridian."""
        if self.system is System.WGS84:
            return self.east, self.north
        if self.system is System.VN2000_GEOGRAPHIC:
            return vn2000_geographic_to_wgs84(self.east, self.north)
        chosen = meridian or self.meridian
        if chosen is None:
            raise MeridianMissingError
        return to_wgs84(self.north, self.east, chosen)
