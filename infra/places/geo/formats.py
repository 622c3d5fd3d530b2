"""Coordinates inside map addresses, WKT and GeoJSON."""

import json
import re
from typing import Any, Final
from urllib.parse import unquote_plus

from django.utils.translation import gettext as _

from infra.places.geo.errors import OutOfRangeError, UnreadableCoordinateError
from infra.places.geo.pairing import SMALLEST_PLANE_M
from infra.places.geo.reading import Notation, Order, Reading, System
from infra.places.geo.sequence import METRES_PER_DEGREE

_NUMBER: Final = r"(-?\d{1,3}(?:\.\d+)?)"
# The place itself goes before the middle of the picture.
_ADDRESSES: Final = (
    re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}"),
    re.compile(rf"[?&#](?:m?lat|latitude)={_NUMBER}&(?:m?lon|lng|longitude)={_NUMBER}"),
    re.compile(
        rf"[?&#](?:q|ll|query|daddr|saddr|destination|center|cbll|sll|point|loc)"
        rf"=(?:loc:)?{_NUMBER}[, ]+{_NUMBER}"
    ),
    re.compile(rf"[?&]cp={_NUMBER}~{_NUMBER}"),
    re.compile(rf"@{_NUMBER},{_NUMBER}"),
    re.compile(rf"#(?:map=)?\d+(?:\.\d+)?/{_NUMBER}/{_NUMBER}"),
    re.compile(rf"/(?:place|search|dir)/{_NUMBER},[+ ]*{_NUMBER}"),
    re.compile(rf"^geo:{_NUMBER},{_NUMBER}"),
)
_WKT: Final = re.compile(
    r"(?:srid=\d+;)?\s*point\s*(?:zm|z|m)?\s*\(\s*(-?[\d.]+)\s+(-?[\d.]+)(?:\s+-?[\d.]+)*\s*\)",
    re.IGNORECASE,
)


def read_format(text: str) -> Reading | None:
    """The reading of a URL, WKT POINT or GeoJSON point; None when the text is none of them."""
    lowered = text.lower()
    if lowered.startswith(("http://", "https://", "geo:", "www.", "maps.")):
        return _address(text)
    if lowered.startswith("{"):
        return _geojson(text)
    if match := _WKT.fullmatch(text):
        return _lon_lat(match.group(1), match.group(2), Notation.WKT)
    return None


def _address(text: str) -> Reading:
    address = unquote_plus(text)
    for pattern in _ADDRESSES:
        if found := pattern.findall(address):
            lat, lon = found[-1]
            return _lon_lat(lon, lat, Notation.URL)
    raise UnreadableCoordinateError(text)


def _geojson(text: str) -> Reading:
    try:
        data: Any = json.loads(text)
        geometry = data.get("geometry", data)
        if geometry["type"] != "Point":
            raise UnreadableCoordinateError(text)
        lon, lat = geometry["coordinates"][:2]
        return _lon_lat(repr(float(lon)), repr(float(lat)), Notation.GEOJSON)
    except (ValueError, KeyError, TypeError, AttributeError):
        raise UnreadableCoordinateError(text) from None


def _lon_lat(x: str, y: str, notation: Notation) -> Reading:
    east, north = float(x), float(y)
    if min(abs(east), abs(north)) >= SMALLEST_PLANE_M:
        return Reading(
            System.VN2000_PLANE, north, east, notation, Order.FORMAT, max(_step(x), _step(y))
        )
    if abs(east) > 180 or abs(north) > 180:  # noqa: PLR2004 - of a circle
        raise OutOfRangeError(max(east, north, key=abs), _("degrees"))
    step = max(_step(x), _step(y)) * METRES_PER_DEGREE
    return Reading(System.WGS84, north, east, notation, Order.FORMAT, step)


def _step(text: str) -> float:
    _whole, _point, fraction = text.partition(".")
    return 10.0 ** -len(fraction)
