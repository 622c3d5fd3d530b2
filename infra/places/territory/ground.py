"""Where boundaries are asked for a point: in the database for one, in memory for a whole file.

Both answer in metres with the same tolerance, so that a form and an import judge alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final, Protocol, Self

from django.contrib.gis.geos import Point

from infra.models import AdministrativeUnit
from infra.places.geo.crs import WGS84_SRID
from infra.places.geo.sequence import METRES_PER_DEGREE
from infra.places.territory.selectors import unit_at, units_on

# How far outside the declared unit is still taken for it: digitised lines, and guessed ones.
NEAR_M: Final = 20
NEAR_A_GUESS_M: Final = 3_000


@dataclass(frozen=True, slots=True)
class Here:
    """A unit that covers a point: its key and name."""

    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class Declared:
    """Where somebody says a point lies: the units of today that this means, in their words."""

    unit_ids: frozenset[int]
    name: str

    @classmethod
    def of(cls, unit: AdministrativeUnit | None) -> Self | None:
        """A unit chosen from the list; None where none was, or where it has no boundary."""
        if unit is None or unit.boundary is None:
            return None
        return cls(frozenset({unit.pk}), str(unit))


class Ground(Protocol):
    """The units of a date with their boundaries."""

    @property
    def is_empty(self) -> bool:
        """Whether there are no boundaries to judge by."""

    def here(self, lon: float, lat: float) -> Here | None:
        """The unit that covers the point (EPSG:4326); None outside all."""

    def outside_m(self, lon: float, lat: float, unit_ids: Iterable[int]) -> float:
        """How far the point lies outside the nearest of these units; 0 inside, inf for none."""

    def is_guessed(self, unit_ids: Iterable[int]) -> bool:
        """Whether one of these boundaries is only approximate."""


class DatabaseGround:
    """The units of a date (today by default), asked one point at a time."""

    def __init__(self, on: date | None = None) -> None:
        self._on = on

    @property
    def is_empty(self) -> bool:
        return not units_on(self._on).filter(boundary__isnull=False).exists()

    def here(self, lon: float, lat: float) -> Here | None:
        unit = unit_at(Point(lon, lat, srid=WGS84_SRID), self._on)
        return Here(unit.pk, str(unit)) if unit else None

    def outside_m(self, lon: float, lat: float, unit_ids: Iterable[int]) -> float:
        point = Point(lon, lat, srid=WGS84_SRID)
        units = AdministrativeUnit.objects.filter(pk__in=list(unit_ids), boundary__isnull=False)
        boundaries = (unit.boundary for unit in units if unit.boundary)
        return min(
            (boundary.distance(point) * METRES_PER_DEGREE for boundary in boundaries),
            default=float("inf"),
        )

    def is_guessed(self, unit_ids: Iterable[int]) -> bool:
        units = AdministrativeUnit.objects.filter(pk__in=list(unit_ids))
        return units.filter(boundary_is_approximate=True).exists()


def tolerance_m(ground: Ground, declared: Declared) -> int:
    """How far outside what was declared a point may lie."""
    return NEAR_A_GUESS_M if ground.is_guessed(declared.unit_ids) else NEAR_M
