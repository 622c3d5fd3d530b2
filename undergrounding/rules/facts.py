"""What the rules of a route judge: measured values, nothing that reads a database."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from undergrounding.geometry import Vertex

GeoJSON = Mapping[str, Any]


@dataclass(frozen=True)
class SegmentFact:
    """One segment: method and surface by value, cover depth in metres, None where not told."""

    number: int
    method: str
    surface: str
    length_m: float
    cover_depth_m: float | None
    vertices: tuple[Vertex, ...]


@dataclass(frozen=True)
class WaterCrossing:
    """A stretch of the route over water, from chainage to chainage, with the segment's method."""

    name: str
    from_m: float
    to_m: float
    segment: int
    method: str
    evidence: GeoJSON


@dataclass(frozen=True)
class Territory:
    """How much of the line lies outside the province; whether the border is approximate."""

    outside_m: float
    is_approximate: bool
    evidence: GeoJSON | None = None
    source: str = ""


@dataclass(frozen=True)
class RouteFacts:
    """A whole route. `crossings` and `territory` are None where no layer is there to measure."""

    vertices: tuple[Vertex, ...]
    length_m: float
    segments: tuple[SegmentFact, ...]
    is_covered: bool
    crossings: tuple[WaterCrossing, ...] | None = None
    water_dataset: str = ""
    territory: Territory | None = None


def line(vertices: tuple[Vertex, ...]) -> GeoJSON:
    """Vertices as a GeoJSON line."""
    return {"type": "LineString", "coordinates": [list(vertex) for vertex in vertices]}
