"""Reads a pasted table of positions: name; latitude; longitude; height; class; building height."""

from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from infra.ground.decimals import NumberFault, read_decimal
from infra.places.geo.crs import WGS84_SRID
from infra.places.geo.errors import CoordinateError, MeridianMissingError
from infra.places.geo.parse import parse_columns
from sites.choices import Footing, MastClass, Structure

COLUMNS = 6
FEWEST_COLUMNS = 4
HIGHEST_M = 999
ON_A_BUILDING = frozenset({MastClass.A1A, MastClass.A1B, MastClass.A2A})
Row = dict[str, Any]


class _BadCell(ValueError):
    """A cell that cannot be read; the message is a sentence."""


def read_table(text: str) -> tuple[list[Row], list[str]]:
    """The rows read, and a sentence for each line that was not."""
    rows, errors = [], []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or _is_heading(line, number):
            continue
        try:
            rows.append(_row(_cells(line)))
        except (_BadCell, CoordinateError, MeridianMissingError) as error:
            words = str(error) or _("VN-2000 metres need the central meridian: give degrees.")
            errors.append(_("Line %(line)s: %(why)s") % {"line": number, "why": words})
    if not rows and not errors:
        errors.append(_("There is no line to read."))
    return rows, errors


def _cells(line: str) -> list[str]:
    apart = "\t" if "\t" in line else ";"
    cells = [cell.strip() for cell in line.split(apart)]
    if len(cells) < FEWEST_COLUMNS:
        raise _BadCell(
            _("%(found)s columns found, at least %(needed)s are needed.")
            % {"found": len(cells), "needed": FEWEST_COLUMNS}
        )
    return cells + [""] * (COLUMNS - len(cells))


def _row(cells: list[str]) -> Row:
    name, north, east, height, mast_class, building = cells[:COLUMNS]
    if not name:
        raise _BadCell(_("column “name”: empty."))
    lon, lat = parse_columns(north, east).lon_lat()
    kind = _class(mast_class)
    on_roof = kind in ON_A_BUILDING or bool(building)
    if on_roof and not building:
        raise _BadCell(_("column “building height”: empty for a mast on a building."))
    return {
        "name": name[:120],
        "point": Point(lon, lat, srid=WGS84_SRID),
        "coordinate_text": f"{north}; {east}"[:200],
        "height_m": _metres(height, _("mast height")),
        "mast_class": kind,
        "structure": Structure.SMALL if kind in ON_A_BUILDING else Structure.SELF_SUPPORTING_4,
        "footing": Footing.ROOF if on_roof else Footing.GROUND,
        "building_height_m": _metres(building, _("building height")) if on_roof else None,
    }


def _class(text: str) -> MastClass:
    known = {value.casefold(): value for value in MastClass.values}
    if not text:
        return MastClass.A2B
    if text.casefold() not in known:
        raise _BadCell(
            _("column “class”: “%(text)s” is none of %(known)s.")
            % {"text": text, "known": ", ".join(MastClass.values)}
        )
    return MastClass(known[text.casefold()])


def _metres(text: str, column: str) -> Decimal:
    try:
        value = read_decimal(text, unit="m")
    except NumberFault as fault:
        words = _("column “%(column)s”: %(why)s")
        raise _BadCell(words % {"column": column, "why": fault}) from fault
    if not 0 < value <= HIGHEST_M:
        raise _BadCell(
            _("column “%(column)s”: “%(text)s” is not a height in metres.")
            % {"column": column, "text": text}
        )
    return value.quantize(Decimal("0.1"))


def _is_heading(line: str, number: int) -> bool:
    return number == 1 and not any(sign.isdigit() for sign in line)
