"""A town or village centre: its streets, the blocks it keeps, its warnings and power lines."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.frame import PROVINCE, Feature, Frame
from infra.demo.geography.streets import Street, Town
from infra.demo.geography.ways import Way

# Which block, counted from the centre, is kept for what; names are illustrative.
_OF_TOWN: dict[int, tuple[str, str]] = {
    3: ("green", "Công viên trung tâm"),
    5: ("house", "Chợ {town} (minh họa)"),
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
_OF_VILLAGE: dict[int, tuple[str, str]] = {
    0: ("house", "Chợ {town} (minh họa)"),
    1: ("green", "Hoa viên {town}"),
    3: ("school", "Trường tiểu học {town} (minh họa)"),
    5: ("hospital", "Trạm y tế {town} (minh họa)"),
    8: ("school", "Trường THCS {town} (minh họa)"),
}
_SHRINE = {11: ("heritage", "Đình {town} (di tích minh họa)")}


@dataclass(frozen=True)
class Settlement:
    """A town's or village centre's parts in the province's metres."""

    town: Town
    is_town: bool
    is_old: bool
    centre: tuple[float, float]
    outline: BaseGeometry
    streets: list[Way]
    kept: list[Feature]
    corners: NDArray[Any]
    power: list[Feature]
    erosion: list[Feature]


def settle(town: Town, frame: Frame, *, is_town: bool, is_old: bool) -> Settlement:
    """Lay out the whole of it; an old one is the drawn town that other demo rows refer to."""

    def placed(geometry: Any) -> Any:
        return PROVINCE.to_metres(frame.to_degrees(geometry))

    streets = town.streets()
    ways = [
        Way(
            placed(street.line),
            "tertiary" if street.road_class == "avenue" else "residential",
            street.name,
            is_avenue=is_old and street.road_class == "avenue",
        )
        for street in streets
    ]
    corners = shapely.get_coordinates([way.line for way in ways]) if ways else numpy.empty((0, 2))

    def moved(features: Iterator[Feature]) -> list[Feature]:
        return [Feature(f.kind, f.name, placed(f.geometry), f.properties) for f in features]

    return Settlement(
        town=town,
        is_town=is_town,
        is_old=is_old,
        centre=tuple(PROVINCE.to_metres(Point(frame.lon, frame.lat)).coords[0]),
        outline=placed(town.outline()),
        streets=ways,
        kept=moved(_kept(town, is_town=is_town)),
        corners=corners,
        power=moved(_power_lines(town, streets, is_old=is_old)) if is_town else [],
        erosion=moved(_erosion(town)) if is_town else [],
    )


def _kept(town: Town, *, is_town: bool) -> Iterator[Feature]:
    blocks = town.blocks()
    shrine = _SHRINE if town.seed % 4 == 0 else {}
    for rank, (kind, label) in (_OF_TOWN if is_town else _OF_VILLAGE | shrine).items():
        if rank < len(blocks):
            properties: dict[str, object] = {"class": "park"} if kind == "green" else {}
            name = label.format(town=town.name)
            yield Feature(kind, name, blocks[rank].buffer(-11), properties)


def _power_lines(town: Town, streets: list[Street], *, is_old: bool) -> Iterator[Feature]:
    """A 110 kV line past a drawn town, and 22 kV along every other avenue."""
    reach = town.radius_m * 1.9
    far = LineString(
        [(-reach, -0.55 * reach), (-0.2 * reach, -0.62 * reach), (reach, -0.28 * reach)]
    )
    if is_old:
        yield Feature("power_line", f"Đường dây 110 kV qua {town.name}", far, {"voltage_kv": 110})
    avenues = [street for street in streets if street.road_class == "avenue"]
    for street in avenues[::2]:
        beside = street.line.parallel_offset(7.5, "left")
        if not isinstance(beside, LineString) or beside.is_empty:
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
