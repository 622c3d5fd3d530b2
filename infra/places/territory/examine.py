"""Doubts about a place that was read, each with the mend it suggests: for forms and imports."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from django.utils.translation import gettext as _

from infra.models import AdministrativeUnit
from infra.places.geo.choices import CHOICE_GEOGRAPHIC, CHOICE_WGS84, choice_label
from infra.places.geo.crs import DEFAULT_MERIDIANS, MERIDIANS, meridian_label
from infra.places.geo.reading import Reading, System
from infra.places.territory.ground import DatabaseGround, Declared, Ground, tolerance_m

COARSE_M: Final = 12  # a fourth decimal of a degree is 11 m; a mast's foot wants no less
_NORTHERNMOST_M: Final = 900_000  # no easting of Việt Nam is larger, no northing of it smaller


class DoubtCode(StrEnum):
    """What may be wrong."""

    AXES_SWAPPED = "axes_swapped"
    OTHER_MERIDIAN = "other_meridian"
    VN2000_AS_WGS84 = "vn2000_as_wgs84"
    WGS84_AS_VN2000 = "wgs84_as_vn2000"
    OUTSIDE_DECLARED = "outside_declared"
    OUTSIDE_PROVINCE = "outside_province"
    BESIDE_BORDER = "beside_border"
    PRECISION_LOW = "precision_low"


@dataclass(frozen=True, slots=True)
class Mend:
    """What to write instead: the text and the choice of system, and where that is in WGS-84."""

    label: str
    text: str
    choice: str
    lon: float
    lat: float


@dataclass(frozen=True, slots=True)
class Doubt:
    """A sentence and its mends; an import stops at a grave one, a form asks to confirm."""

    code: DoubtCode
    sentence: str
    is_grave: bool
    mends: tuple[Mend, ...] = ()


def examine(
    reading: Reading,
    meridian: str | None = None,
    declared_unit: AdministrativeUnit | None = None,
    on: date | None = None,
) -> list[Doubt]:
    """Every doubt about one reading by the database's boundaries; raises MeridianMissingError."""
    return doubts_about(reading, meridian, Declared.of(declared_unit), DatabaseGround(on))


def doubts_about(
    reading: Reading, meridian: str | None, declared: Declared | None, ground: Ground
) -> list[Doubt]:
    """Every doubt about a reading, gravest first; raises MeridianMissingError.

    The central meridian cannot be told from the numbers: it is judged only by whether the point
    falls where it was declared to be, or in the province at all.
    """
    case = _Case(reading, meridian or reading.meridian, declared, ground)
    doubts = list(case.place_doubts())
    if reading.resolution_m > COARSE_M:
        doubts.append(_coarse(reading))
    return doubts


@dataclass(frozen=True)
class _Case:
    reading: Reading
    meridian: str | None
    declared: Declared | None
    ground: Ground

    def place_doubts(self) -> Iterator[Doubt]:
        if _is_swapped(self.reading):
            yield self._swapped()
            return
        lon, lat = self.reading.lon_lat(self.meridian)
        if self._fits(lon, lat):
            yield from self._beside_the_border(lon, lat)
            return
        doubts = list(self._fitting_mends())
        yield from doubts or [self._outside(lon, lat)]

    def _fits(self, lon: float, lat: float) -> bool:
        """Whether a point lies in the declared unit, or in the province when none is declared."""
        if self.declared is not None:
            outside_m = self.ground.outside_m(lon, lat, self.declared.unit_ids)
            return outside_m <= tolerance_m(self.ground, self.declared)
        return self.ground.here(lon, lat) is not None or self.ground.is_empty

    def _beside_the_border(self, lon: float, lat: float) -> Iterator[Doubt]:
        """Taken for the declared unit, though the line as it is drawn says another."""
        if self.declared is None or not self.ground.outside_m(lon, lat, self.declared.unit_ids):
            return
        found = self.ground.here(lon, lat)
        sentence = _(
            "The point lies beside the border of %(declared)s, in %(found)s as the line is drawn."
        ) % {
            "declared": self.declared.name,
            "found": found.name if found else _("no commune of the province"),
        }
        yield Doubt(DoubtCode.BESIDE_BORDER, sentence, is_grave=False)

    def _swapped(self) -> Doubt:
        swapped = self.reading.swapped
        sentence = (
            _("X (northing) and Y (easting) seem to be exchanged.")
            if swapped.is_plane
            else _("Latitude and longitude seem to be exchanged.")
        )
        mend = _mend(swapped, self.meridian, _("Exchange the two values"))
        return Doubt(DoubtCode.AXES_SWAPPED, sentence, is_grave=True, mends=(mend,))

    def _fitting_mends(self) -> Iterator[Doubt]:
        for code, reading, meridian, sentence in self._alternatives():
            lon, lat = reading.lon_lat(meridian)
            if self._fits(lon, lat):
                label = _("Read as %(system)s") % {
                    "system": choice_label(_choice(reading, meridian))
                }
                mend = _mend(reading, meridian, label)
                yield Doubt(code, sentence, is_grave=True, mends=(mend,))

    def _alternatives(self) -> Iterator[tuple[DoubtCode, Reading, str | None, str]]:
        where = self.declared.name if self.declared else _("the province")
        if self.reading.is_plane:
            usual = [each for each in DEFAULT_MERIDIANS if each != self.meridian]
            others = [each for each in MERIDIANS if each not in {*usual, self.meridian}]
            for other in [*usual, *others] if self.declared else usual:
                sentence = _(
                    "With central meridian %(chosen)s the point is outside %(where)s; "
                    "with %(other)s it is inside."
                ) % {
                    "chosen": meridian_label(self.meridian or ""),
                    "other": meridian_label(other),
                    "where": where,
                }
                yield DoubtCode.OTHER_MERIDIAN, self.reading, other, sentence
        elif self.declared and not self.ground.is_guessed(self.declared.unit_ids):
            yield self._other_datum(where)

    def _other_datum(self, where: str) -> tuple[DoubtCode, Reading, str | None, str]:
        """The two datums lie 226 m apart here: one may fit the declared unit, the other not."""
        if self.reading.system is System.WGS84:
            code, system, name = DoubtCode.VN2000_AS_WGS84, System.VN2000_GEOGRAPHIC, "VN-2000"
        else:
            code, system, name = DoubtCode.WGS84_AS_VN2000, System.WGS84, "WGS-84"
        sentence = _(
            "The point is outside %(where)s; read as %(system)s latitude and longitude, "
            "226 m away, it is inside."
        ) % {"where": where, "system": name}
        return code, _with_system(self.reading, system), None, sentence

    def _outside(self, lon: float, lat: float) -> Doubt:
        found = self.ground.here(lon, lat)
        if found is None or self.declared is None:
            return Doubt(
                DoubtCode.OUTSIDE_PROVINCE,
                _("The point is outside the province. Check the digits and the system."),
                is_grave=True,
            )
        sentence = _("The point is in %(found)s, not in %(declared)s as declared.") % {
            "found": found.name,
            "declared": self.declared.name,
        }
        if self.ground.is_guessed(self.declared.unit_ids):
            sentence += " " + _("(The boundaries are only approximate.)")
        return Doubt(DoubtCode.OUTSIDE_DECLARED, sentence, is_grave=True)


def _is_swapped(reading: Reading) -> bool:
    if reading.is_plane:
        return reading.north < _NORTHERNMOST_M < reading.east
    return abs(reading.north) > 90 or (reading.north > 100 and 7 < reading.east < 24)  # noqa: PLR2004


def _coarse(reading: Reading) -> Doubt:
    sentence = _("The last digit stands for %(metres)s m on the ground: add digits if you can.") % {
        "metres": f"{reading.resolution_m:.0f}"
    }
    return Doubt(DoubtCode.PRECISION_LOW, sentence, is_grave=False)


def _with_system(reading: Reading, system: System) -> Reading:
    return Reading(
        system, reading.north, reading.east, reading.notation, reading.order, reading.resolution_m
    )


def _choice(reading: Reading, meridian: str | None) -> str:
    if reading.is_plane:
        return meridian or ""
    return CHOICE_WGS84 if reading.system is System.WGS84 else CHOICE_GEOGRAPHIC


def _mend(reading: Reading, meridian: str | None, label: str) -> Mend:
    lon, lat = reading.lon_lat(meridian)
    return Mend(label, written(reading), _choice(reading, meridian), lon, lat)


def written(reading: Reading) -> str:
    """A reading as text that reads back the same: `X … Y …` or `lat, lon`."""
    if reading.is_plane:
        return f"X {reading.north:.3f} Y {reading.east:.3f}"
    return f"{reading.north:.8g}, {reading.east:.9g}"
