"""The route editor: its page, and the one address that saves a drawing."""

import json
from http import HTTPStatus
from typing import Any
from uuid import UUID, uuid4

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from infra.ground.answers import answer_to, problem_answer
from infra.ground.choices import OrganisationKind, Role
from infra.ground.errors import Problem, Refused, TooLarge
from infra.ground.versions import StaleVersion
from infra.map.widget import map_config
from infra.models import Organisation
from infra.people.access.decorators import role_required, sign_in_required
from infra.people.access.people import person_of
from infra.places.territory.selectors import limits_on
from undergrounding.choices import Method, Surface
from undergrounding.drawing import read_save
from undergrounding.models import Route, Scheme
from undergrounding.permissions import may_edit, may_plan
from undergrounding.rules.depth import LIMIT_OF_SURFACE
from undergrounding.selectors.facts import findings_on
from undergrounding.selectors.rates import rates_on
from undergrounding.sentences import finding_for_page
from undergrounding.services.routes import route_save

MOST_BYTES = 2_000_000
DUCT_OWNERS = (
    OrganisationKind.OPERATOR,
    OrganisationKind.TOWER_COMPANY,
    OrganisationKind.CABLE_TV,
    OrganisationKind.POWER_COMPANY,
    OrganisationKind.DEPARTMENT,
)


@require_GET
@role_required(Role.PLANNER)
def route_new(request: HttpRequest) -> HttpResponse:
    """An empty sheet; its UUID is made here, so a save that is repeated is one route."""
    return _editor(request, Route(uuid=uuid4()), can_edit=True)


@require_GET
@role_required(Role.PLANNER)
def route_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A drawing to go on with; one that is no longer a draft opens to look at."""
    route = get_object_or_404(Route.objects.visible_to(request.user), uuid=uuid)
    return _editor(request, route, can_edit=may_edit(request.user, route))


@require_POST
@sign_in_required
def route_save_drawing(request: HttpRequest, uuid: UUID) -> JsonResponse:
    """Save a drawing sent as JSON: 200 as it stands now, 409 with theirs, 422 with sentences."""
    if not may_plan(request.user):
        return problem_answer(HTTPStatus.FORBIDDEN, "forbidden", [_("Only planners draw routes.")])
    try:
        route = route_save(actor=person_of(request), uuid=uuid, save=read_save(_body(request)))
    except StaleVersion as stale:
        return answer_to(stale, **saved(stale.current))
    except Problem as problem:
        return answer_to(problem)
    return JsonResponse(saved(route))


def saved(route: Route) -> dict[str, Any]:
    """A stored route as the editor takes it: drawing, fields, findings, addresses."""
    findings = findings_on(route, timezone.localdate())
    return {
        "version": route.version,
        "route_code": route.code,
        "drawing": drawing_of(route),
        "fields": _fields_of(route),
        "findings": [finding_for_page(finding) for finding in findings],
        "urls": {
            "detail": reverse("undergrounding:route_detail", args=[route.uuid]),
            "editor": reverse("undergrounding:route_edit", args=[route.uuid]),
        },
    }


def drawing_of(route: Route) -> dict[str, Any]:
    """Vertices exactly as stored, and segments by vertex index."""
    return {
        "vertices": [[vertex[0], vertex[1]] for vertex in route.geometry.coords],
        "segments": [
            {
                "start": segment.start_vertex,
                "end": segment.end_vertex,
                "method": segment.method,
                "surface": segment.surface,
                "cover_depth_m": None
                if segment.cover_depth_m is None
                else float(segment.cover_depth_m),
                "duct_count": segment.duct_count,
                "note": segment.note,
            }
            for segment in route.segments.all()
        ],
    }


def _body(request: HttpRequest) -> Any:
    if len(request.body) > MOST_BYTES:
        raise TooLarge(_("The drawing is too large. Divide it into two routes."))
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError):
        raise Refused(_("The drawing could not be read. Reload the page and try again.")) from None


def _editor(request: HttpRequest, route: Route, *, can_edit: bool) -> HttpResponse:
    focus = route.geometry if route.pk else None
    context = {
        "route": route,
        "can_edit": can_edit,
        "data": _page_data(route, can_edit=can_edit),
        "map": map_config(request, layers=[], focus=focus, editable=True, keep_address=False),
        "schemes": Scheme.objects.order_by("-starts_on"),
        "owners": Organisation.objects.filter(is_active=True, kind__in=DUCT_OWNERS),
        "back": reverse("undergrounding:route_detail", args=[route.uuid])
        if route.pk
        else reverse("undergrounding:route_list"),
    }
    return render(request, "undergrounding/route_editor.html", context)


def _page_data(route: Route, *, can_edit: bool) -> dict[str, Any]:
    today = timezone.localdate()
    known = bool(route.pk)
    drawing = drawing_of(route) if known else {"vertices": [], "segments": []}
    findings = findings_on(route, today) if known else []
    return {
        "canEdit": can_edit,
        "route": {
            "uuid": str(route.uuid),
            "isNew": not known,
            "version": route.version if known else None,
            **drawing,
            **(_fields_of(route) if known else {}),
        },
        "urls": {
            "save": reverse("undergrounding:route_save", args=[route.uuid]),
            "list": reverse("undergrounding:route_list"),
            "detail": reverse("undergrounding:route_detail", args=[route.uuid]) if known else None,
            "roads": reverse("map:geojson", args=["roads"]),
            "routes": reverse("map:geojson", args=["routes"]),
        },
        "methods": _choices(Method),
        "surfaces": _choices(Surface),
        "rates": {
            method: {
                "vnd_per_m": int(rate.vnd_per_m),
                "source": rate.source,
                "confidence": rate.confidence,
            }
            for method, rate in rates_on(today).items()
        },
        "limits": {
            surface: {"value": limit.value, "instrument": limit.citation.instrument}
            for surface, code in LIMIT_OF_SURFACE.items()
            if (limit := limits_on(code, today))
        },
        "findings": [finding_for_page(finding) for finding in findings],
    }


def _fields_of(route: Route) -> dict[str, Any]:
    return {
        "name": route.name,
        "street": route.street,
        "scheme": route.scheme.code if route.scheme else "",
        "planned_year": route.planned_year or "",
        "duct_owner": route.duct_owner.code if route.duct_owner else "",
        "note": route.note,
    }


def _choices(kind: type[Method] | type[Surface]) -> list[dict[str, str]]:
    return [{"value": value, "label": str(label)} for value, label in kind.choices]
