"""Masts derived from sectors: rows of near positions stand on one mast. Deterministic."""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.contrib.gis.geos import Point

from infra.exchange.importer import Setup
from infra.exchange.table import Row
from infra.places.geo.measure import distance_m
from sites.register.importers.plan import MastPlan, StationPlan

Place = tuple[float, float]
CELL_DEGREES = 0.002  # of the search grid: wider than any sensible cluster is
DEFAULT_CLUSTER_M = 50


@dataclass
class _Group:
    place: Place
    rows: list[int] = field(default_factory=list)
    names: Counter[str] = field(default_factory=Counter)
    values: dict[str, Any] = field(default_factory=dict)
    stations: dict[int, StationPlan] = field(default_factory=dict)
    codes: dict[int, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))


class SectorGroups:
    """Adds each sector to the nearest group within `cluster_m` of its first position."""

    def __init__(self, cluster_m: float) -> None:
        self.cluster_m = cluster_m or DEFAULT_CLUSTER_M
        self.groups: list[_Group] = []
        self._grid: dict[tuple[int, int], list[_Group]] = defaultdict(list)

    def add(
        self, row: Row, place: Place, values: dict[str, Any], station: StationPlan | None
    ) -> None:
        """Put one row where it belongs."""
        group = self._nearest(place) or self._new(place)
        group.rows.append(row.number)
        name = values.pop("name", "")
        if name:
            group.names[name] += 1
        group.values |= values
        if station is None:
            return
        group.codes[station.operator.pk][station.code] += 1
        known = group.stations.setdefault(station.operator.pk, station)
        if known is not station:
            known.antennas += station.antennas
            known.values |= {k: v for k, v in station.values.items() if k != "technologies"}

    def _new(self, place: Place) -> _Group:
        group = _Group(place)
        self.groups.append(group)
        self._grid[_cell(place)].append(group)
        return group

    def _nearest(self, place: Place) -> _Group | None:
        near = [
            (distance_m(Point(*place), Point(*group.place)), number, group)
            for number, group in enumerate(self._around(place))
        ]
        inside = [entry for entry in near if entry[0] <= self.cluster_m]
        return min(inside, key=lambda entry: entry[:2])[2] if inside else None

    def _around(self, place: Place) -> Iterator[_Group]:
        column, line = _cell(place)
        for x in (column - 1, column, column + 1):
            for y in (line - 1, line, line + 1):
                yield from self._grid.get((x, y), ())

    def plans(self, setup: Setup) -> list[MastPlan]:
        """One plan a group; station codes are made unique within an operator."""
        used: set[tuple[int, str]] = set()
        plans = []
        for number, group in enumerate(self.groups, start=1):
            stations = [self._station(group, plan, used) for plan in group.stations.values()]
            prefix = str(setup.options.get("code_prefix") or "")
            code = f"{prefix}{stations[0].code if stations else number}"
            values = dict(group.values)
            if group.names:
                values["name"] = group.names.most_common(1)[0][0]
            plans.append(MastPlan(code, group.place, group.rows, values, stations))
        return plans

    @staticmethod
    def _station(group: _Group, plan: StationPlan, used: set[tuple[int, str]]) -> StationPlan:
        """The smallest code of the operator's sectors here; taken already: with a number."""
        base = min(group.codes[plan.operator.pk])
        code, number = base, 1
        while (plan.operator.pk, code) in used:
            number += 1
            code = f"{base}-{number}"
        used.add((plan.operator.pk, code))
        plan.code = code
        return plan


def _cell(place: Place) -> tuple[int, int]:
    return int(place[0] // CELL_DEGREES), int(place[1] // CELL_DEGREES)
