"""Power lines over land, and the zones that warn: eroding banks, border, airfield, towns."""

import random
from collections.abc import Iterator
from typing import Any

import shapely
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.frame import PROVINCE, Feature
from infra.demo.geography.town import Settlement
from infra.demo.geography.water import Course
from infra.demo.geography.ways import Way, pieces

_POLES_M = 11.0
_LIT = frozenset({"trunk", "primary"})
_BANKS_PER_RIVER = 5
_BANK_M, _BORDER_M = 45.0, 3_600.0


def power_lines(
    sketch: dict[str, Any],
    settlements: list[Settlement],
    ways: list[Way],
    outline: BaseGeometry,
) -> Iterator[Feature]:
    """High lines between substations, 22 kV in towns and beside the main roads."""
    yield from (feature for each in settlements for feature in _within(each.power, outline))
    for entry in sketch["power"]:
        line = PROVINCE.to_metres(LineString(entry["points"]))
        high = Feature("power_line", entry["name"], line, {"voltage_kv": entry["voltage_kv"]})
        yield from _within([high], outline)
    for way in ways:
        if way.road_class in _LIT:
            beside = shapely.offset_curve(way.line, _POLES_M, join_style="mitre")
            low = Feature("power_line", f"Đường dây 22 kV {way.name}", beside, {"voltage_kv": 22})
            yield from _within([low], outline)


def _within(features: list[Feature], outline: BaseGeometry) -> Iterator[Feature]:
    for feature in features:
        for piece in pieces(feature.geometry.intersection(outline)):
            yield Feature(feature.kind, feature.name, piece, feature.properties)


def hazards(
    settlements: list[Settlement], courses: list[Course], outline: BaseGeometry
) -> Iterator[Feature]:
    """Eroding banks, the border zone, the airfield's clear zone and the built-up areas."""
    found = [feature for each in settlements for feature in each.erosion]
    found += [
        bank for course in courses if course.water_class == "river" for bank in _banks(course)
    ]
    found += [_border_zone(outline), _airfield()]
    found += [
        Feature("urban_area", f"Đô thị {each.town.name} (minh họa)", each.outline, {})
        for each in settlements
        if each.is_town
    ]
    for feature in found:
        inside = feature.geometry.intersection(outline)
        for part in shapely.get_parts(inside):
            if part.geom_type == "Polygon" and part.area > 1:
                yield Feature(feature.kind, feature.name, part, feature.properties)


def _banks(course: Course) -> Iterator[Feature]:
    """Stretches where the river takes land."""
    chance = random.Random(len(course.name))  # noqa: S311 - a landscape is no secret
    banks = course.surface.boundary
    for rank in range(1, _BANKS_PER_RIVER + 1):
        spot = banks.interpolate(chance.random(), normalized=True)
        near = banks.intersection(spot.buffer(chance.uniform(250, 700)))
        strip = near.buffer(_BANK_M, quad_segs=3).difference(course.surface)
        name = f"Cảnh báo sạt lở {course.name} {rank} (minh họa)"
        yield Feature("erosion", name, strip, {})


def _border_zone(outline: BaseGeometry) -> Feature:
    north = PROVINCE.to_metres(shapely.box(105.15, 10.885, 105.56, 11.05))
    strip = outline.boundary.intersection(north).buffer(_BORDER_M, quad_segs=4)
    return Feature("border_zone", "Khu vực biên giới (minh họa)", strip, {})


def _airfield() -> Feature:
    """An invented clear zone, so that the aviation rule has something to find."""
    strip = LineString([(105.598, 10.493), (105.613, 10.503)]).buffer(0.004)
    return Feature(
        "airport",
        "Vùng tĩnh không minh họa",
        PROVINCE.to_metres(strip),
        {"class": "vicinity"},
    )
