"""The list of routes beside their map, one route whole, and putting a draft aside."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from infra.cases.documents.selectors import documents_of
from infra.ground.choices import DocumentState, Role
from infra.ground.paging import one_page
from infra.map.widget import map_config
from infra.people.access.decorators import role_required, sign_in_required
from infra.people.access.people import person_of
from undergrounding import geometry
from undergrounding.forms.filters import RouteFilterForm
from undergrounding.models import Route
from undergrounding.permissions import may_edit, may_plan
from undergrounding.selectors.facts import findings_on, vertices_of
from undergrounding.selectors.history import history_of
from undergrounding.selectors.progress import progress_of, tally
from undergrounding.selectors.rates import estimate_of
from undergrounding.selectors.routes import (
    communes_of,
    extent_of,
    facts_of_list,
    roomy,
    routes_for,
)
from undergrounding.sentences import finding_for_page
from undergrounding.services.routes import route_archive, route_restore


@require_GET
@sign_in_required
def route_list(request: HttpRequest) -> HttpResponse:
    """Routes that answer the question in the address, their kilometres beside the plans'."""
    form = RouteFilterForm(request.GET, user=request.user)
    question = form.question()
    rows = routes_for(request.user, question)
    facts = facts_of_list(rows)
    focus = extent_of(rows)
    context = {
        "form": form,
        "page": one_page(rows, request.GET.get("page")),
        "total": tally(facts),
        "progress": progress_of(Route.objects.visible_to(request.user).current()),
        "is_asked": any(request.GET.get(name) for name in form.fields),
        "may_plan": may_plan(request.user),
        "map": map_config(
            request,
            layers=["routes"],
            focus=focus,
            filters={"routes": form.map_filters()},
            keep_address=False,
        ),
    }
    return render(request, "undergrounding/route_list.html", context)


@require_GET
@sign_in_required
def route_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One route: map, segments, cost, rules, documents, decision, history."""
    rows = Route.objects.visible_to(request.user).select_related("scheme", "duct_owner")
    route = get_object_or_404(rows, uuid=uuid)
    today = timezone.localdate()
    is_department = request.user.is_authenticated and request.user.is_department
    context = {
        "route": route,
        "length_m": geometry.length(vertices_of(route.geometry)),
        "segments": _segments(route),
        "communes": communes_of(route),
        "decision": getattr(route, "decision", None),
        "may_edit": may_edit(request.user, route),
        "may_restore": may_plan(request.user) and route.archived_at is not None,
        "is_department": is_department,
        "map": map_config(
            request,
            layers=["routes", "segments"],
            focus=roomy(route.geometry.extent),
            keep_address=False,
        ),
    }
    if is_department:
        context |= {
            "estimate": estimate_of(route, today),
            "findings": [finding_for_page(finding) for finding in findings_on(route, today)],
            "history": history_of(route),
            "documents": documents_of(route),
            "signed": documents_of(route).filter(state=DocumentState.SIGNED).first(),
        }
    return render(request, "undergrounding/route_detail.html", context)


@require_POST
@role_required(Role.PLANNER)
def route_put_aside(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Put a draft aside; the page then offers to take it back."""
    route = get_object_or_404(Route.objects.visible_to(request.user), uuid=uuid)
    route_archive(actor=person_of(request), route=route)
    messages.success(request, _("“%(name)s” was put aside.") % {"name": route.name})
    return redirect("undergrounding:route_detail", uuid=uuid)


@require_POST
@role_required(Role.PLANNER)
def route_take_back(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take a draft back that was put aside."""
    route = get_object_or_404(Route.objects.visible_to(request.user), uuid=uuid)
    route_restore(actor=person_of(request), route=route)
    messages.success(request, _("“%(name)s” is a draft again.") % {"name": route.name})
    return redirect("undergrounding:route_detail", uuid=uuid)


def _segments(route: Route) -> list[dict[str, Any]]:
    marks = geometry.chainages(vertices_of(route.geometry))
    return [
        {
            "segment": segment,
            "number": segment.order + 1,
            "from_m": marks[segment.start_vertex],
            "to_m": marks[segment.end_vertex],
        }
        for segment in route.segments.all()
    ]
