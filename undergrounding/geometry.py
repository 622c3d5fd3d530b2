"""Pure geometry of a route: chainage, split, merge, snap. Vertices are (lon, lat), EPSG:4326.

Lengths and chainages are metres on the ellipsoid (infra.places.geo.measure). A segment is a
`Span`: the indices of the two vertices it runs between, so a stretch never drifts off its route.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from math import cos, radians

from shapely import LineString, Point
from shapely.affinity import scale
from shapely.ops import unary_union

from infra.places.geo.measure import ELLIPSOID

Vertex = tuple[float, float]
SAME_PLACE_M = 0.01


@dataclass(frozen=True)
class Span:
    """A stretch between two vertices of a route, by index."""

    start: int
    end: int


@dataclass(frozen=True)
class Projection:
    """The place on a line nearest to a point: edge, place, chainage and distance in metres."""

    edge: int
    vertex: Vertex
    chainage_m: float
    offset_m: float


def distance_m(a: Vertex, b: Vertex) -> float:
    """Metres on the ellipsoid between two places."""
    return float(ELLIPSOID.inv(*a, *b)[2])


def chainages(vertices: Sequence[Vertex]) -> list[float]:
    """Metres from the start at each vertex."""
    return list(accumulate((distance_m(a, b) for a, b in pairwise(vertices)), initial=0.0))


def length(vertices: Sequence[Vertex]) -> float:
    """Length in metres."""
    return chainages(vertices)[-1] if vertices else 0.0


def span_vertices(vertices: Sequence[Vertex], span: Span) -> list[Vertex]:
    """The vertices of one stretch, both ends included."""
    return list(vertices[span.start : span.end + 1])


def project(vertices: Sequence[Vertex], place: Vertex) -> Projection:
    """The place on the line nearest to `place`."""
    marks = chainages(vertices)
    best: Projection | None = None
    for edge, (a, b) in enumerate(pairwise(vertices)):
        foot = _foot(a, b, place)
        offset = distance_m(place, foot)
        if best is None or offset < best.offset_m:
            best = Projection(edge, foot, marks[edge] + distance_m(a, foot), offset)
    if best is None:
        message = "A line has at least two vertices"
        raise ValueError(message)
    return best


def covers(spans: Sequence[Span], vertex_count: int) -> bool:
    """Whether the stretches follow each other from the first vertex to the last, without gaps."""
    if not spans or any(span.end <= span.start for span in spans):
        return False
    joined = all(a.end == b.start for a, b in pairwise(spans))
    return joined and spans[0].start == 0 and spans[-1].end == vertex_count - 1


def self_crossings(vertices: Sequence[Vertex]) -> list[Vertex]:
    """Places where the line meets itself, other than at neighbouring vertices and a closed end.

    Empty exactly where the database takes the line for simple: one that only runs back over itself
    has no crossing, so there the ends of its stretches are given.
    """
    line = LineString(vertices)
    if line.is_simple:
        return []
    noded = unary_union(line)
    parts = getattr(noded, "geoms", [noded])
    count: dict[Vertex, int] = {}
    for part in parts:
        for end in (part.coords[0], part.coords[-1]):
            count[(end[0], end[1])] = count.get((end[0], end[1]), 0) + 1
    return [vertex for vertex, ends in count.items() if ends > 2] or [*count]  # noqa: PLR2004


def repeated_vertices(vertices: Sequence[Vertex]) -> list[int]:
    """Indices of vertices that lie on the one before."""
    return [
        index + 1
        for index, (a, b) in enumerate(pairwise(vertices))
        if distance_m(a, b) < SAME_PLACE_M
    ]


def _between(a: Vertex, b: Vertex, share: float) -> Vertex:
    return (a[0] + (b[0] - a[0]) * share, a[1] + (b[1] - a[1]) * share)


def _foot(a: Vertex, b: Vertex, place: Vertex) -> Vertex:
    """The nearest place on one edge, judged in a plane stretched to the latitude."""
    squeeze = cos(radians(place[1]))
    edge = scale(LineString([a, b]), xfact=squeeze, origin=(0, 0))
    if edge.length == 0:
        return a
    share = edge.project(Point(place[0] * squeeze, place[1]), normalized=True)
    if share in {0.0, 1.0}:
        return b if share else a
    return _between(a, b, share)
