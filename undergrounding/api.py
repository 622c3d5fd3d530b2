"""Routes by API, to read: the same selectors as the pages, lines as GeoJSON (EPSG:4326)."""

from datetime import date
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from infra.ground.paging import stretch
from infra.people.access.people import person_of
from undergrounding import geometry
from undergrounding.models import Route
from undergrounding.selectors.facts import vertices_of
from undergrounding.selectors.routes import RouteQuestion, routes_for, with_length

router = Router(tags=["routes"])


class LineString(Schema):
    """A GeoJSON line, [longitude, latitude]."""

    type: str = "LineString"
    coordinates: list[tuple[float, float]]


class RouteOut(Schema):
    """One route in a list; length in metres on the ellipsoid."""

    uuid: UUID
    code: str
    name: str
    street: str
    state: str
    state_label: str
    planned_year: int | None
    scheme: str | None
    length_m: float
    version: int


class RoutePage(Schema):
    """A stretch of the list, and how many there are."""

    count: int
    items: list[RouteOut]


class SegmentOut(Schema):
    """One segment, between two chainages in metres."""

    number: int
    from_m: float
    to_m: float
    length_m: float
    method: str
    surface: str
    cover_depth_m: float | None
    duct_count: int | None


class DecisionOut(Schema):
    """What the provincial committee ruled, and the mark of the line it ruled on."""

    outcome: str
    number: str
    decided_on: date
    length_m: float
    geometry_sha256: str


class RouteWhole(RouteOut):
    """A route with its line, segments and decision."""

    geometry: LineString
    segments: list[SegmentOut]
    decision: DecisionOut | None


@router.get("", response=RoutePage, url_name="routes")
def list_routes(
    request: HttpRequest,
    *,
    state: str = "",
    q: str = "",
    year: int | None = None,
    offset: int = 0,
    limit: int = 50,
) -> dict[str, Any]:
    """The routes the caller may see, by code; at most 200 at once."""
    rows = routes_for(person_of(request), RouteQuestion(text=q, state=state, year=year))
    shown = stretch(rows, offset, limit)
    return {"count": rows.count(), "items": [_out(row) for row in shown]}


@router.get("/{uuid:uuid}", response=RouteWhole, url_name="route")
def one_route(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """One route whole; one the caller may not see is 404."""
    rows = with_length(Route.objects.visible_to(person_of(request)).current())
    route = get_object_or_404(rows.select_related("scheme", "decision"), uuid=uuid)
    marks = geometry.chainages(vertices_of(route.geometry))
    return {
        **_out(route),
        "geometry": {"coordinates": vertices_of(route.geometry)},
        "segments": [
            {
                "number": segment.order + 1,
                "from_m": marks[segment.start_vertex],
                "to_m": marks[segment.end_vertex],
                "length_m": segment.length_m,
                "method": segment.method,
                "surface": segment.surface,
                "cover_depth_m": segment.cover_depth_m,
                "duct_count": segment.duct_count,
            }
            for segment in route.segments.all()
        ],
        "decision": getattr(route, "decision", None),
    }


def _out(row: Any) -> dict[str, Any]:
    return {
        "uuid": row.uuid,
        "code": row.code,
        "name": row.name,
        "street": row.street,
        "state": row.state,
        "state_label": row.get_state_display(),
        "planned_year": row.planned_year,
        "scheme": row.scheme.code if row.scheme else None,
        "length_m": row.length_m,
        "version": row.version,
    }
