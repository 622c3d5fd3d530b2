"""Which towns and village centres the province has, and where each of them lies."""

from typing import Any

import shapely
from shapely.geometry import Point
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.frame import PROVINCE, Frame
from infra.demo.geography.ground import Commune, Ground
from infra.demo.geography.streets import Town
from infra.demo.geography.town import Settlement, settle

_WARD_RADIUS_M, _VILLAGE_RADIUS_M = 760.0, 330.0
_STREETS_PER_VILLAGE = 5


def settlements_of(sketch: dict[str, Any], ground: Ground, water: BaseGeometry) -> list[Settlement]:
    """The drawn towns first, then the centre of each commune that lies in none of them."""
    found = [_drawn(entry, sketch, water) for entry in sketch["towns"] if _lies_in(entry, ground)]
    for rank, commune in enumerate(ground.communes):
        place = PROVINCE.to_metres(Point(commune.lon, commune.lat))
        if all(each.outline.buffer(350).disjoint(place) for each in found):
            found.append(_centre(rank, commune, sketch, water))
    return found


def _lies_in(entry: dict[str, Any], ground: Ground) -> bool:
    return bool(ground.outline.contains(Point(entry["lon"], entry["lat"])))


def _drawn(entry: dict[str, Any], sketch: dict[str, Any], water: BaseGeometry) -> Settlement:
    frame = Frame(entry["lon"], entry["lat"])
    town = Town(
        key=entry["key"],
        name=entry["name"],
        radius_m=entry["radius_m"],
        block_m=(entry["block_m"][0], entry["block_m"][1]),
        turn_deg=entry["turn_deg"],
        seed=entry["seed"],
        water=_around(frame, water, entry["radius_m"] * 3),
        names=sketch["street_names"],
    )
    return settle(town, frame, is_town=True, is_old=True)


def _centre(rank: int, commune: Commune, sketch: dict[str, Any], water: BaseGeometry) -> Settlement:
    frame = Frame(commune.lon, commune.lat)
    radius = float(sketch["radius_m"].get(commune.name, 0)) or (
        _WARD_RADIUS_M if commune.is_ward else _VILLAGE_RADIUS_M
    )
    is_town = radius > 2 * _VILLAGE_RADIUS_M
    names: list[str] = sketch["street_names"]
    first = rank * _STREETS_PER_VILLAGE % len(names)
    few = (names + names)[first : first + _STREETS_PER_VILLAGE]
    town = Town(
        key=f"centre-{rank}",
        name=commune.name,
        radius_m=radius,
        block_m=(116.0, 102.0) if is_town else (96.0, 84.0),
        turn_deg=(rank * 37) % 90 - 45,
        seed=100 + rank,
        water=_around(frame, water, radius * 3),
        names=names if is_town else few,
    )
    return settle(town, frame, is_town=is_town, is_old=False)


def _around(frame: Frame, water: BaseGeometry, reach_m: float) -> BaseGeometry:
    """The water near a centre, in its own metres."""
    window = PROVINCE.to_metres(Point(frame.lon, frame.lat)).buffer(reach_m)
    near = shapely.intersection(water, window.envelope)
    metres: BaseGeometry = frame.to_metres(PROVINCE.to_degrees(near))
    return metres.intersection(Point(0, 0).buffer(reach_m))
