"""Where people live: dense in towns, in rows along roads and canals elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.buildings import (
    Plots,
    clear_of,
    edges_of,
    houses_on,
    plots_along,
    without_overlaps,
)
from infra.demo.geography.town import Settlement
from infra.demo.geography.ways import MAIN, Way, outside

_TOWN_PITCH_M, _COUNTRY_PITCH_M = 9.4, 17.0
_CLEARANCE_M, _FROM_DITCH_M = 1.5, 6.5
_VILLAGE_SHARE = 0.28  # of the stretches of road
_IN_VILLAGE, _ELSEWHERE = 0.12, 0.005
_NEAR_CENTRE, _CENTRE_REACH_M = 0.42, 700.0


@dataclass(frozen=True)
class Taken:
    """What no house may stand on: roads and ditches as lines, water and kept blocks as areas."""

    ways: Sequence[Way]
    ditches: NDArray[Any]
    areas: BaseGeometry


def houses(settlements: list[Settlement], taken: Taken) -> NDArray[Any]:
    """Every house of the province, none upon another, on a road or in water."""
    chance = numpy.random.default_rng(5)
    found = numpy.concatenate(
        [_in_towns(settlements, chance), _in_country(settlements, taken.ways, chance)]
    )
    edges, half = edges_of(taken.ways)
    lines = numpy.concatenate([edges, taken.ditches])
    clearance = numpy.concatenate(
        [half + _CLEARANCE_M, numpy.full(len(taken.ditches), _FROM_DITCH_M)]
    )
    dry = found[clear_of(found, lines, clearance, taken.areas)]
    kept: NDArray[Any] = dry[without_overlaps(dry)]
    return kept


def _in_towns(settlements: list[Settlement], chance: numpy.random.Generator) -> NDArray[Any]:
    """Row houses, thinner towards the rim."""
    ways = [way for each in settlements for way in each.streets]
    owner = numpy.array([i for i, each in enumerate(settlements) for _ in each.streets])
    plots = plots_along(ways, _TOWN_PITCH_M, chance)
    of = owner[plots.way]
    centres = numpy.array([each.centre for each in settlements])
    radii = numpy.array([each.town.radius_m for each in settlements])
    dense = numpy.array([0.86 if each.is_old else 0.44 for each in settlements])
    far = numpy.hypot(*(plots.front - centres[of]).T) / radii[of]
    wanted = numpy.maximum(0.14, dense[of] - 0.6 * far)
    built = plots.only(chance.random(len(of)) < wanted)
    return houses_on(built, chance, (5.0, 8.2), (10.0, 19.0))


def _in_country(
    settlements: list[Settlement], ways: Sequence[Way], chance: numpy.random.Generator
) -> NDArray[Any]:
    """Rows along some stretches of road, denser towards a centre, a lone house elsewhere."""
    rims = numpy.array([each.outline.buffer(20) for each in settlements], dtype=object)
    lived = [way for way in ways if way.road_class in MAIN - {"motorway"} | {"residential"}]
    plots = plots_along(outside(lived, rims), _COUNTRY_PITCH_M, chance)
    built = plots.only(chance.random(len(plots.way)) < _wanted(plots, settlements, chance))
    return houses_on(built, chance, (6.0, 10.5), (8.0, 15.0))


def _wanted(
    plots: Plots, settlements: list[Settlement], chance: numpy.random.Generator
) -> NDArray[numpy.float64]:
    _stretches, which = numpy.unique(plots.stretch, return_inverse=True)
    is_village = chance.random(len(_stretches)) < _VILLAGE_SHARE
    base = numpy.where(is_village[which], _IN_VILLAGE, _ELSEWHERE)
    centres = shapely.points([each.centre for each in settlements])
    fronts = shapely.points(plots.front)
    nearest = shapely.STRtree(centres).nearest(fronts)
    to_rim = (
        shapely.distance(fronts, centres[nearest])
        - numpy.array([each.town.radius_m for each in settlements])[nearest]
    )
    near = _NEAR_CENTRE * numpy.exp(-((numpy.maximum(to_rim, 0) / _CENTRE_REACH_M) ** 2))
    wanted: NDArray[numpy.float64] = numpy.maximum(base, near)
    return wanted
