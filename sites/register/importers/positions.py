"""Each row's position: read, judged against the declared commune, with the mend that fits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from infra.exchange.importer import Issue, Setup
from infra.exchange.table import Row
from infra.ground.choices import IssueSeverity
from infra.places.geo.crs import (
    DEFAULT_MERIDIANS,
    meridian_label,
    to_wgs84,
    vn2000_geographic_to_wgs84,
)
from infra.places.geo.errors import CoordinateError
from infra.places.geo.parse import parse_columns
from infra.places.territory.whereabouts import UnitIndex

Place = tuple[float, float]
GEOGRAPHIC, PLANE = "geographic", "plane"

LATITUDES, LONGITUDES = (-90.0, 90.0), (-180.0, 180.0)
VIETNAM_LATITUDES, VIETNAM_LONGITUDES = (8.0, 24.0), (102.0, 110.0)
NORTHINGS, EASTINGS = (880_000.0, 2_700_000.0), (150_000.0, 850_000.0)


@dataclass(frozen=True)
class Candidate:
    """One way to understand a row's numbers: the mend that leads there, its words, the place."""

    mend: str
    words: str
    place: Place


class PositionReader:
    """Reads the positions of a file; `units` judge them, accepted mends are applied."""

    def __init__(self, setup: Setup, units: UnitIndex) -> None:
        self.setup, self.units = setup, units
        self.is_plane = setup.options.get("position_from") == PLANE
        self.meridian = _meridian(setup)
        self.keys = ("x", "y") if self.is_plane else ("lat", "lon")

    def read(self, row: Row) -> tuple[Place | None, list[Issue]]:
        """The place (lon, lat) or None, and what is wrong with it."""
        first, second, issues = self._numbers(row)
        if first is None or second is None:
            return None, issues
        place = self._placed(first, second)
        return self._judged(row, place, list(self._others(first, second)))

    def _numbers(self, row: Row) -> tuple[float | None, float | None, list[Issue]]:
        north, east = (self.setup.cell(row, key) for key in self.keys)
        if isinstance(north, dict) or isinstance(east, dict):
            return None, None, []  # a formula without a result is told once, by the builder
        for key, cell in zip(self.keys, (north, east), strict=True):
            if cell is None:
                issue = self._issue(row, "bad_coordinate", _("the cell is empty"), key)
                return None, None, [issue]
        try:
            reading = parse_columns(_decimal(north), _decimal(east))
        except CoordinateError as error:
            return None, None, [self._issue(row, "bad_coordinate", str(error))]
        if reading.is_plane != self.is_plane:
            return None, None, [self._issue(row, "not_a_position", self._other_notation())]
        return reading.north, reading.east, []

    def _other_notation(self) -> str:
        if self.is_plane:
            return _("these are degrees, not metres; choose “latitude and longitude” for them")
        return _("these are metres, not degrees; choose “VN-2000 X, Y” for them")

    def _placed(self, first: float, second: float) -> Place | None:
        """The place as the options say; None outside of what the notation can mean."""
        if self.is_plane:
            return _plane(first, second, self.meridian)
        if not (_in(first, LATITUDES) and _in(second, LONGITUDES)):
            return None
        if self.setup.options.get("datum") == "vn2000":
            return vn2000_geographic_to_wgs84(second, first)
        return second, first

    def _others(self, first: float, second: float) -> Iterator[Candidate]:
        """What else the numbers may mean, the likeliest first."""
        if self.is_plane:
            swapped = _plane(second, first, self.meridian)
            if swapped:
                yield Candidate("swap", _("X and Y exchanged"), swapped)
            for meridian in DEFAULT_MERIDIANS:
                place = _plane(first, second, meridian)
                if meridian != self.meridian and place:
                    words = _("central meridian %s") % meridian_label(meridian)
                    yield Candidate(f"meridian-{meridian}", words, place)
        elif _in(second, VIETNAM_LATITUDES) and _in(first, VIETNAM_LONGITUDES):
            yield Candidate("swap", _("latitude and longitude exchanged"), (first, second))

    def _judged(
        self, row: Row, place: Place | None, others: list[Candidate]
    ) -> tuple[Place | None, list[Issue]]:
        """As read when it fits; else as the first reading that fits, if its mend was accepted."""
        declared = self._declared(row)
        if self.units.is_empty or (place and self._fits(place, declared)):
            return place, []
        for other in others:
            if self._fits(other.place, declared):
                if other.mend in self.setup.mends:
                    return other.place, []
                return place, [self._mendable(row, other)]
        if place is None:
            return None, [self._issue(row, "not_a_position", _("these numbers are no position"))]
        return self._elsewhere(row, place, declared)

    def _elsewhere(
        self, row: Row, place: Place, declared: set[int]
    ) -> tuple[Place | None, list[Issue]]:
        """Nothing fits: the person says whether the position or the declaration is right."""
        here = self.units.unit_at(*place)
        mend = "accept-position" if here else "accept-outside"
        if mend in self.setup.mends or (not here and self.setup.options.get("allow_outside")):
            return place, []
        if here is None:
            sentence = _("the point lies outside the province")
            words = _("keep it: it really lies outside")
            return place, [self._issue(row, "outside_province", sentence, "", mend, words)]
        sentence = _("the point lies in %(here)s, not in the declared %(declared)s") % {
            "here": here.name,
            "declared": self.setup.cell(row, "declared_unit"),
        }
        if self.units.is_near(*place, declared):
            warning = IssueSeverity.WARNING
            return place, [self._issue(row, "beside_the_border", sentence, severity=warning)]
        words = _("keep the position; the commune follows from it")
        return place, [self._issue(row, "outside_declared", sentence, "", mend, words)]

    def _mendable(self, row: Row, other: Candidate) -> Issue:
        found = self.units.unit_at(*other.place)
        sentence = _(
            "the point does not fit what is declared; with %(mend)s it lies in %(there)s"
        ) % {
            "mend": other.words,
            "there": found.name if found else "",
        }
        words = _("read with %s") % other.words
        return self._issue(row, other.mend.split("-")[0], sentence, "", other.mend, words)

    def _declared(self, row: Row) -> set[int]:
        commune, district = (
            self.setup.cell(row, k) for k in ("declared_unit", "declared_district")
        )
        if not isinstance(commune, str):
            return set()
        return self.units.declared(commune, district if isinstance(district, str) else "")

    def _fits(self, place: Place, declared: set[int]) -> bool:
        """Inside the declared commune; where none is declared (or known), inside the province."""
        here = self.units.unit_at(*place)
        return here is not None and (not declared or here.unit_id in declared)

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


def _plane(x: float, y: float, meridian: str) -> Place | None:
    """X is the northing, Y the easting; None where they cannot be (UTM-like zone digits too)."""
    if not (_in(x, NORTHINGS) and _in(y, EASTINGS) and meridian):
        return None
    return to_wgs84(x, y, meridian)


def _in(value: float, bounds: tuple[float, float]) -> bool:
    return bounds[0] <= value <= bounds[1]


def _shown(cell: Any) -> str:
    return cell if isinstance(cell, str) else ""
