"""A drawing as it comes from the editor or the API: typed, and checked in plain sentences."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from math import isfinite
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from infra.ground.errors import Refused
from undergrounding.choices import Method, Surface
from undergrounding.geometry import Span, Vertex, covers, distance_m

MOST_VERTICES = 5000
DEEPEST_M = Decimal(50)
MOST_DUCTS = 200
YEARS = range(2000, 2101)


@dataclass(frozen=True)
class SegmentDrawing:
    """One stretch between two vertices; what nobody told yet is blank or None."""

    span: Span
    method: str = ""
    surface: str = ""
    cover_depth_m: Decimal | None = None
    duct_count: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Drawing:
    """A whole route as drawn: vertices (lon, lat, EPSG:4326), segments, and what is said of it."""

    name: str
    vertices: tuple[Vertex, ...]
    segments: tuple[SegmentDrawing, ...]
    street: str = ""
    scheme: str = ""
    planned_year: int | None = None
    duct_owner: str = ""
    note: str = ""


@dataclass(frozen=True)
class Save:
    """One act of saving: the drawing, the version it started from, the client's name of the act."""

    drawing: Drawing
    version: int | None
    save_id: UUID | None


def read_save(data: Any) -> Save:
    """The save in a JSON body. Raises Refused with a sentence for each thing that is wrong."""
    try:
        save_id = UUID(str(data["save_id"])) if data.get("save_id") else None
        version = None if data.get("version") is None else int(data["version"])
        drawing = _read_drawing(data)
    except (AttributeError, KeyError, TypeError, ValueError, OverflowError, InvalidOperation):
        raise Refused(_("The drawing could not be read. Reload the page and try again.")) from None
    faults = list(_faults(drawing))
    if faults:
        raise Refused(*faults)
    return Save(drawing, version, save_id)


def _read_drawing(data: Mapping[str, Any]) -> Drawing:
    return Drawing(
        name=_text(data, "name", 200),
        vertices=tuple(_vertex(place) for place in data["vertices"]),
        segments=tuple(_read_segment(segment) for segment in data["segments"]),
        street=_text(data, "street", 200),
        scheme=_text(data, "scheme", 40),
        planned_year=_whole(data.get("planned_year")),
        duct_owner=_text(data, "duct_owner", 40),
        note=_text(data, "note", 4000),
    )


def _vertex(place: Sequence[Any]) -> Vertex:
    lon, lat = place
    return float(lon), float(lat)


def _read_segment(data: Mapping[str, Any]) -> SegmentDrawing:
    depth = data.get("cover_depth_m")
    return SegmentDrawing(
        span=Span(int(data["start"]), int(data["end"])),
        method=_text(data, "method", 25),
        surface=_text(data, "surface", 15),
        cover_depth_m=None if depth in (None, "") else round(Decimal(str(depth)), 2),
        duct_count=_whole(data.get("duct_count")),
        note=_text(data, "note", 200),
    )


def _text(data: Mapping[str, Any], key: str, longest: int) -> str:
    return str(data.get(key) or "").strip()[:longest]


def _whole(value: Any) -> int | None:
    return None if value in (None, "") else int(value)


def _faults(drawing: Drawing) -> Iterator[str]:
    if not drawing.name:
        yield _("Give the route a name.")
    if len(drawing.vertices) > MOST_VERTICES:
        yield _("A route has at most %(most)s vertices. Divide it into two routes.") % {
            "most": MOST_VERTICES
        }
        return
    yield from _line_faults(drawing.vertices)
    spans = [segment.span for segment in drawing.segments]
    if not covers(spans, len(drawing.vertices)):
        yield _("The segments do not follow each other along the whole line. Reload the page.")
    if drawing.planned_year is not None and drawing.planned_year not in YEARS:
        yield _("The planned year has four figures, such as 2027.")
    for number, segment in enumerate(drawing.segments, start=1):
        yield from _segment_faults(number, segment)


def _line_faults(vertices: Sequence[Vertex]) -> Iterator[str]:
    if not all(_is_on_earth(vertex) for vertex in vertices):
        yield _("A vertex lies nowhere on Earth. Undo the last step and try again.")
    elif len(vertices) < 2 or all(distance_m(vertices[0], v) == 0 for v in vertices):  # noqa: PLR2004
        yield _("Click at least two different places: a route has a start and an end.")


def _is_on_earth(vertex: Vertex) -> bool:
    lon, lat = vertex
    return isfinite(lon) and isfinite(lat) and abs(lon) <= 180 and abs(lat) <= 90  # noqa: PLR2004


def _segment_faults(number: int, segment: SegmentDrawing) -> Iterator[str]:
    told = {"segment": number}
    if segment.method and segment.method not in Method:
        yield _("Segment %(segment)s: choose a method from the list.") % told
    if segment.surface and segment.surface not in Surface:
        yield _("Segment %(segment)s: choose a surface from the list.") % told
    depth = segment.cover_depth_m
    if depth is not None and not 0 < depth <= DEEPEST_M:
        yield _("Segment %(segment)s: give the depth in metres, such as 0.7.") % told
    if segment.duct_count is not None and not 0 < segment.duct_count <= MOST_DUCTS:
        yield _("Segment %(segment)s: the number of ducts is from 1 to 200.") % told
