"""A zone's grid: field canals, the roads on their dikes, the parcels and gardens between."""

import math
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray

from infra.demo.geography.names import canal_name
from infra.demo.geography.ways import Way
from infra.demo.geography.zones import Zone

# Steps of the grid across (u) and along (v), in metres; a canal on every so many steps.
STEP_U, STEP_V = 320.0, 880.0
CANAL_EVERY_U, CANAL_EVERY_V = 3, 2
# Of the canals, every so many has a commune road on its dike, the others a track.
_ROAD_EVERY = 2
DITCH_HALF_M = 5.0
_DIKE_M = 15.0
_GARDEN_M = 62.0
_ORCHARD_BEND_M, _FIELD_BEND_M = 120.0, 30.0

Floats = NDArray[numpy.float64]


@dataclass(frozen=True)
class _Line:
    """One line of the grid: across (u fixed) or along (v fixed), and what stands on it."""

    index: int
    is_across: bool

    @property
    def every(self) -> int:
        return CANAL_EVERY_U if self.is_across else CANAL_EVERY_V

    @property
    def has_canal(self) -> bool:
        return self.index % self.every == 0

    @property
    def has_road(self) -> bool:
        return self.index % (self.every * _ROAD_EVERY) == 0


@dataclass(frozen=True)
class Grid:
    """The grid of one zone; lines and parcels still reach beyond its shore."""

    zone: Zone
    is_orchard: bool

    @cached_property
    def _middle(self) -> Floats:
        return numpy.array(self.zone.area.centroid.coords[0])

    @cached_property
    def _reach(self) -> tuple[range, range]:
        """The steps that cover the zone: rotated back, its corners say how many."""
        corners = shapely.get_coordinates(self.zone.area.exterior) - self._middle
        turn = -self.zone.turn
        u = corners[:, 0] * math.cos(turn) - corners[:, 1] * math.sin(turn)
        v = corners[:, 0] * math.sin(turn) + corners[:, 1] * math.cos(turn)
        most_u, most_v = (
            int((abs(values).max() + 400) / step) + 2 for values, step in ((u, STEP_U), (v, STEP_V))
        )
        return range(-most_u, most_u + 1), range(-most_v, most_v + 1)

    def at(self, u: Any, v: Any) -> Floats:
        """Where (u, v), in metres of the grid, lies: turned and gently bent."""
        bend = _ORCHARD_BEND_M if self.is_orchard else _FIELD_BEND_M
        shift = float(self.zone.number)
        u = u + bend * numpy.sin(v / 1900 + shift)
        v = v + bend * numpy.sin(u / 2300 - shift)
        east = u * math.cos(self.zone.turn) - v * math.sin(self.zone.turn)
        north = u * math.sin(self.zone.turn) + v * math.cos(self.zone.turn)
        return numpy.stack([east, north], axis=-1) + self._middle

    def _lines(self) -> list[_Line]:
        across, along = self._reach
        found = [_Line(index, is_across=True) for index in across]
        found += [_Line(index, is_across=False) for index in along]
        return [line for line in found if line.has_canal]

    def _drawn(self, line: _Line, aside: float) -> Any:
        """The line, moved aside by so many metres."""
        across, along = self._reach
        if line.is_across:
            places = numpy.array(along) * STEP_V
            coordinates = self.at(line.index * STEP_U + aside, places)
        else:
            places = numpy.array(across) * STEP_U
            coordinates = self.at(places, line.index * STEP_V + aside)
        return shapely.linestrings(coordinates)

    def ditches(self) -> list[Way]:
        """The middles of the field canals, not yet cut to the zone."""
        return [Way(self._drawn(line, 0.0), "ditch", self._name(line)) for line in self._lines()]

    def dikes(self) -> list[Way]:
        """A road or a track beside each field canal, not yet cut to the zone."""
        return [
            Way(
                self._drawn(line, _DIKE_M),
                "tertiary" if line.has_road else "track",
                f"Đường {self._name(line)}" if line.has_road else "",
            )
            for line in self._lines()
        ]

    def _name(self, line: _Line) -> str:
        return canal_name(self.zone.number, line.index, is_across=line.is_across)

    def _insets(self, steps: range, *, is_across: bool) -> tuple[Floats, Floats]:
        """How far parcels keep from each line on its far and on its near side."""
        lines = [_Line(index, is_across=is_across) for index in steps]
        after = [_GARDEN_M if a.has_road else 21.0 if a.has_canal else 3.0 for a in lines]
        before = [_GARDEN_M - 14 if a.has_road else 8.0 if a.has_canal else 3.0 for a in lines]
        return numpy.array(after), numpy.array(before)

    def parcels(self) -> Any:
        """The fields between the lines, as an array of polygons."""
        across, along = self._reach
        after_u, before_u = self._insets(across, is_across=True)
        after_v, before_v = self._insets(along, is_across=False)
        us, vs = numpy.array(across) * STEP_U, numpy.array(along) * STEP_V
        west, east = us[:-1] + after_u[:-1], us[1:] - before_u[1:]
        south, north = vs[:-1] + after_v[:-1], vs[1:] - before_v[1:]
        return self._quads(west, east, south, north)

    def gardens(self) -> Any:
        """The strips with trees on both sides of each commune road, cut at the crossings."""
        across, along = self._reach
        us, vs = numpy.array(across) * STEP_U, numpy.array(along) * STEP_V
        roads_u = us[[_Line(i, is_across=True).has_road for i in across]]
        roads_v = vs[[_Line(i, is_across=False).has_road for i in along]]
        canals = us[[_Line(i, is_across=True).has_canal for i in across]]
        gap, far = 24.0, _GARDEN_M - 5
        u_strips = [
            self._quads(roads_u + near, roads_u + far_side, vs[:-1] + gap, vs[1:] - 9)
            for near, far_side in ((gap, far), (-far + 14, -9.0))
        ]
        v_strips = [
            self._quads(canals[:-1] + gap, canals[1:] - 9, roads_v + near, roads_v + far_side)
            for near, far_side in ((gap, far), (-far + 14, -9.0))
        ]
        return numpy.concatenate([*u_strips, *v_strips])

    def _quads(self, west: Floats, east: Floats, south: Floats, north: Floats) -> Any:
        """Every box of the given sides, bent as the grid is."""
        columns, rows = numpy.arange(len(west)), numpy.arange(len(south))
        i, j = (part.ravel() for part in numpy.meshgrid(columns, rows, indexing="ij"))
        middle = (south[j] + north[j]) / 2
        rings = numpy.stack(
            [
                self.at(west[i], south[j]),
                self.at(east[i], south[j]),
                self.at(east[i], middle),
                self.at(east[i], north[j]),
                self.at(west[i], north[j]),
                self.at(west[i], middle),
            ],
            axis=1,
        )
        return shapely.polygons(rings)
