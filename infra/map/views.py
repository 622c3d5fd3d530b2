"""The map's addresses: page, tiles, clicks, search, bounded GeoJSON."""

from functools import wraps
from http import HTTPStatus
from typing import Any, Protocol

from django.contrib.gis.geos import Point
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from infra.ground import province
from infra.ground.answers import problem_answer
from infra.ground.province import HOME_BOX
from infra.map.answers import specs_of, tile_answer, tile_at
from infra.map.errors import MapRefusedError
from infra.map.features import collection, identify, one_feature, parse_bounds
from infra.map.handout import handout_html
from infra.map.listing import list_in
from infra.map.registry import layers_for
from infra.map.search import find_places
from infra.map.statements import BadFilterError
from infra.map.tiles import filters_of
from infra.map.versions import read_versions
from infra.map.widget import map_config


class _View(Protocol):
    def __call__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse: ...


def answers_refusals(view: _View) -> _View:
    """A refusal is a 400 with its sentence, as JSON."""

    @wraps(view)
    def answering(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadFilterError as error:
            sentence = _("The filter %(name)s cannot be read.") % {"name": error}
        except MapRefusedError as error:
            sentence = str(error)
        return problem_answer(HTTPStatus.BAD_REQUEST, "bad_request", [sentence])

    return answering


@require_GET
def map_page(request: HttpRequest) -> HttpResponse:
    """The map of everything a person may see, with its list."""
    config = map_config(request)
    specs = [spec for spec in layers_for(request.user) if spec.is_on]
    groups = list_in(specs, request.user, HOME_BOX, {})
    return render(request, "infra/map/page.html", {"map": config, "groups": groups})


@require_GET
@answers_refusals
def listed(request: HttpRequest) -> HttpResponse:
    """The list of `layers` in `bbox=west,south,east,north`, as a fragment of the page."""
    keys = request.GET.get("layers", "")
    asked = specs_of(request.user, keys) if keys else []
    specs = [spec for spec in layers_for(request.user) if spec in asked]
    filters = filters_of(specs, request.GET)
    groups = list_in(specs, request.user, parse_bounds(request.GET.get("bbox", "")), filters)
    return _private(render(request, "infra/map/list_groups.html", {"groups": groups}))


@require_GET
@answers_refusals
def tile(request: HttpRequest, layers: str, z: str, x: str, y: str) -> HttpResponse:
    """One vector tile of one or several layers (keys with commas between)."""
    specs = specs_of(request.user, layers)
    where = tile_at(z, x, y)
    return tile_answer(request, request.user, specs, where, read_versions(specs))


@require_GET
@answers_refusals
def identified(request: HttpRequest) -> HttpResponse:
    """What lies under a click: `lat`, `lon` (degrees), `zoom`, `layers`."""
    lat, lon = _number(request, "lat", 90), _number(request, "lon", 180)
    zoom = _number(request, "zoom", 24)
    keys = request.GET.get("layers", "")
    specs = specs_of(request.user, keys) if keys else []
    filters = filters_of(specs, request.GET)
    cards = identify(specs, request.user, Point(lon, lat), zoom, filters)
    return _private(JsonResponse({"cards": cards}))


@require_GET
def searched(request: HttpRequest) -> HttpResponse:
    """Places whose name holds the words of `q`."""
    shown, hits = find_places(request.user, request.GET.get("q", "")[:80])
    found = [
        {"layer": h.layer, "id": h.id, "title": h.title, "subtitle": h.subtitle, "bounds": h.bounds}
        for h in hits
    ]
    return _private(JsonResponse({"hits": found, "instead": shown}))


@require_GET
@answers_refusals
def geojson(request: HttpRequest, layer: str) -> HttpResponse:
    """The features of `bbox=west,south,east,north` as GeoJSON, for lists and snapping."""
    (spec,) = specs_of(request.user, layer)
    bounds = parse_bounds(request.GET.get("bbox", ""))
    filters = filters_of([spec], request.GET)
    found = collection(spec, request.user, bounds, filters)
    return _private(JsonResponse(found, content_type="application/geo+json"))


@require_GET
def feature(request: HttpRequest, layer: str, identifier: str) -> HttpResponse:
    """The card and geometry of one feature: what a permalink or a list selects."""
    (spec,) = specs_of(request.user, layer)
    card = one_feature(spec, request.user, identifier)
    if card is None:
        raise Http404
    return _private(JsonResponse(card))


@require_GET
@answers_refusals
def handed_out(request: HttpRequest) -> HttpResponse:
    """The view as one HTML file to send on; it opens without a network."""
    keys = request.GET.get("layers", "")
    specs = specs_of(request.user, keys) if keys else []
    title = request.GET.get("title", "").strip()[:120] or _("Map of %s") % province.NAME
    bounds = parse_bounds(request.GET.get("bbox", ""))
    html = handout_html(specs, request.user, bounds, filters_of(specs, request.GET), title)
    response = HttpResponse(html)
    response["Content-Disposition"] = 'attachment; filename="ban-do.html"'
    return _private(response)


def _number(request: HttpRequest, name: str, most: float) -> float:
    try:
        value = float(request.GET.get(name, ""))
    except ValueError:
        value = most + 1
    if not -most <= value <= most:
        raise MapRefusedError(
            _("%(name)s must be a number from -%(most)s to %(most)s.")
            % {"name": name, "most": most}
        )
    return value


def _private(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    return response
