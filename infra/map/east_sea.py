"""Whether an extent reaches the East Sea, where Hoàng Sa and Trường Sa must be shown."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from shapely.geometry import Polygon, box

Bounds = tuple[float, float, float, float]


@cache
def east_sea() -> dict[str, Any]:
    """The schematic sea, coast and archipelagos (infra/map/east_sea.json, also read by scripts)."""
    path = Path(__file__).with_suffix(".json")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def reaches_east_sea(bounds: Bounds) -> bool:
    """Whether west, south, east, north (degrees) touch the sea east of the coast."""
    return bool(Polygon(east_sea()["sea"]).intersects(box(*bounds)))


def shows_archipelagos(bounds: Bounds) -> bool:
    """Whether both archipelagos lie inside."""
    west, south, east, north = bounds
    return all(
        south <= lat <= north and west <= lon <= east
        for lat, lon in (one["center"] for one in east_sea()["archipelagos"])
    )


def needs_inset(bounds: Bounds) -> bool:
    """Whether the archipelagos must be shown in a box of their own."""
    return reaches_east_sea(bounds) and not shows_archipelagos(bounds)
