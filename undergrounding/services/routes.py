"""Routes written whole: line and segments in one transaction, idempotent, never over another's."""

from typing import Any
from uuid import UUID

from django.contrib.gis.geos import LineString
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.errors import Refused
from infra.ground.locks import hold
from infra.ground.numbering import next_code
from infra.ground.versions import refuse_stale
from infra.models import Organisation, User
from infra.places.geo.crs import WGS84_SRID
from infra.places.territory.selectors import units_on
from infra.work.history import because
from infra.work.history.last import last_change
from undergrounding import geometry
from undergrounding.drawing import Drawing, Save, SegmentDrawing
from undergrounding.models import Route, Scheme, Segment
from undergrounding.permissions import may_edit, may_plan


@transaction.atomic
def route_save(*, actor: User, uuid: UUID, save: Save) -> Route:
    """Create the route of this UUID or replace its drawing; the same save_id twice is one save.

    Raises PermissionDenied, Refused (no longer a draft, outside the province) or StaleVersion,
    whose `current` is the route as it stands.
    """
    if not may_plan(actor):
        raise PermissionDenied
    hold(f"route:{uuid}")  # of two first saves at once the second finds what the first made
    route = Route.objects.select_for_update().filter(uuid=uuid).first()
    if route and save.save_id and route.last_save_id == save.save_id:
        return route
    if route is None:
        return _create(actor, uuid, save)
    if not may_edit(actor, route):
        _refuse_editing(actor, route)
    advice = _("Your drawing is kept here. Choose which one goes on.")
    refuse_stale(route, save.version, last_change, advice=advice)
    because(_("Drawing saved"))
    route.version += 1
    return _write(route, save)


@transaction.atomic
def route_archive(*, actor: User, route: Route) -> Route:
    """Put a draft aside; `route_restore` takes it back. Raises PermissionDenied."""
    route = Route.objects.select_for_update().get(pk=route.pk)
    if not may_edit(actor, route):
        _refuse_editing(actor, route)
    because(_("Put aside"))
    return _set_archived(route, archived=True)


@transaction.atomic
def route_restore(*, actor: User, route: Route) -> Route:
    """Take a draft back that was put aside. Raises PermissionDenied."""
    if not may_plan(actor):
        raise PermissionDenied
    route = Route.objects.select_for_update().get(pk=route.pk)
    because(_("Taken back"))
    return _set_archived(route, archived=False)


def _set_archived(route: Route, *, archived: bool) -> Route:
    route.archived_at = timezone.now() if archived else None
    route.version += 1
    route.save(update_fields=["archived_at", "version", "updated_at"])
    return route


def _create(actor: User, uuid: UUID, save: Save) -> Route:
    because(_("Route drawn"))
    code = next_code(Route.objects.all(), "NH", timezone.localdate())
    route = Route(uuid=uuid, created_by=actor, code=code)
    return _write(route, save)


def _refuse_editing(actor: User, route: Route) -> None:
    if not may_plan(actor):
        raise PermissionDenied
    if route.archived_at:
        raise Refused(_("This route was put aside. Take it back before you draw on."))
    raise Refused(
        _("This route stands at “%(state)s” and can no longer be drawn on.")
        % {"state": route.get_state_display()}
    )


def _write(route: Route, save: Save) -> Route:
    drawing = save.drawing
    line = LineString(drawing.vertices, srid=WGS84_SRID)
    _refuse_outside(line)
    route.name, route.street, route.note = drawing.name, drawing.street, drawing.note
    route.planned_year = drawing.planned_year
    route.scheme = _named(Scheme, drawing.scheme)
    route.duct_owner = _named(Organisation, drawing.duct_owner)
    route.geometry = line
    route.last_save_id = save.save_id
    route.save()
    _write_segments(route, drawing)
    return route


def _named(model: Any, code: str) -> Any:
    return model.objects.filter(code=code).first() if code else None


def _refuse_outside(line: LineString) -> None:
    bounded = units_on().filter(boundary__isnull=False)
    if bounded.exists() and not bounded.filter(boundary__intersects=line).exists():
        raise Refused(
            _("The line lies outside the province. Check the coordinates, or draw it again.")
        )


def _write_segments(route: Route, drawing: Drawing) -> None:
    """Touch only rows that changed: each touched row is a line of history."""
    standing = {segment.order: segment for segment in route.segments.all()}
    for order, part in enumerate(drawing.segments):
        fresh = _segment(route, order, part, drawing.vertices)
        known = standing.pop(order, None)
        if known is None:
            fresh.save()
        elif _told(known) != _told(fresh):
            fresh.pk = known.pk
            fresh.save()
    for left in standing.values():
        left.delete()


def _segment(
    route: Route, order: int, part: SegmentDrawing, vertices: tuple[geometry.Vertex, ...]
) -> Segment:
    places = geometry.span_vertices(vertices, part.span)
    return Segment(
        route=route,
        order=order,
        start_vertex=part.span.start,
        end_vertex=part.span.end,
        geometry=LineString(places, srid=WGS84_SRID),
        length_m=geometry.length(places),
        method=part.method,
        surface=part.surface,
        cover_depth_m=part.cover_depth_m,
        duct_count=part.duct_count,
        note=part.note,
    )


def _told(segment: Segment) -> tuple[object, ...]:
    return (
        segment.start_vertex,
        segment.end_vertex,
        segment.geometry.coords,
        segment.method,
        segment.surface,
        segment.cover_depth_m,
        segment.duct_count,
        segment.note,
    )
