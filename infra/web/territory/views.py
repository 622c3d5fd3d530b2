"""Pages about places: units on a date with their map, and the constraint layers with sources."""

import json
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.contrib.gis.geos import GEOSGeometry
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from infra.ground.choices import ConstraintKind, UnitLevel
from infra.map.widget import map_config
from infra.models import AdministrativeUnit, ConstraintDataset
from infra.people.access.decorators import sign_in_required
from infra.people.access.people import person_of
from infra.places.territory.loads import BOUNDARY_ROLES, LAYER_ROLES
from infra.places.territory.selectors import (
    predecessors_of,
    successors_of,
    units_named,
    units_on,
)
from infra.web.territory.forms import PlaceLookupForm, UnitSearchForm

DRAWN_TOLERANCE_DEG: Final = 0.0003  # 30 m, below a pixel at the zoom of a whole commune


@dataclass(frozen=True)
class LayerVersions:
    """A constraint kind with its versions, newest first; empty where nothing was loaded."""

    kind: ConstraintKind
    datasets: list[ConstraintDataset]

    @property
    def current(self) -> ConstraintDataset | None:
        return next((each for each in self.datasets if each.is_current), None)

    @property
    def earlier(self) -> list[ConstraintDataset]:
        return [each for each in self.datasets if not each.is_current]


@sign_in_required
@require_safe
def layer_list(request: HttpRequest) -> HttpResponse:
    """Every constraint layer: version, source, date, count; what is missing says so."""
    loaded: dict[str, list[ConstraintDataset]] = {}
    for dataset in ConstraintDataset.objects.order_by("kind", "-version"):
        loaded.setdefault(dataset.kind, []).append(dataset)
    layers = [LayerVersions(kind, loaded.get(kind, [])) for kind in ConstraintKind]
    layers.sort(key=lambda layer: (not layer.datasets, str(layer.kind.label)))
    may_load = person_of(request).has_role(*LAYER_ROLES)
    context = {"layers": layers, "may_load": may_load}
    return render(request, "infra/territory/layers.html", context)


@sign_in_required
@require_safe
def unit_list(request: HttpRequest) -> HttpResponse:
    """The communes of a date with search, one of them with its forebears, beside the map."""
    form = UnitSearchForm(request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    on = asked.get("on") or timezone.localdate()
    unit = _chosen(request)
    units = _units(asked.get("q", ""), on)
    context = {
        "form": form,
        "lookup": PlaceLookupForm(request.GET if "place_0" in request.GET else None),
        "on": on,
        "units": units,
        "unit": unit,
        "predecessors": predecessors_of(unit) if unit else None,
        "successors": successors_of(unit) if unit else None,
        "shape": _shape(unit),
        "is_guessed": any(each.boundary_is_approximate for each in units),
        "map": _map(request, unit),
        "may_load": person_of(request).has_role(*BOUNDARY_ROLES),
    }
    return render(request, "infra/territory/units.html", context)


def _units(words: str, on: date) -> "list[AdministrativeUnit]":
    if words.strip():
        return units_named(words, on)
    parents: QuerySet[AdministrativeUnit] = AdministrativeUnit.objects.defer("boundary")
    found = units_on(on).defer("boundary").prefetch_related(Prefetch("parent", queryset=parents))
    return list(found.order_by("parent__code", "code"))


def _chosen(request: HttpRequest) -> AdministrativeUnit | None:
    number = request.GET.get("unit", "")
    if not number.isdecimal():
        return None
    communes = AdministrativeUnit.objects.filter(level=UnitLevel.COMMUNE)
    return get_object_or_404(communes, pk=int(number[:18]))


def _shape(unit: AdministrativeUnit | None) -> dict[str, Any] | None:
    if unit is None or unit.boundary is None:
        return None
    drawn: GEOSGeometry = unit.boundary.simplify(DRAWN_TOLERANCE_DEG, preserve_topology=True)
    properties = {"label": str(unit), "dashed": unit.boundary_is_approximate}
    return {"type": "Feature", "geometry": json.loads(drawn.geojson), "properties": properties}


def _map(request: HttpRequest, unit: AdministrativeUnit | None) -> dict[str, Any]:
    focus = unit.boundary if unit and unit.boundary else None
    return map_config(request, layers=[], focus=focus, panel="none")
