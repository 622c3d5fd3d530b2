"""Where a mast may stand: in a yard behind a house, or on the house's roof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray

from infra.demo.geography.buildings import HALF_WIDTHS, edges
from infra.demo.geography.frame import PROVINCE, Feature
from infra.demo.geography.ground import Commune, Ground

_ASIDE_M = ((24.0, 38.0), (12.0, 22.0))  # in the country, in a town
_FROM_HOUSE_M, _FROM_ROAD_M = 4.0, 5.0
_PER_COMMUNE, _PER_TOWN = 13, 24
_CANDIDATES, _APART_M = 260, 140.0


@dataclass(frozen=True)
class Spot:
    """A place for a mast in degrees: on the ground (x, y), or on the roof beside it."""

    commune: str
    is_town: bool
    yard: tuple[float, float]
    roof: tuple[float, float]


def spots(features: Sequence[Feature], ground: Ground) -> list[Spot]:
    """So many places in each commune, nearer its centre than its border, the same on each run."""
    chance = numpy.random.default_rng(73)
    houses = _metres(features, "house")
    roofs, commune = _candidates(shapely.centroid(houses), ground, chance)
    towns = shapely.union_all(_metres(features, "urban_area"))
    shapely.prepare(towns)
    in_town = shapely.contains(towns, roofs)
    yards = _yards(roofs, in_town, features, chance)
    free = _free(yards, houses, features)
    return [
        spot
        for number, each in enumerate(ground.communes)
        for spot in _of_commune(
            each, *(part[free & (commune == number)] for part in (roofs, yards, in_town))
        )
    ]


def _candidates(
    roofs: NDArray[Any], ground: Ground, chance: numpy.random.Generator
) -> tuple[NDArray[Any], NDArray[Any]]:
    """Some houses of each commune in the order of their lots, and the commune's number."""
    luck = chance.uniform(0.15, 1.0, len(roofs))
    tree = shapely.STRtree(roofs)
    found, numbers = [], []
    for number, commune in enumerate(ground.communes):
        own = numpy.sort(tree.query(PROVINCE.to_metres(commune.area).buffer(-90), "contains"))
        centre = PROVINCE.to_metres(shapely.Point(commune.lon, commune.lat))
        # The lot of a house falls the sooner the nearer it stands to the centre.
        lots = shapely.distance(roofs[own], centre) * luck[own]
        first = own[numpy.argsort(lots, kind="stable")[:_CANDIDATES]]
        found.append(roofs[first])
        numbers.append(numpy.full(len(first), number))
    return numpy.concatenate(found), numpy.concatenate(numbers)


def _metres(features: Sequence[Feature], *kinds: str) -> NDArray[Any]:
    found = [feature.geometry for feature in features if feature.kind in kinds]
    shapes: NDArray[Any] = PROVINCE.to_metres(numpy.array(found, dtype=object))
    return shapes


def _yards(
    roofs: NDArray[Any],
    in_town: NDArray[Any],
    features: Sequence[Feature],
    chance: numpy.random.Generator,
) -> NDArray[Any]:
    """A point behind each house, away from the road it stands on."""
    roads = shapely.STRtree(edges(_metres(features, "road")))
    nearest = roads.geometries[roads.nearest(roofs)]
    foot = shapely.get_coordinates(shapely.get_point(shapely.shortest_line(nearest, roofs), 0))
    xy = shapely.get_coordinates(roofs)
    away = xy - foot
    away /= numpy.maximum(1e-6, numpy.hypot(away[:, 0], away[:, 1]))[:, None]
    country, town = (chance.uniform(*reach, len(xy)) for reach in _ASIDE_M)
    aside = numpy.where(in_town, town, country)
    points: NDArray[Any] = shapely.points(xy + away * aside[:, None])
    return points


def _free(yards: NDArray[Any], houses: NDArray[Any], features: Sequence[Feature]) -> NDArray[Any]:
    """Which yards lie on no house, road, school ground or water."""
    free = numpy.ones(len(yards), dtype=bool)
    kept = _metres(features, "water", "school", "hospital", "heritage")
    roads = edges(_metres(features, "road"))
    widest = max(HALF_WIDTHS["tertiary"], HALF_WIDTHS["residential"])
    for shapes, metres in ((houses, _FROM_HOUSE_M), (kept, 1.0), (roads, widest + _FROM_ROAD_M)):
        hit = shapely.STRtree(shapes).query(yards, predicate="dwithin", distance=metres)[0]
        free[hit] = False
    return free


def _of_commune(
    commune: Commune, roofs: NDArray[Any], yards: NDArray[Any], in_town: NDArray[Any]
) -> Iterator[Spot]:
    wanted = _PER_COMMUNE + (_PER_TOWN if commune.is_ward else 0)
    for index in _apart(yards)[:wanted]:
        yard, roof = (PROVINCE.to_degrees(points[index]) for points in (yards, roofs))
        yield Spot(commune.label, bool(in_town[index]), (yard.x, yard.y), (roof.x, roof.y))


def _apart(yards: NDArray[Any]) -> list[int]:
    """Those of them, in order, that stand far enough from all before them."""
    xy = shapely.get_coordinates(yards)
    chosen: list[int] = []
    for place in range(len(xy)):
        others = xy[chosen]
        if not chosen or numpy.hypot(*(others - xy[place]).T).min() > _APART_M:
            chosen.append(place)
    return chosen
