"""In which commune many points lie, and which commune a text means: in memory, for whole files."""

from collections.abc import Iterable
from datetime import date
from functools import cached_property

import shapely
from django.db.models import Q
from shapely import STRtree

from infra.exchange.columns import key_of
from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit, UnitSuccession
from infra.places.geo.sequence import METRES_PER_DEGREE
from infra.places.territory.ground import Declared, Here
from infra.places.territory.selectors import units_on

_KINDS = (
    "xa",
    "phuong",
    "thi tran",
    "thanh pho",
    "huyen",
    "thi xa",
    "tp",
    "p",
    "x",
    "tt",
    "tx",
    "h",
)


class UnitIndex:
    """The units of a date with their boundaries, and every name a commune ever had."""

    def __init__(self, on: date | None = None) -> None:
        self.units = list(units_on(on).exclude(boundary=None))
        wkb = [bytes(unit.boundary.wkb) for unit in self.units if unit.boundary]
        self.shapes = [shapely.from_wkb(each) for each in wkb]
        shapely.prepare(self.shapes)
        self.tree = STRtree(self.shapes)
        self._place = {unit.pk: at for at, unit in enumerate(self.units)}
        self._guessed = {unit.pk for unit in self.units if unit.boundary_is_approximate}

    @property
    def is_approximate(self) -> bool:
        """Whether any boundary is only approximate."""
        return bool(self._guessed)

    @property
    def is_empty(self) -> bool:
        """Whether there are no boundaries to judge by."""
        return not self.units

    def here(self, lon: float, lat: float) -> Here | None:
        """The unit that covers the point; None outside all."""
        point = shapely.Point(lon, lat)
        for at in self.tree.query(point):
            if self.shapes[at].covers(point):
                return Here(self.units[at].pk, str(self.units[at]))
        return None

    def outside_m(self, lon: float, lat: float, unit_ids: Iterable[int]) -> float:
        """How far the point lies outside the nearest of these units; 0 inside, inf for none."""
        point = shapely.Point(lon, lat)
        places = [self._place[unit_id] for unit_id in unit_ids if unit_id in self._place]
        return min(
            (self.shapes[at].distance(point) * METRES_PER_DEGREE for at in places),
            default=float("inf"),
        )

    def is_guessed(self, unit_ids: Iterable[int]) -> bool:
        """Whether one of these boundaries is only approximate."""
        return any(unit_id in self._guessed for unit_id in unit_ids)

    def declared(self, text: str, district: str = "") -> Declared | None:
        """The units of today that a declared name means, through successors; None: unknown."""
        commune, _comma, rest = text.partition(",")
        found = self._names.get(key_of(commune)) or self._names.get(_bare(commune)) or []
        wanted = _bare(district or rest.split(",")[0])
        exact = [entry for entry in found if wanted and entry[1] == wanted]
        unit_ids = frozenset(unit for units, _district in (exact or found) for unit in units)
        return Declared(unit_ids, text) if unit_ids else None

    @cached_property
    def _names(self) -> dict[str, list[tuple[frozenset[int], str]]]:
        """Name (with and without its kind) → what it is today, and the district it was in."""
        successors: dict[int, set[int]] = {}
        for old, new in UnitSuccession.objects.values_list("predecessor_id", "successor_id"):
            successors.setdefault(old, set()).add(new)
        current = {unit.pk for unit in self.units}
        names: dict[str, list[tuple[frozenset[int], str]]] = {}
        rows = AdministrativeUnit.objects.filter(Q(level=UnitLevel.COMMUNE)).select_related(
            "parent"
        )
        for unit in rows.defer("boundary", "point", "parent__boundary", "parent__point"):
            today = frozenset(_followed(unit.pk, successors, current))
            if today:
                parent = _bare(unit.parent.name) if unit.parent else ""
                for name in {key_of(str(unit)), key_of(unit.name)}:
                    names.setdefault(name, []).append((today, parent))
        return names


def _followed(start: int, successors: dict[int, set[int]], current: set[int]) -> set[int]:
    """What a unit became, followed through several reorganisations."""
    seen: set[int] = set()
    todo = {start}
    while todo:
        unit = todo.pop()
        seen.add(unit)
        todo |= successors.get(unit, set()) - seen
    return seen & current


def _bare(text: str) -> str:
    key = key_of(text)
    for kind in _KINDS:
        if key.startswith(f"{kind} "):
            return key.removeprefix(f"{kind} ")
    return key
