"""The whole invented landscape, from the rivers down to the single house."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.buildings import edges_of
from infra.demo.geography.carving import without
from infra.demo.geography.fields import Lay, generalised, greens_of
from infra.demo.geography.frame import PROVINCE, Feature
from infra.demo.geography.grid import DITCH_HALF_M, Grid
from infra.demo.geography.ground import Ground
from infra.demo.geography.homes import Taken, houses
from infra.demo.geography.network import Lie, lay_roads
from infra.demo.geography.settlements import settlements_of
from infra.demo.geography.sketch import highways, read_sketch
from infra.demo.geography.warnings import hazards, power_lines
from infra.demo.geography.water import named_waters
from infra.demo.geography.ways import Way, inside, outside
from infra.demo.geography.zones import Division, divide

# As far a river along the border may lie outside.
_OVERHANG_M = 2_500.0
_SPECK_DEG2 = 1e-8
_SMALLEST_BLOCK_M2 = 900.0
_GREAT = frozenset({"motorway", "trunk", "primary", "secondary"})


def build_province(ground: Ground) -> list[Feature]:
    """Every feature of the demo landscape in degrees, the same on each run."""
    builder = _Builder(ground)
    return _in_degrees(_inside(builder.features(), builder.outline))


@dataclass
class _Builder:
    """Lays one thing over the other; all in the province's metres."""

    ground: Ground

    def __post_init__(self) -> None:
        self.sketch = read_sketch()
        self.outline = PROVINCE.to_metres(self.ground.outline)
        self.courses = named_waters(self.sketch)
        water = shapely.union_all([course.surface for course in self.courses])
        self.settlements = settlements_of(self.sketch, self.ground, water)
        self.division = self._divide()
        self.rivers = shapely.union_all(
            [course.surface for course in self.courses if course.water_class == "river"]
        )
        self.grids = [
            Grid(zone, is_orchard=self._is_orchard(zone.area)) for zone in self.division.zones
        ]
        self.coast = self._coast()

    def _divide(self) -> Division:
        towns = [each.outline.buffer(30) for each in self.settlements if each.is_town]
        centres = [
            (commune.name, PROVINCE.to_metres(shapely.Point(commune.lon, commune.lat)).coords[0])
            for commune in self.ground.communes
        ]
        return divide(self.outline, self.courses, centres, shapely.union_all(towns))

    def _is_orchard(self, area: BaseGeometry) -> bool:
        """The old gardens between the two great rivers, where creeks wind."""
        x, y = area.centroid.coords[0]
        return bool(x < -9_000 and y < -8_500)  # noqa: PLR2004 - south of the Tiền

    def _coast(self) -> BaseGeometry:
        """The shore of the sea: the border's eastern part."""
        east = shapely.box(84_500, -60_000, 120_000, 60_000)
        return self.outline.boundary.intersection(east).difference(self.rivers.buffer(400))

    def features(self) -> list[Feature]:
        """The whole province, base first."""
        land_border = self.outline.boundary.difference(self.rivers.buffer(420))
        lie = Lie(
            self.outline,
            self.rivers,
            [*self.courses, *self.division.canals],
            shapely.difference(land_border, self.coast.buffer(5)),
        )
        ways = lay_roads(highways(self.sketch), self.grids, self.settlements, lie)
        ditches = self._ditches()
        kept = self._kept(ways)
        edges, half = edges_of(ways)
        built = numpy.concatenate(
            [
                shapely.buffer(edges, half + 2, quad_segs=1),
                [each.outline for each in self.settlements],
            ]
        )
        wet = [course.surface for course in [*self.courses, *self.division.canals]]
        taken = Taken(
            ways,
            edges_of(ditches)[0],
            shapely.union_all([*wet, *(feature.geometry for feature in kept)]),
        )
        lay = Lay(self.rivers, self.coast)
        return [
            *self._waters(),
            *(_ditch(way) for way in ditches),
            *(feature for grid in self.grids for feature in greens_of(grid, lay, built)),
            *generalised(self.grids, self.division.scraps, lay),
            *kept,
            *self._roads(ways),
            *(Feature("house", "", house, {}) for house in houses(self.settlements, taken)),
            *power_lines(self.sketch, self.settlements, ways, self.outline),
            *hazards(self.settlements, self.courses, self.outline),
        ]

    def _kept(self, ways: Sequence[Way]) -> list[Feature]:
        """The blocks for schools, markets and parks, cut back where a great road passes."""
        found = [feature for each in self.settlements for feature in each.kept]
        edges, half = edges_of([way for way in ways if way.road_class in _GREAT])
        roads = shapely.buffer(edges, half + 6)
        shapes = without(numpy.array([each.geometry for each in found], dtype=object), roads)
        return [
            Feature(
                feature.kind,
                feature.name,
                max(parts, key=lambda part: part.area),
                feature.properties,
            )
            for feature, shape in zip(found, shapes, strict=True)
            if len(parts := shapely.get_parts(shape)) and shape.area > _SMALLEST_BLOCK_M2
        ]

    def _waters(self) -> list[Feature]:
        """The named waters; a river that is the border keeps its whole width."""
        whole = self.outline.buffer(_OVERHANG_M)
        return [
            Feature("water", course.name, part, {"class": course.water_class})
            for course in [*self.courses, *self.division.canals]
            for part in shapely.get_parts(course.surface.intersection(whole))
            if part.geom_type == "Polygon" and part.area > 1
        ]

    def _ditches(self) -> list[Way]:
        rims = numpy.array([each.outline for each in self.settlements], dtype=object)
        found = [
            way
            for grid in self.grids
            for way in inside(grid.ditches(), numpy.array([grid.zone.area]))
        ]
        return outside(found, rims)

    def _roads(self, ways: Sequence[Way]) -> list[Feature]:
        return [Feature("road", way.name, way.line, _properties(way)) for way in ways]


def _ditch(way: Way) -> Feature:
    surface = way.line.buffer(DITCH_HALF_M, cap_style="square", quad_segs=2)
    return Feature("water", way.name, surface, {"class": "ditch"})


def _properties(way: Way) -> dict[str, object]:
    more: dict[str, object] = {"ref": way.ref} if way.ref else {}
    return {"class": way.road_class} | more | ({"avenue": True} if way.is_avenue else {})


def _inside(features: list[Feature], outline: BaseGeometry) -> list[Feature]:
    """The features without what a buffer or a shortcut has put beyond the province's border."""
    shapely.prepare(outline)
    whole = shapely.covers(outline, [feature.geometry for feature in features])
    done = []
    for feature, is_whole in zip(features, whole, strict=True):
        if is_whole or feature.properties.get("class") == "river":
            done.append(feature)
            continue
        kind = feature.geometry.geom_type
        done += [
            replace(feature, geometry=part)
            for part in shapely.get_parts(feature.geometry.intersection(outline))
            if part.geom_type == kind and part.length > 1
        ]
    return done


def _in_degrees(features: list[Feature]) -> list[Feature]:
    """All of them in degrees; what rounding has made touch itself is taken apart."""
    geometries = numpy.array([feature.geometry for feature in features], dtype=object)
    placed: NDArray[Any] = PROVINCE.to_degrees(geometries)
    sound = shapely.is_valid(placed)
    return [
        Feature(feature.kind, feature.name, part, feature.properties)
        for feature, geometry, is_sound in zip(features, placed, sound, strict=True)
        for part in ([geometry] if is_sound else _mended(geometry))
    ]


def _mended(geometry: BaseGeometry) -> list[BaseGeometry]:
    parts = shapely.get_parts(shapely.make_valid(geometry))
    return [part for part in parts if part.geom_type == "Polygon" and part.area > _SPECK_DEG2]
