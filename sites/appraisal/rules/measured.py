"""What PostGIS measured around a proposed position: the only input of the rules, in metres."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.ground.rules import Limit

GeoJSON = dict[str, Any]
Limits = Mapping[str, Limit | None]


@dataclass(frozen=True)
class Hit:
    """One thing near the position; `geometry` and `link` are GeoJSON in EPSG:4326."""

    name: str
    distance_m: float
    geometry: GeoJSON
    link: GeoJSON | None = None
    key: str = ""
    voltage_kv: float | None = None


@dataclass(frozen=True)
class LayerHits:
    """What one constraint layer has within reach, nearest first; `count` counts all of it."""

    kind: str
    dataset: str
    hits: tuple[Hit, ...] = ()
    count: int = 0

    @property
    def nearest(self) -> Hit | None:
        """The nearest thing, or None when nothing is within reach."""
        return self.hits[0] if self.hits else None


@dataclass(frozen=True)
class Structure:
    """The mast as proposed; heights in metres, None where not given."""

    mast_class: str
    on_roof: bool
    height_m: float | None
    building_height_m: float | None
    eirp_w: float | None = None

    @property
    def total_height_m(self) -> float | None:
        """Height above ground, or None when a part of it is unknown."""
        if self.height_m is None or (self.on_roof and self.building_height_m is None):
            return None
        return self.height_m + (self.building_height_m or 0.0 if self.on_roof else 0.0)


@dataclass(frozen=True)
class Place:
    """Where the position lies: the unit found, the unit declared, how good the boundary is."""

    unit: str | None
    declared: str
    boundaries_loaded: bool
    boundary_is_approximate: bool


@dataclass(frozen=True)
class Measures:
    """Everything measured for one position.

    `fall` holds layers within the fall radius, `inside` layers that contain the position,
    `public` the nearest place where people stay, `lines` the power lines within `line_reach_m`;
    a layer that is absent has no entry.
    """

    structure: Structure
    place: Place
    neighbours: tuple[Hit, ...] = ()
    neighbour_reach_m: float = 0.0
    sees_all_masts: bool = True
    fall_radius_m: float | None = None
    fall_circle: GeoJSON | None = None
    fall: Mapping[str, LayerHits] = field(default_factory=dict)
    inside: Mapping[str, LayerHits] = field(default_factory=dict)
    public: LayerHits | None = None
    lines: LayerHits | None = None
    line_reach_m: float = 0.0

    @property
    def is_urban(self) -> bool | None:
        """Whether the position lies in an urban area; None when the layer is absent."""
        layer = self.inside.get("urban_area")
        return None if layer is None else bool(layer.count)


def features(*parts: GeoJSON | None, role: str = "evidence") -> GeoJSON | None:
    """A FeatureCollection of the geometries given, or None when there is none."""
    kept = [
        {"type": "Feature", "properties": {"role": role}, "geometry": part}
        for part in parts
        if part is not None
    ]
    return {"type": "FeatureCollection", "features": kept} if kept else None
