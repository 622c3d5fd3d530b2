"""Rivers, canals and highways of the province, from a few hand-drawn waypoints."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from infra.demo.geography.curves import smooth, wander
from infra.demo.geography.frame import Feature, Frame


@dataclass(frozen=True)
class Landscape:
    """The province-wide skeleton: lines in degrees, water as surfaces in degrees."""

    canal_lines: list[tuple[str, LineString]]
    highways: list[Feature]
    water: list[Feature]


def read_sketch() -> dict[str, Any]:
    """The hand-drawn waypoints (fixtures/landscape.json)."""
    path = Path(settings.BASE_DIR) / "fixtures" / "landscape.json"
    sketch: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return sketch


def _line(entry: dict[str, Any], sway: float) -> LineString:
    curve = smooth([(x, y) for x, y in entry["points"]])
    return wander(curve, sway, seed=len(entry["name"]))


def _surface(line: LineString, width_m: float) -> BaseGeometry:
    middle = line.centroid
    frame = Frame(middle.x, middle.y)
    banks = frame.to_metres(line).buffer(width_m / 2, quad_segs=4).simplify(3)
    return frame.to_degrees(banks)


def build_landscape(sketch: dict[str, Any]) -> Landscape:
    """Everything that is not a town."""
    water, canal_lines = [], []
    for entry in [*sketch["rivers"], *sketch["canals"]]:
        line = _line(entry, 0.004 if entry in sketch["rivers"] else 0.0015)
        kind = "river" if entry in sketch["rivers"] else "canal"
        water.append(
            Feature("water", entry["name"], _surface(line, entry["width_m"]), {"class": kind})
        )
        if kind == "canal":
            canal_lines.append((entry["name"], line))
    highways = [
        Feature("road", entry["name"], _line(entry, 0.0025), {"class": entry["class"]})
        for entry in sketch["highways"]
    ]
    return Landscape(canal_lines, highways, water)
