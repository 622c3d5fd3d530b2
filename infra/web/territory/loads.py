"""Pages that load a constraint layer or the units' boundaries: send, see the trial, confirm."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infra.ground.choices import ImportState
from infra.ground.errors import Conflict, TooLarge
from infra.ground.paging import one_page
from infra.models import LayerLoad
from infra.people.access.decorators import role_required
from infra.people.access.people import person_of
from infra.places.territory import loads
from infra.places.territory.files import LayerFileError
from infra.web.territory.forms import BoundaryLoadForm, LayerLoadForm

FORMS = {True: LayerLoadForm, False: BoundaryLoadForm}


@role_required(*loads.LAYER_ROLES)
@require_http_methods(["GET", "POST"])
def layer_load_new(request: HttpRequest) -> HttpResponse:
    """Send a file that becomes a layer's next version."""
    return _new(request, is_layer=True)


@role_required(*loads.BOUNDARY_ROLES)
@require_http_methods(["GET", "POST"])
def boundary_load_new(request: HttpRequest) -> HttpResponse:
    """Send a file with the communes' boundaries."""
    return _new(request, is_layer=False)


@role_required(*loads.LAYER_ROLES)
@require_safe
def load_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Where the load stands: progress, what the trial found, or what was written."""
    load = _load(request, uuid)
    is_running = load.state in {ImportState.CHECKING, ImportState.IMPORTING}
    context = {
        "load": load,
        "job": load.job if is_running else None,
        "label": load.get_state_display(),
        "then": "reload",
        "changes": _changes(load),
        "geometries": _geometries(load),
    }
    return render(request, "infra/territory/load.html", context)


@role_required(*loads.LAYER_ROLES)
@require_POST
def load_confirm(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Have what the trial showed written."""
    load = _load(request, uuid)
    try:
        loads.load_confirm(uuid=load.uuid, actor=person_of(request))
    except Conflict as problem:
        messages.error(request, str(problem))
    return redirect("territory:load_detail", uuid=uuid)


def _load(request: HttpRequest, uuid: UUID) -> LayerLoad:
    mine = LayerLoad.objects.visible_to(person_of(request))
    return get_object_or_404(mine.select_related("job", "created_by", "dataset"), uuid=uuid)


def _new(request: HttpRequest, *, is_layer: bool) -> HttpResponse:
    form = FORMS[is_layer](request.POST or None, request.FILES or None)
    if form.is_valid() and (load := _sent(request, form)):
        return redirect("territory:load_detail", uuid=load.uuid)
    mine = LayerLoad.objects.visible_to(person_of(request)).select_related("created_by")
    page = one_page(
        mine.exclude(kind="") if is_layer else mine.filter(kind=""), request.GET.get("page")
    )
    context = {
        "form": form,
        "is_layer": is_layer,
        "page": page,
        "limit_mb": settings.UPLOAD_LIMIT_MB,
        "kept_days": loads.KEPT_DAYS,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "infra/territory/load_new.html", context, status=status)


def _sent(request: HttpRequest, form: BoundaryLoadForm) -> LayerLoad | None:
    given = form.cleaned_data
    try:
        return loads.load_start(
            kind=given.get("kind", ""),
            upload=given["file"],
            source=given["source"],
            source_date=given["source_date"],
            actor=person_of(request),
            layer_name=given["layer_name"],
            meridian=given["meridian"],
        )
    except (LayerFileError, TooLarge) as problem:
        form.add_error("file", str(problem))
    return None


def _changes(load: LayerLoad) -> list[tuple[str, Any]]:
    words = {
        "added": _("new"),
        "replaced": _("replaced"),
        "same": _("unchanged"),
        "removed": _("no longer there"),
    }
    changes = load.report.get("changes", {})
    return [(word, changes[key]) for key, word in words.items() if key in changes]


def _geometries(load: LayerLoad) -> list[tuple[str, int]]:
    words = {
        "Point": _("points"),
        "MultiPoint": _("groups of points"),
        "LineString": _("lines"),
        "MultiLineString": _("lines of several parts"),
        "Polygon": _("areas"),
        "MultiPolygon": _("areas of several parts"),
    }
    found = load.report.get("geometries", {})
    return [(words.get(name, name), count) for name, count in sorted(found.items())]
