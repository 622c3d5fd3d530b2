"""Each row's position: read, judged against the declared commune, with the mend that fits."""

import re
from typing import Any

from django.utils.translation import gettext as _

from infra.exchange.importer import Issue, Setup
from infra.exchange.table import Row
from infra.ground.choices import IssueSeverity
from infra.places.geo.errors import CoordinateError
from infra.places.geo.parse import parse_columns
from infra.places.geo.reading import Reading, System
from infra.places.territory.examine import Doubt, DoubtCode, doubts_about
from infra.places.territory.ground import Declared
from infra.places.territory.whereabouts import UnitIndex

Place = tuple[float, float]
GEOGRAPHIC, PLANE = "geographic", "plane"

LATITUDES, LONGITUDES = (-90.0, 90.0), (-180.0, 180.0)
NORTHINGS, EASTINGS = (880_000.0, 2_700_000.0), (150_000.0, 850_000.0)


# What an accepted mend is called, by the doubt it answers; a meridian and a datum name theirs.
_MENDS = {
    DoubtCode.AXES_SWAPPED: "swap",
    DoubtCode.OUTSIDE_DECLARED: "accept-position",
    DoubtCode.OUTSIDE_PROVINCE: "accept-outside",
}


class PositionReader:
    """Reads the positions of a file; the doubts are those of a form, accepted mends are applied."""

    def __init__(self, setup: Setup, units: UnitIndex) -> None:
        self.setup, self.units = setup, units
        self.is_plane = setup.options.get("position_from") == PLANE
        self.meridian = _meridian(setup)
        self.keys = ("x", "y") if self.is_plane else ("lat", "lon")
        is_vn2000 = setup.options.get("datum") == "vn2000"
        self.system = System.VN2000_GEOGRAPHIC if is_vn2000 else None

    def read(self, row: Row) -> tuple[Place | None, list[Issue]]:
        """The place (lon, lat) or None, and what is wrong with it."""
        reading, issues = self._reading(row)
        if reading is None:
            return None, issues
        if self.is_plane and not self.meridian:
            return None, []  # the options' form asks for it
        if not (_is_possible(reading) or _is_possible(reading.swapped)):
            return None, [self._issue(row, "not_a_position", _("these numbers are no position"))]
        return self._judged(row, reading, self.meridian)

    def _reading(self, row: Row) -> tuple[Reading | None, list[Issue]]:
        north, east = (self.setup.cell(row, key) for key in self.keys)
        if isinstance(north, dict) or isinstance(east, dict):
            return None, []  # a formula without a result is told once, by the builder
        for key, cell in zip(self.keys, (north, east), strict=True):
            if cell is None:
                issue = self._issue(row, "bad_coordinate", _("the cell is empty"), key)
                return None, [issue]
        try:
            reading = parse_columns(_decimal(north), _decimal(east), system=self.system)
        except CoordinateError as error:
            return None, [self._issue(row, "bad_coordinate", str(error))]
        if reading.is_plane != self.is_plane:
            return None, [self._issue(row, "not_a_position", self._other_notation())]
        return reading, []

    def _other_notation(self) -> str:
        if self.is_plane:
            return _("these are degrees, not metres; choose “latitude and longitude” for them")
        return _("these are metres, not degrees; choose “VN-2000 X, Y” for them")

    def _judged(
        self, row: Row, reading: Reading, meridian: str
    ) -> tuple[Place | None, list[Issue]]:
        """The place as read, or as its accepted mend reads it; else the doubt that stops it."""
        doubts = doubts_about(reading, meridian, self._declared(row), self.units)
        grave = [doubt for doubt in doubts if doubt.is_grave]
        for doubt in grave:
            mend = self._mend_of(doubt)
            if mend not in self.setup.mends:
                continue
            if doubt.code is DoubtCode.AXES_SWAPPED:
                return self._judged(row, reading.swapped, meridian)
            if doubt.mends:
                return (doubt.mends[0].lon, doubt.mends[0].lat), []
            return reading.lon_lat(meridian), []
        place = reading.lon_lat(meridian) if _is_possible(reading) else None
        if grave and not self._is_taken_as_it_is(grave[0]):
            return place, [self._doubted(row, grave[0])]
        return place, [
            self._issue(row, doubt.code, doubt.sentence, severity=IssueSeverity.WARNING)
            for doubt in doubts
            if doubt.code is DoubtCode.BESIDE_BORDER
        ]

    def _is_taken_as_it_is(self, doubt: Doubt) -> bool:
        return doubt.code is DoubtCode.OUTSIDE_PROVINCE and bool(
            self.setup.options.get("allow_outside")
        )

    def _doubted(self, row: Row, doubt: Doubt) -> Issue:
        words = {
            DoubtCode.OUTSIDE_PROVINCE: _("keep it: it really lies outside"),
            DoubtCode.OUTSIDE_DECLARED: _("keep the position; the commune follows from it"),
        }
        offered = doubt.mends[0].label if doubt.mends else words[doubt.code]
        return self._issue(row, doubt.code, doubt.sentence, "", self._mend_of(doubt), offered)

    @staticmethod
    def _mend_of(doubt: Doubt) -> str:
        if doubt.code is DoubtCode.OTHER_MERIDIAN:
            return f"meridian-{doubt.mends[0].choice}"
        return _MENDS.get(doubt.code) or f"datum-{doubt.mends[0].choice}"

    def _declared(self, row: Row) -> Declared | None:
        commune, district = (
            self.setup.cell(row, k) for k in ("declared_unit", "declared_district")
        )
        if not isinstance(commune, str):
            return None
        return self.units.declared(commune, district if isinstance(district, str) else "")

    def _issue(  # noqa: PLR0917 - one place makes all of them
        self,
        row: Row,
        code: str,
        sentence: str,
        key: str = "",
        mend: str = "",
        words: str = "",
        *,
        severity: IssueSeverity = IssueSeverity.ERROR,
    ) -> Issue:
        keys = [key] if key else list(self.keys)
        value = "; ".join(_shown(self.setup.cell(row, k)) for k in keys)
        column = ", ".join(self.setup.column(k) for k in keys)
        return Issue(row.number, column, code, sentence, value, severity, mend, words)


def _decimal(cell: str) -> str:
    """In a cell of its own a comma between digits is a decimal comma: `10,46` is one number."""
    return re.sub(r"^(\s*-?\d{1,3}),(\d+\s*)$", r"\1.\2", cell)


def _meridian(setup: Setup) -> str:
    """The meridian of the file: as chosen, or as mended where no commune tells the rows apart."""
    if "declared_unit" not in setup.mapping:
        for mend in setup.mends:
            if mend.startswith("meridian-"):
                return mend.removeprefix("meridian-")
    return str(setup.options.get("meridian") or "")


def _is_possible(reading: Reading) -> bool:
    """Whether the numbers can be a place in their notation, zone digits before the easting too."""
    if reading.is_plane:
        return _in(reading.north, NORTHINGS) and _in(reading.east, EASTINGS)
    return _in(reading.north, LATITUDES) and _in(reading.east, LONGITUDES)


def _in(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _shown(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""
