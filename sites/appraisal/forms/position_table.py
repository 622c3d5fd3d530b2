"""Reads a pasted table of positions: name; latitude; longitude; height; class; building height.

from decimal import Decimal
The table is split as an imported file is; the columns may stand in any order where the first line
names them.
"""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _

from infra.exchange import table
from infra.exchange.columns import column_names, guess_mapping
from infra.exchange.importer import Target
from infra.ground.decimals import NumberFault, read_decimal
from infra.places.geo.crs import WGS84_SRID
from infra.places.geo.errors import CoordinateError, MeridianMissingError
from infra.places.geo.parse import parse_columns
from sites.choices import Footing, MastClass, Structure

# The headings people write, without accents. No label: no page of this form names a column.
COLUMNS = (
    Target("name", "", ("ten", "ten tram", "ma tram", "tram", "name")),
    Target("lat", "", ("vi do", "lat", "latitude")),
    Target("lon", "", ("kinh do", "lon", "long", "longitude")),
    Target("height_m", "", ("chieu cao cot", "chieu cao", "cao", "do cao", "height")),
    Target("mast_class", "", ("loai cot", "loai", "class")),
    Target("building_height_m", "", ("chieu cao nha", "cao nha", "building height")),
)
NEEDED = frozenset({"name", "lat", "lon", "height_m"})
BY_PLACE = {column.key: at for at, column in enumerate(COLUMNS)}
HIGHEST_M = 999
ON_A_BUILDING = frozenset({MastClass.A1A, MastClass.A1B, MastClass.A2A})
Row = dict[str, Any]


class _BadCell(ValueError):
    """A cell that cannot be read; the message is a sentence."""


def read_table(text: str) -> tuple[list[Row], list[str]]:
    """The rows read, and a sentence for each line that was not."""
    try:
        lines = table.read_text(text)
    except table.UnreadableFile as trouble:
        return [], [str(trouble)]
    rows, errors = [], []
    mapping = _heading(lines[0]) if lines else None
    for line in lines[1:] if mapping else lines:
        try:
            rows.append(_row(_cells(line, mapping or BY_PLACE)))
        except (_BadCell, CoordinateError, MeridianMissingError) as error:
            words = str(error) or _("VN-2000 metres need the central meridian: give degrees.")
            errors.append(_("Line %(line)s: %(why)s") % {"line": line.number, "why": words})
    if not rows and not errors:
        errors.append(_("There is no line to read."))
    return rows, errors


def _heading(line: table.Row) -> Mapping[str, int] | None:
    """Which column holds what, where the first line says so; None where it is a position."""
    named = guess_mapping(column_names(line), COLUMNS)
    if set(named) >= NEEDED:
        return named
    has_digits = any(sign.isdigit() for cell in line.cells for sign in cell or "")
    return None if has_digits else BY_PLACE


def _cells(line: table.Row, mapping: Mapping[str, int]) -> list[str]:
    if len(line.cells) < len(NEEDED):
        raise _BadCell(
            _("%(found)s columns found, at least %(needed)s are needed.")
            % {"found": len(line.cells), "needed": len(NEEDED)}
        )
    places = [mapping.get(column.key, len(line.cells)) for column in COLUMNS]
    return [(line.cells[at] or "") if at < len(line.cells) else "" for at in places]


def _row(cells: list[str]) -> Row:
    name, north, east, height, mast_class, building = cells
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
