"""Forms of what belongs to a mast: stations with antennas, assessments, leases."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from infra.files.services import attach
from infra.ground.errors import Conflict, Problem
from infra.ground.versions import seen_version
from infra.map.widget import map_config
from infra.models import User
from infra.people.access.decorators import role_required
from infra.people.access.people import person_of
from sites.models import Lease, Mast, Station, StructuralAssessment
from sites.permissions import EDITORS
from sites.register.forms import AntennaFormSet, AssessmentForm, LeaseForm, StationForm
from sites.register.selectors.detail import around
from sites.register.services.parts import (
    assessment_save,
    lease_save,
    station_delete,
    station_save,
)

PartForm = StationForm | AssessmentForm | LeaseForm
Save = Callable[[User, Mast, Any, int, dict[str, Any]], object]


def _mast(request: HttpRequest, uuid: UUID) -> Mast:
    return get_object_or_404(Mast.objects.visible_to(person_of(request)), uuid=uuid)


def _edit(  # noqa: PLR0917 - one page for three kinds of part
    request: HttpRequest,
    mast: Mast,
    form: PartForm,
    title: str | Promise,
    save: Save,
    antennas: Any = None,
) -> HttpResponse:
    """One form on a page of its own: 200, 302 when saved, 409 when stale, 422 when wrong."""
    version = seen_version(request, form.instance)
    context: dict[str, Any] = {"form": form, "mast": mast, "title": title, "version": version}
    context |= {"layout": "base.html", "antennas": antennas}
    if antennas is not None:
        context |= {"layout": "layouts/map_and_panel.html", "map": _map_of(request, mast)}
    status = 200
    if request.method == "POST":
        valid = form.is_valid() and (antennas is None or antennas.is_valid())
        status = 422
        if valid:
            data = {name: form.cleaned_data[name] for name in form.Meta.fields}
            try:
                save(person_of(request), mast, form.instance, version, data)
            except Conflict as conflict:
                form.add_error(None, conflict.sentences[0])
                status = 409
            except ValidationError as error:
                form.add_error(None, error)
            else:
                messages.success(request, _("Saved."))
                return redirect("sites:mast_detail", uuid=mast.uuid)
    return render(request, "sites/register/part_form.html", context, status=status)


def _map_of(request: HttpRequest, mast: Mast) -> dict[str, Any]:
    """Where the station stands, with the directions of the antennas on record."""
    return map_config(
        request,
        layers=["masts", "stations"],
        focus=around(mast.point),
        selected=("masts", str(mast.uuid)),
        keep_address=False,
        panel="none",
    )


def _station(
    request: HttpRequest, mast: Mast, station: Station, title: str | Promise
) -> HttpResponse:
    rows = (
        list(station.antennas.values("azimuth_deg", "height_m", "technology", "band", "eirp_w"))
        if station.pk
        else []
    )
    form = StationForm(request.POST or None, instance=station)
    antennas = AntennaFormSet(request.POST or None, initial=rows, prefix="a")

    def save(actor: User, mast: Mast, station: Station, version: int, data: dict[str, Any]) -> None:
        kept = [_antenna(one) for one in antennas if _is_kept(one)]
        station_save(
            actor=actor, mast=mast, station=station, version=version, data=data, antennas=kept
        )

    return _edit(request, mast, form, title, save, antennas)


def _is_kept(form: forms.BaseForm) -> bool:
    data = form.cleaned_data
    return not data.get("DELETE") and any(v not in (None, "") for v in _antenna(form).values())


def _antenna(form: forms.BaseForm) -> dict[str, Any]:
    return {k: v for k, v in form.cleaned_data.items() if k not in {"DELETE", "id"}}


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def station_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A new station on the mast."""
    mast = _mast(request, uuid)
    return _station(request, mast, Station(mast=mast), gettext_lazy("New station"))


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def station_change(request: HttpRequest, uuid: UUID, station: UUID) -> HttpResponse:
    """Change a station and its antennas."""
    mast = _mast(request, uuid)
    found = get_object_or_404(mast.stations, uuid=station)
    return _station(request, mast, found, gettext_lazy("Station"))


@role_required(*EDITORS)
@require_POST
def station_remove(request: HttpRequest, uuid: UUID, station: UUID) -> HttpResponse:
    """Take a station off the mast, with the reason."""
    mast = _mast(request, uuid)
    found = get_object_or_404(mast.stations, uuid=station)
    reason = request.POST.get("reason", "").strip()[:200]
    if not reason:
        messages.error(request, _("Say why."))
        return redirect("sites:station_change", uuid=uuid, station=station)
    station_delete(actor=person_of(request), station=found, reason=reason)
    messages.success(request, _("Station %s was taken off.") % found.code)
    return redirect("sites:mast_detail", uuid=uuid)


@role_required(*EDITORS)
@require_POST
def mast_file_add(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Keep a file with the mast; the department's own."""
    mast = _mast(request, uuid)
    upload = request.FILES.get("file")
    if upload is None:
        messages.error(request, _("Choose a file first."))
        return redirect("sites:mast_detail", uuid=uuid)
    try:
        kept = attach(mast, upload, person_of(request), is_internal=True)
    except Problem as problem:
        messages.error(request, " ".join(problem.sentences))
    else:
        messages.success(request, _("“%s” is kept with the mast.") % kept.name)
    return redirect("sites:mast_detail", uuid=uuid)


def _assessment(request: HttpRequest, mast: Mast, assessment: StructuralAssessment) -> HttpResponse:
    form = AssessmentForm(request.POST or None, instance=assessment)
    return _edit(
        request,
        mast,
        form,
        gettext_lazy("Structural assessment"),
        lambda actor, mast, part, version, data: assessment_save(
            actor=actor, mast=mast, assessment=part, version=version, data=data
        ),
    )


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def assessment_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A new structural assessment."""
    mast = _mast(request, uuid)
    return _assessment(request, mast, StructuralAssessment(mast=mast))


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def assessment_change(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Change a structural assessment."""
    mast = _mast(request, uuid)
    return _assessment(request, mast, get_object_or_404(mast.assessments, pk=pk))


def _lease(request: HttpRequest, mast: Mast, lease: Lease) -> HttpResponse:
    form = LeaseForm(request.POST or None, instance=lease)
    return _edit(
        request,
        mast,
        form,
        gettext_lazy("Lease"),
        lambda actor, mast, part, version, data: lease_save(
            actor=actor, mast=mast, lease=part, version=version, data=data
        ),
    )


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def lease_new(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A new lease."""
    mast = _mast(request, uuid)
    return _lease(request, mast, Lease(mast=mast))


@role_required(*EDITORS)
@require_http_methods(["GET", "POST"])
def lease_change(request: HttpRequest, uuid: UUID, pk: int) -> HttpResponse:
    """Change a lease."""
    mast = _mast(request, uuid)
    return _lease(request, mast, get_object_or_404(mast.leases, pk=pk))
