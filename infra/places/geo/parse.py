"""One forgiving reader of coordinates: what people, maps, registers and GPS lists write."""

import re
from dataclasses import replace
from typing import Final

from infra.places.geo.crs import MERIDIANS
from infra.places.geo.errors import (
    EmptyCoordinateError,
    UnreadableCoordinateError,
    WrongCountError,
)
from infra.places.geo.formats import read_format
from infra.places.geo.pairing import pair_up
from infra.places.geo.reading import Reading, System
from infra.places.geo.sequence import Value, values_of
from infra.places.geo.tokens import StrangeTextError, plain_text, tokens_of

LONGEST_TEXT: Final = 2000
_MERIDIAN: Final = re.compile(
    r"\(?(?:ktt|kinh tuyen truc|central meridian)[ :=]*(1\d\d)[ °º;-]*(\d\d)? ?['′’]?\)?"
)
_VN2000: Final = re.compile(r"vn ?-? ?2000")


def parse_coordinate(text: str, *, system: System | None = None) -> Reading:
    """Read one place; `system` says which degrees are meant (WGS-84 unless the text tells).

    Raises a CoordinateError. The meridian of plane VN-2000 is never guessed.
    """
    text = text.strip()[:LONGEST_TEXT]
    if not text:
        raise EmptyCoordinateError
    reading = read_format(text) or _read_written(text)
    if system is System.VN2000_GEOGRAPHIC and not reading.is_plane:
        return replace(reading, system=system)
    return reading


def parse_columns(north: object, east: object, *, system: System | None = None) -> Reading:
    """Read a latitude or X and a longitude or Y out of two cells; raises a CoordinateError."""
    first, second = _cell(north), _cell(east)
    if not first and not second:
        raise EmptyCoordinateError
    values = []
    for text, axis in ((first, "N"), (second, "E")):
        found = _values(text)
        if len(found) != 1:
            raise WrongCountError(len(found))
        values.append(found[0] if found[0].axis else replace(found[0], axis=axis))
    reading = pair_up(values[0], values[1])
    if system is System.VN2000_GEOGRAPHIC and not reading.is_plane:
        return replace(reading, system=system)
    return reading


def _cell(value: object) -> str:
    if value is None:
        return ""
    return repr(value) if isinstance(value, float) else str(value).strip()[:LONGEST_TEXT]


def _read_written(text: str) -> Reading:
    plain = plain_text(text)
    meridian, plain = _named_meridian(plain)
    is_vn2000 = bool(_VN2000.search(plain))
    try:
        values = _values(plain)
    except UnreadableCoordinateError:
        raise UnreadableCoordinateError(text) from None
    if len(values) != 2:  # noqa: PLR2004 - a place has two values
        if not values:
            raise UnreadableCoordinateError(text)
        raise WrongCountError(len(values))
    reading = replace(pair_up(values[0], values[1]), meridian=meridian)
    if is_vn2000 and not reading.is_plane:
        return replace(reading, system=System.VN2000_GEOGRAPHIC)
    return reading


def _values(text: str) -> list[Value]:
    try:
        return values_of(tokens_of(text))
    except StrangeTextError:
        raise UnreadableCoordinateError(text) from None


def _named_meridian(plain: str) -> tuple[str | None, str]:
    match = _MERIDIAN.search(plain)
    if match is None:
        return None, plain
    named = f"{match.group(1)}-{match.group(2) or '00'}"
    rest = f"{plain[: match.start()]} {plain[match.end() :]}"
    return (named if named in MERIDIANS else None), rest
