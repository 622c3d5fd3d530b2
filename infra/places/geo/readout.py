"""A place written out in both systems, axes named, numbers the way the language writes them."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from infra.places.geo.crs import (
    DEFAULT_MERIDIANS,
    meridian_label,
    to_vn2000,
    wgs84_to_vn2000_geographic,
)

NO_BREAK: Final = "\u00a0"


@dataclass(frozen=True, slots=True)
class Line:
    """One notation of a place."""

    label: str
    text: str


def readout(lon: float, lat: float, meridian: str | None = None) -> list[Line]:
    """WGS-84 in degrees and seconds, VN-2000 in degrees and in the usual or given meridians."""
    vn_lon, vn_lat = wgs84_to_vn2000_geographic(lon, lat)
    north = sexagesimal(lat, pgettext("compass", "N"), pgettext("compass", "S"))
    east = sexagesimal(lon, pgettext("compass", "E"), pgettext("compass", "W"))
    return [
        Line("WGS-84", f"{_number(lat, 6)}; {_number(lon, 6)}"),
        Line("WGS-84", f"{north} {east}"),
        Line("VN-2000", f"{_number(vn_lat, 6)}; {_number(vn_lon, 6)}"),
        *_planes(lon, lat, meridian),
    ]


def _planes(lon: float, lat: float, meridian: str | None) -> Iterator[Line]:
    first = [meridian] if meridian else []
    for each in [*first, *(usual for usual in DEFAULT_MERIDIANS if usual != meridian)]:
        x, y = to_vn2000(lon, lat, each)
        label = _("VN-2000, central meridian %(meridian)s") % {"meridian": meridian_label(each)}
        north = _("X (northing) %(x)s m") % {"x": _number(x, 2)}
        east = _("Y (easting) %(y)s m") % {"y": _number(y, 2)}
        yield Line(label, f"{_unbroken(north)}; {_unbroken(east)}")


def _unbroken(text: str) -> str:
    return text.replace(" ", NO_BREAK)


def sexagesimal(degrees: float, positive: str, negative: str) -> str:
    """`10°27′36,72″ B`."""
    hundredths = round(abs(degrees) * 360_000)
    whole, rest = divmod(hundredths, 360_000)
    minutes, rest = divmod(rest, 6_000)
    seconds = _number(rest / 100, 2).rjust(5, "0")
    return f"{whole}°{minutes:02d}′{seconds}″{NO_BREAK}{positive if degrees >= 0 else negative}"


def _number(value: float, digits: int) -> str:
    return number_format(round(value, digits), digits, force_grouping=True)
