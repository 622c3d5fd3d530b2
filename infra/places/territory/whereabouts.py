"""In which commune many points lie, and which commune a text means: in memory, for whole files."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property

import shapely
from django.db.models import Q
from shapely import STRtree

from infra.exchange.columns import key_of
from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit, UnitSuccession
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
NEAR_DEGREES = 0.005  # about half a kilometre: a point beside the border is not a wrong one
NEAR_APPROXIMATE_DEGREES = 0.03


@dataclass(frozen=True)
class Whereabouts:
    """A unit of today: its key and name."""

    unit_id: int
    name: str


class UnitIndex:
    """The units of a date with their boundaries, and every name a commune ever had."""

    def __init__(self, on: date | None = None) -> None:
        self.units = list(units_on(on).exclude(boundary=None))
        wkb = [bytes(unit.boundary.wkb) for unit in self.units if unit.boundary]
        self.shapes = [shapely.from_wkb(each) for each in wkb]
        shapely.prepare(self.shapes)
        self.tree = STRtree(self.shapes)
        self.is_approximate = any(unit.boundary_is_approximate for unit in self.units)

    @property
    def is_empty(self) -> bool:
        """Whether there are no boundaries to judge by."""
        return not self.units

    def unit_at(self, lon: float, lat: float) -> Whereabouts | None:
        """The unit that covers the point; None outside all."""
        point = shapely.Point(lon, lat)
        for at in self.tree.query(point):
            if self.shapes[at].covers(point):
                return Whereabouts(self.units[at].pk, str(self.units[at]))
        return None

    def is_near(self, lon: float, lat: float, unit_ids: set[int]) -> bool:
        """Whether the point lies beside the border of one of these units."""
        near = NEAR_APPROXIMATE_DEGREES if self.is_approximate else NEAR_DEGREES
        point = shapely.Point(lon, lat)
        return any(
            self.units[at].pk in unit_ids and self.shapes[at].distance(point) <= near
            for at in self.tree.query(point.buffer(near))
        )

    def declared(self, text: str, district: str = "") -> set[int]:
        """The units of today that a declared name means, through successors; empty: unknown."""
        commune, _comma, rest = text.partition(",")
        found = self._names.get(key_of(commune)) or self._names.get(_bare(commune)) or []
        wanted = _bare(district or rest.split(",")[0])
        exact = [entry for entry in found if wanted and entry[1] == wanted]
        return {unit for units, _district in (exact or found) for unit in units}

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
