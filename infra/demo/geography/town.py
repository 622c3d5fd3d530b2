"""One town in full: streets, houses, schools, hospitals, parks, relics, power lines, warnings."""

import random
from collections.abc import Iterator
from dataclasses import dataclass

import shapely
from shapely.geometry import LineString, MultiLineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.buildings import clear_of, houses_along, without_overlaps
from infra.demo.geography.frame import Feature, Frame
from infra.demo.geography.streets import Street, Town

# Which block, counted from the centre, is kept for what; names are illustrative.
_KEPT_BLOCKS: dict[int, tuple[str, str]] = {
    3: ("green", "Công viên trung tâm"),
    7: ("school", "Trường THPT {town} 1 (minh họa)"),
    12: ("hospital", "Bệnh viện đa khoa {town} (minh họa)"),
    17: ("heritage", "Đình {town} (di tích minh họa)"),
    21: ("school", "Trường THCS {town} 2 (minh họa)"),
    29: ("green", "Hoa viên {town}"),
    34: ("school", "Trường tiểu học {town} 3 (minh họa)"),
    46: ("hospital", "Trạm y tế {town} (minh họa)"),
    52: ("school", "Trường mầm non {town} 4 (minh họa)"),
    66: ("green", "Sân vận động {town}"),
    78: ("school", "Trường tiểu học {town} 5 (minh họa)"),
}


@dataclass(frozen=True)
class TownPlan:
    """A town's frame and features, all in degrees."""

    frame: Frame
    streets: list[Street]
    features: list[Feature]


def _kept(blocks: list[Polygon], town: Town) -> list[Feature]:
    return [
        Feature(kind, label.format(town=town.name), blocks[rank].buffer(-11), {})
        for rank, (kind, label) in _KEPT_BLOCKS.items()
        if rank < len(blocks)
    ]


def _houses(town: Town, streets: list[Street], kept: list[Feature]) -> list[Polygon]:
    chance = random.Random(town.seed + 1)  # noqa: S311 - a landscape is no secret
    houses: list[Polygon] = []
    for street in streets:
        middle = street.line.interpolate(0.5, normalized=True)
        density = max(0.25, 0.86 - 0.62 * middle.distance(Point(0, 0)) / town.radius_m)
        houses += houses_along(street.line, street.road_class, density=density, chance=chance)
    roadway = shapely.union_all([street.line for street in streets]).buffer(5)
    closed = shapely.union_all([*(feature.geometry for feature in kept), roadway, town.water])
    return without_overlaps(clear_of(houses, closed))


def _power_lines(town: Town, streets: list[Street]) -> Iterator[Feature]:
    """A 110 kV line past the town, and 22 kV along every other avenue."""
    reach = town.radius_m * 1.9
    far = LineString(
        [(-reach, -0.55 * reach), (-0.2 * reach, -0.62 * reach), (reach, -0.28 * reach)]
    )
    yield Feature("power_line", f"Đường dây 110 kV qua {town.name}", far, {"voltage_kv": 110})
    avenues = [street for street in streets if street.road_class == "avenue"]
    for street in avenues[::2]:
        beside = street.line.parallel_offset(7.5, "left")
        if isinstance(beside, MultiLineString) or beside.is_empty:
            continue
        yield Feature("power_line", f"Đường dây 22 kV {street.name}", beside, {"voltage_kv": 22})


def _erosion(town: Town) -> Iterator[Feature]:
    """Warnings on two stretches of the nearest bank."""
    near = town.water.intersection(Point(0, 0).buffer(town.radius_m * 2.2))
    banks = near.boundary
    for rank, share in enumerate((0.22, 0.61), start=1):
        spot = banks.interpolate(share, normalized=True)
        strip = banks.intersection(spot.buffer(260)).buffer(38).difference(town.water)
        if not strip.is_empty:
            yield Feature("erosion", f"Cảnh báo sạt lở {town.name} {rank} (minh họa)", strip, {})


def _fields(town: Town) -> Iterator[Feature]:
    """Paddies and orchards around the town, so that the country is not a void."""
    chance = random.Random(town.seed + 2)  # noqa: S311 - a landscape is no secret
    outside = town.outline().buffer(60).union(town.water.buffer(30))
    for _ in range(46):
        x, y = chance.uniform(-2.3, 2.3) * town.radius_m, chance.uniform(-2.1, 2.1) * town.radius_m
        field = shapely.affinity.rotate(
            shapely.box(x, y, x + chance.uniform(240, 620), y + chance.uniform(160, 420)),
            town.turn_deg,
        ).difference(outside)
        if field.area > 20_000:  # noqa: PLR2004 - two hectares
            yield Feature("green", "", field, {"class": chance.choice(("paddy", "orchard"))})


def plan_town(town: Town, frame: Frame) -> TownPlan:
    """The whole town."""
    streets = town.streets()
    kept = _kept(town.blocks(), town)
    features = [
        *kept,
        *(
            Feature("road", street.name, street.line, {"class": street.road_class})
            for street in streets
        ),
        *(Feature("house", "", house, {}) for house in _houses(town, streets, kept)),
        *_power_lines(town, streets),
        *_erosion(town),
        *_fields(town),
        Feature("urban_area", f"Đô thị {town.name} (minh họa)", town.outline(), {}),
    ]
    return TownPlan(frame, streets, [_in_degrees(frame, feature) for feature in features])


def _in_degrees(frame: Frame, feature: Feature) -> Feature:
    geometry: BaseGeometry = frame.to_degrees(feature.geometry)
    return Feature(feature.kind, feature.name, geometry, feature.properties)
