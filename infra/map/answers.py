"""A tile as an answer, for whoever was let in: by the view, or by the short way before it."""

from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _

from infra.map.errors import MapRefusedError
from infra.map.grid import Tile, parse_tile
from infra.map.registry import LayerSpec, Person, layer_for
from infra.map.tiles import filters_of, picture_of
from infra.map.versions import Versions

MVT = "application/vnd.mapbox-vector-tile"
MOST_LAYERS = 24
_LONG = "max-age=604800, immutable"


def specs_of(user: Person, keys: str) -> list[LayerSpec]:
    """The layers of an address. Raises Http404 where the person may not see one of them."""
    names = [key for key in keys.split(",") if key][:MOST_LAYERS]
    specs = [layer_for(user, name) for name in names]
    if not specs or None in specs:
        raise Http404
    return [spec for spec in specs if spec]


def tile_at(z: str, x: str, y: str) -> Tile:
    """The tile of an address. Raises MapRefusedError with a sentence where there is none."""
    try:
        return parse_tile(z, x, y)
    except ValueError as error:
        message = _("There is no tile %(z)s/%(x)s/%(y)s: zoom 0 to 22, x and y below 2^zoom.")
        raise MapRefusedError(message % {"z": z, "x": x, "y": y}) from error


def tile_answer(
    request: HttpRequest, user: Person, specs: list[LayerSpec], tile: Tile, versions: Versions
) -> HttpResponse:
    """The tile, or that it is what the browser has. Raises BadFilterError."""
    picture = picture_of(specs, user, tile, filters_of(specs, request.GET), versions)
    response: HttpResponse
    if request.headers.get("If-None-Match") == picture.tag:
        response = HttpResponseNotModified()
    else:
        drawn = picture.drawn()
        packs = "gzip" in request.headers.get("Accept-Encoding", "")
        response = HttpResponse(drawn.packed if packs else drawn.content, content_type=MVT)
        if packs:
            response["Content-Encoding"] = "gzip"
        if drawn.capped:
            response["X-Capped-Layers"] = ",".join(drawn.capped)
        response["Content-Length"] = str(len(response.content))
    response["ETag"] = picture.tag
    response["Cache-Control"] = _how_long(request, user, specs)
    patch_vary_headers(response, ["Accept-Encoding", "Cookie"])
    return response


def is_tile(response: HttpResponse) -> bool:
    """Whether a request for a tile was granted."""
    return response.status_code in {HTTPStatus.OK, HTTPStatus.NOT_MODIFIED}


def _how_long(request: HttpRequest, user: Person, specs: list[LayerSpec]) -> str:
    """A person's tile is private and asked for again each time; the base map lives by version."""
    is_lasting = all(spec.same_for_all for spec in specs) and "v" in request.GET
    access = "private" if user.is_authenticated else "public"
    return f"{access}, {_LONG if is_lasting else 'no-cache'}"
