"""Fields, orchards, gardens and ponds: what is green on the map."""

from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.carving import without
from infra.demo.geography.frame import Feature
from infra.demo.geography.grid import Grid

SHORE_M = 100.0  # between a zone's shore and its first field stand the road, houses, gardens
_SMALLEST_M2 = 5_000.0
_POND_SHARE, _BARE_SHARE = 0.55, 0.25
_SQUARE_M = 2_600.0
_BELT_M, _FAR_M = 2_100.0, 25.0


@dataclass(frozen=True)
class Lay:
    """What decides what grows where: rivers, the sea's shore."""

    rivers: BaseGeometry
    coast: BaseGeometry


def greens_of(grid: Grid, lay: Lay, obstacles: NDArray[Any]) -> list[Feature]:
    """The fields, orchards, ponds and gardens of one zone."""
    inner = grid.zone.area.buffer(-SHORE_M, quad_segs=2)
    shapely.prepare(inner)
    chance = numpy.random.default_rng(grid.zone.number)
    parcels = _clipped(grid.parcels(), inner)
    classes = _classes(parcels, grid, lay, chance)
    gardens = _clipped(grid.gardens(), inner)
    bare = chance.random(len(gardens)) < _BARE_SHARE
    shore = _shore(grid, inner)
    whole = numpy.concatenate([parcels, gardens, shore])
    planted = numpy.where(bare, "grass", "orchard")
    names = [*classes, *planted.tolist(), *["orchard"] * len(shore)]
    features = []
    for geometry, name in zip(without(whole, obstacles), names, strict=True):
        for part in shapely.get_parts(geometry):
            if part.geom_type == "Polygon" and part.area > _SMALLEST_M2:
                kind = "water" if name == "pond" else "green"
                features.append(Feature(kind, "", part, {"class": name, "detail": "near"}))
    return features


def _clipped(polygons: NDArray[Any], area: BaseGeometry) -> NDArray[Any]:
    met = polygons[shapely.intersects(area, polygons)]
    over = ~shapely.contains(area, met)
    met[over] = shapely.intersection(met[over], area)
    clipped: NDArray[Any] = met
    return clipped


def _classes(
    parcels: NDArray[Any], grid: Grid, lay: Lay, chance: numpy.random.Generator
) -> list[str]:
    middles = shapely.centroid(parcels)
    to_river = shapely.distance(middles, lay.rivers) * chance.uniform(0.75, 1.3, len(parcels))
    to_coast = shapely.distance(middles, lay.coast)
    luck = chance.random(len(parcels))
    reach = 9_000 if grid.is_orchard else 2_100
    names = numpy.full(len(parcels), "field", dtype=object)
    names[to_river < reach] = "orchard"
    names[(luck < 0.02) & (names == "field")] = "orchard"  # noqa: PLR2004 - a share
    names[(to_coast < 4_200) & (luck < _POND_SHARE)] = "pond"  # noqa: PLR2004 - metres
    names[to_coast < 1_100] = "grass"  # noqa: PLR2004 - metres: mangrove
    return list(names)


def _shore(grid: Grid, inner: BaseGeometry) -> NDArray[Any]:
    """The gardens around the shore road, in squares, so that no shape spans a whole zone."""
    belt = grid.zone.area.buffer(-6, quad_segs=2).difference(inner.buffer(7, quad_segs=2))
    west, south, east, north = belt.bounds
    xs = numpy.arange(west, east, _SQUARE_M)
    ys = numpy.arange(south, north, _SQUARE_M)
    x, y = (values.ravel() for values in numpy.meshgrid(xs, ys))
    squares = shapely.box(x, y, x + _SQUARE_M, y + _SQUARE_M)
    shapely.prepare(belt)
    met = squares[shapely.intersects(belt, squares)]
    parts: NDArray[Any] = shapely.get_parts(shapely.intersection(met, belt))
    return parts


def generalised(grids: list[Grid], scraps: list[Any], lay: Lay) -> list[Feature]:
    """What is shown from far: whole zones as fields, the belt along the rivers as orchards."""
    found = [Feature("green", "", scrap, {"class": "orchard"}) for scrap in scraps]
    belt = lay.rivers.buffer(_BELT_M, quad_segs=3)
    for grid in grids:
        area = grid.zone.area.simplify(_FAR_M)
        green = area if grid.is_orchard else area.intersection(belt)
        for name, shape in (("orchard", green), ("field", area.difference(green))):
            found += [
                Feature("green", "", part, {"class": name, "detail": "far"})
                for part in shapely.get_parts(shape)
                if part.geom_type == "Polygon" and part.area > 10 * _SMALLEST_M2
            ]
    return found
