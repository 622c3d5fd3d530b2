"""A coordinate as entered: the text beside the choice of its system."""

from dataclasses import dataclass, field

from django.contrib.gis.geos import Point

from infra.places.geo.choices import CHOICE_WGS84, meant_by
from infra.places.geo.crs import WGS84_SRID, meridian_label
from infra.places.geo.errors import DatumMissingError, MeridianConflictError, MeridianMissingError
from infra.places.geo.parse import parse_coordinate
from infra.places.geo.reading import Reading


@dataclass(frozen=True)
class Entry:
    """What was entered, how it was read, and where that is in WGS-84."""

    reading: Reading
    meridian: str | None
    lon: float = field(init=False)
    lat: float = field(init=False)

    def __post_init__(self) -> None:
        lon, lat = self.reading.lon_lat(self.meridian)
        object.__setattr__(self, "lon", lon)
        object.__setattr__(self, "lat", lat)

    @property
    def point(self) -> Point:
        return Point(self.lon, self.lat, srid=WGS84_SRID)


def read_entry(text: str, choice: str = CHOICE_WGS84) -> Entry:
    """Read a text under a choice; raises a CoordinateError whose text is a sentence."""
    system, chosen = meant_by(choice)
    reading = parse_coordinate(text, system=system)
    if not reading.is_plane:
        if chosen is not None:
            raise DatumMissingError
        return Entry(reading, None)
    named = reading.meridian
    if chosen and named and chosen != named:
        raise MeridianConflictError(meridian_label(named), meridian_label(chosen))
    if chosen is None and named is None:
        raise MeridianMissingError
    return Entry(reading, chosen or named)
