"""What a page hands to the map component: layers, addresses, where to look first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from infra.ground import province
from infra.ground.province import HOME_BOX
from infra.map.looks import LAND
from infra.map.registry import LayerSpec, layer_for, layers_for
from infra.map.versions import version_of


def map_config(
    request: HttpRequest,
    *,
    layers: Iterable[str] | None = None,
    focus: Any = None,
    filters: Mapping[str, Mapping[str, Sequence[str]]] | None = None,
    selected: tuple[str, str] | None = None,
    editable: bool = False,
    keep_address: bool | None = None,
    panel: str = "",
    element_id: str = "map",
) -> dict[str, Any]:
    """The configuration of one map for `infra/map/map.html`.

    `layers`: keys that are on at first (those the person may not see fall away; None: each
    layer's own default); all others stay in the layer list. `focus`: a geometry, or west, south,
    east, north in degrees. `filters`: layer → parameter → values. `selected`: layer and id.
    `panel`: "none" where the page itself shows what was clicked (listens to "identify").
    """
    wanted = None if layers is None else set(layers)
    specs = layers_for(request.user)
    base = [spec for spec in specs if spec.is_base or spec.is_faint]
    return {
        "id": element_id,
        "config_id": f"{element_id}-config",
        "panel": panel,
        "layers": [_layer(spec, wanted) for spec in specs],
        "groups": _groups(specs),
        "urls": _urls(),
        "baseVersion": version_of(base),
        "bounds": _bounds(focus),
        "filters": {name: dict(values) for name, values in (filters or {}).items()},
        "selected": _selected(request, selected),
        "editable": editable,
        "keepAddress": request.resolver_match is not None
        and request.resolver_match.view_name == "map:page"
        if keep_address is None
        else keep_address,
        "demo": bool(settings.DEMO_MODE),
        "meridians": list(province.MERIDIANS),
        "online": _online(),
        "land": LAND,
    }


def _layer(spec: LayerSpec, wanted: set[str] | None) -> dict[str, Any]:
    is_on = spec.is_on if wanted is None else not wanted.isdisjoint({spec.key, spec.name})
    return {
        "key": spec.key,
        "name": spec.name,
        "title": str(spec.title),
        "group": spec.group.key,
        "kind": spec.kind,
        "minZoom": spec.min_zoom,
        "isBase": spec.is_base,
        "isOn": spec.is_base or is_on,
        "isClustered": bool(spec.aggregate),
        "canIdentify": spec.card is not None,
        "filters": list(spec.filters),
        "isGround": spec.is_ground,
        "isFaint": spec.is_faint,
        "style": spec.style and spec.style.to_json(),
    }


def _groups(specs: Iterable[LayerSpec]) -> dict[str, str]:
    groups = sorted({spec.group for spec in specs}, key=lambda group: group.order)
    return {group.key: str(group.title) for group in groups}


def _urls() -> dict[str, str]:
    """Addresses with places to fill: {layers}, {z}, {x}, {y}, {layer}, {id}."""
    tile = reverse("map:tile", args=["LAYERS", "Z", "X", "Y"])
    for word in ("LAYERS", "Z", "X", "Y"):
        tile = tile.replace(f"/{word}", f"/{{{word.lower()}}}")
    one = reverse("map:feature", args=["LAYER", "ID"])
    return {
        "tile": tile,
        "identify": reverse("map:identify"),
        "search": reverse("map:search"),
        "handout": reverse("map:handout"),
        "geojson": reverse("map:geojson", args=["LAYER"]).replace("LAYER", "{layer}"),
        "feature": one.replace("LAYER", "{layer}").replace("ID", "{id}"),
    }


def _bounds(focus: Any) -> list[float]:
    box = HOME_BOX if focus is None else getattr(focus, "extent", focus)
    return [float(side) for side in box]


def _selected(request: HttpRequest, selected: tuple[str, str] | None) -> dict[str, str] | None:
    if selected is None or layer_for(request.user, selected[0]) is None:
        return None
    return {"layer": selected[0], "id": str(selected[1])}


def _online() -> dict[str, str] | None:
    if not settings.ONLINE_BASEMAP_URL:
        return None
    return {
        "url": settings.ONLINE_BASEMAP_URL,
        "attribution": settings.ONLINE_BASEMAP_ATTRIBUTION,
    }
