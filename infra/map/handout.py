"""A map view as one HTML file that opens with the network cut, every value escaped.

folium by itself loads ten addresses and runs popup text as HTML: here its links are taken out,
the one Leaflet is written into the file, and values only travel as JSON that becomes text nodes.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import Any

import folium
from branca.element import Element
from django.conf import settings
from django.contrib.staticfiles import finders
from django.utils import timezone
from django.utils.translation import gettext as _
from folium.utilities import JsCode

from infra.map.east_sea import Bounds, east_sea
from infra.map.errors import MapRefusedError
from infra.map.features import WIDEST_DEGREES
from infra.map.inset import archipelagos_svg
from infra.map.registry import LayerSpec, Person, layers_for
from infra.map.sql import Outline
from infra.map.tiles import Filters, rows_in

MOST_FEATURES = 6000
HOUSES_WITHIN_DEGREES = 0.06
# What each layer is drawn with on the sheet: stroke, width, fill, opacity of the fill, dashes.
_LOOKS: dict[str, tuple[str, float, str, float, str]] = {
    "green": ("#d5e2c4", 0.5, "#dfe9cf", 1, ""),
    "water": ("#a9c5d3", 1, "#c5d9e3", 1, ""),
    "roads": ("#c9bda6", 2, "", 0, ""),
    "houses": ("#cfc4b2", 0.6, "#e6dece", 1, ""),
    "units": ("#8a7d9c", 1.2, "", 0, "5 3"),
    "urban_areas": ("#8c6d4a", 1.4, "#8c6d4a", 0.12, "4 3"),
    "border_zone": ("#7a3b69", 1.4, "#7a3b69", 0.12, "6 3"),
    "airports": ("#4b5a73", 1.4, "#4b5a73", 0.15, ""),
    "erosion": ("#b5532a", 1.4, "#b5532a", 0.2, ""),
    "heritage": ("#8a5a00", 1.4, "#8a5a00", 0.25, ""),
    "schools": ("#3f6fb5", 1.4, "#3f6fb5", 0.25, ""),
    "hospitals": ("#c2386b", 1.4, "#c2386b", 0.2, ""),
    "power_lines": ("#d3202b", 2, "", 0, ""),
    "routes": ("#8a7400", 4, "", 0, ""),
    "segments": ("#3a3300", 2, "", 0, "6 3"),
}
_PLAIN = ("#35424d", 1.5, "#35424d", 0.2, "")
# branca compiles what folium has rendered as a template once more: braces in values travel as
# private-use characters and come back in the reader's browser.
_SHIELD = str.maketrans({"{": "\ue000", "}": "\ue001"})
_UNSHIELD = r"""
    function own(text) { return text.replace(/\ue000/g, "\x7b").replace(/\ue001/g, "\x7d"); }
"""
_TELL = JsCode(
    """
function (feature, layer) {"""
    + _UNSHIELD
    + """
    var facts = feature.properties.facts;
    if (!facts.length) { return; }
    var box = document.createElement("dl");
    facts.forEach(function (fact) {
        var name = box.appendChild(document.createElement("dt"));
        var value = box.appendChild(document.createElement("dd"));
        name.textContent = own(fact[0]);
        value.textContent = own(fact[1]);
    });
    layer.bindPopup(box);
}
"""
)
_POINT = JsCode(
    """
function (feature, place) {"""
    + _UNSHIELD
    + """
    var p = feature.properties;
    var sign = document.createElement("span");
    sign.textContent = p.letter;
    var icon = L.divIcon({ className: "sign sign-" + p.sign, html: sign, iconSize: [20, 20] });
    return L.marker(place, { icon: icon, alt: own(p.title), title: own(p.title) });
}
"""
)
_ISLAND = JsCode("""
function (feature, place) {
    var look = { radius: 2, color: "#5a4f6b", weight: 1, fillOpacity: 1, interactive: false };
    if (!feature.properties.name) { return L.circleMarker(place, look); }
    var name = document.createElement("span");
    name.textContent = feature.properties.name;
    var icon = L.divIcon({ className: "sea-name", html: name, iconSize: [190, 16] });
    return L.marker(place, { icon: icon, interactive: false, keyboard: false });
}
""")
_STYLE = Path(__file__).with_suffix(".css")


class _Written(Element):
    """Text that goes into the page as it stands: branca reads its own elements as templates."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **kwargs: Any) -> str:
        return self.text


def handout_html(
    specs: list[LayerSpec], user: Person, bounds: Bounds, filters: Filters, title: str
) -> str:
    """The page for west, south, east, north with these layers, already narrowed to the person.

    Raises MapRefusedError when the view is too wide or holds too many features.
    """
    west, south, east, north = bounds
    if east - west > WIDEST_DEGREES * 2 or north - south > WIDEST_DEGREES * 2:
        raise MapRefusedError(_("The view is too wide for a file: zoom in, then try again."))
    page = folium.Map(tiles=None, prefer_canvas=True, attributionControl=False, max_zoom=20)
    page.fit_bounds([[south, west], [north, east]])
    base = [spec for spec in layers_for(user) if spec.is_base and spec.key in _LOOKS]
    for spec in [*base, *(spec for spec in specs if not spec.is_base)]:
        _add(page, spec, user, bounds, filters)
    _add_archipelagos(page)
    folium.LayerControl(collapsed=True).add_to(page)
    return _sealed(page, title, user)


def _add(page: folium.Map, spec: LayerSpec, user: Person, bounds: Bounds, filters: Filters) -> None:
    features = list(_features(spec, user, bounds, filters))
    if not features:
        return
    group = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=escape(str(spec.title)),
        style_function=_style_of(spec.key),
        on_each_feature=_TELL,
        point_to_layer=_POINT,
        smooth_factor=0.6,
        control=not spec.is_base,
    )
    group.add_to(page)


def _features(
    spec: LayerSpec, user: Person, bounds: Bounds, filters: Filters
) -> Iterable[dict[str, Any]]:
    width = bounds[2] - bounds[0]
    if spec.key == "houses" and width > HOUSES_WITHIN_DEGREES:
        return
    rows = rows_in(spec, user, bounds, filters)
    if spec.at_zoom:
        rows = spec.at_zoom(rows, _zoom_of(width))
    tolerance = 0.0 if spec.kind == "point" else width / 4000
    rows = rows.order_by(*spec.order_by).annotate(map_geometry=Outline(spec.geometry, tolerance))
    found = list(rows[: MOST_FEATURES + 1])
    if len(found) > MOST_FEATURES:
        words = _("%(layer)s: more than %(most)s features in the view. Zoom in, then try again.")
        raise MapRefusedError(words % {"layer": spec.title, "most": MOST_FEATURES})
    for row in found:
        card = spec.card(row, user) if spec.card and not spec.is_base else None
        facts = [[card.title, card.subtitle], *map(list, card.facts)] if card else []
        grade = card.grade if card else ""
        yield {
            "type": "Feature",
            "id": str(row.pk),
            "geometry": json.loads(row.map_geometry),
            "properties": {
                "title": str(card.title).translate(_SHIELD) if card else "",
                "facts": [[str(part).translate(_SHIELD) for part in fact] for fact in facts],
                "letter": grade,
                "sign": grade or ("candidate" if spec.key == "candidates" else "none"),
            },
        }


def _style_of(key: str) -> Any:
    stroke, width, fill, opacity, dashes = _LOOKS.get(key, _PLAIN)
    look = {
        "color": stroke,
        "weight": width,
        "fill": bool(fill),
        "fillColor": fill or stroke,
        "fillOpacity": opacity,
        "dashArray": dashes or None,
    }
    return lambda feature: look


def _add_archipelagos(page: folium.Map) -> None:
    """Their islands and names, wherever the reader moves the map."""
    features = []
    for one in east_sea()["archipelagos"]:
        features.append(_spot(one["center"], f"{one['name']} (Việt Nam)"))
        features += [_spot(place, "") for place in one["islands"]]
    group = folium.GeoJson(
        {"type": "FeatureCollection", "features": features}, point_to_layer=_ISLAND, control=False
    )
    group.add_to(page)


def _spot(place: list[float], name: str) -> dict[str, Any]:
    lat, lon = place
    where = {"type": "Point", "coordinates": [lon, lat]}
    return {"type": "Feature", "geometry": where, "properties": {"name": name}}


def _sealed(page: folium.Map, title: str, user: Person) -> str:
    """The file: folium's links taken out, the one Leaflet and our words written in."""
    root: Any = page.get_root()
    root.header.add_child(_Written(f"<title>{escape(title)}</title>"), name="our-title")
    root.header.add_child(
        _Written(f"<style>{_leaflet_css()}{_STYLE.read_text()}</style>"), name="our-style"
    )
    script = _asset("leaflet/leaflet.js").decode().replace("</script", "<\\/script")
    root.header.add_child(_Written(f"<script>{script}</script>"), name="our-leaflet")
    root.html.add_child(_Written(_sheet(title, user)), name="our-sheet")
    html: str = root.render()
    # folium's own links, ten of them, are the only elements with an address.
    return re.sub(r"<(?:script|link)[^>]+(?:src|href)=[^>]*>(?:</script>)?", "", html)


def _sheet(title: str, user: Person) -> str:
    made = timezone.localtime().strftime("%H:%M %d/%m/%Y")
    words = _("Taken from Trạm & Tuyến at %(when)s by %(who)s. Base: the department's own layers.")
    who = str(user) if user.is_authenticated else _("the public map")
    parts = [
        '<header class="sheet sheet-head">',
        f"<h1>{escape(title)}</h1><p>{escape(words % {'when': made, 'who': who})}</p></header>",
        f'<div class="sheet sheet-sea">{archipelagos_svg()}</div>',
    ]
    if settings.DEMO_MODE:
        parts.append('<div class="sheet sheet-demo">DỮ LIỆU MINH HỌA</div>')
    return "".join(parts)


def _leaflet_css() -> str:
    """Leaflet's style with its pictures inside."""
    css = _asset("leaflet/leaflet.css").decode()

    def inside(match: re.Match[str]) -> str:
        picture = b64encode(_asset(f"leaflet/{match[1]}")).decode()
        return f"url(data:image/png;base64,{picture})"

    return re.sub(r"url\((images/[\w.-]+\.png)\)", inside, css)


def _asset(path: str) -> bytes:
    found = finders.find(path)
    if not isinstance(found, str):
        msg = f"The static file {path} is missing: is django-leaflet installed?"
        raise FileNotFoundError(msg)
    return Path(found).read_bytes()


def _zoom_of(width_degrees: float) -> int:
    """The zoom at which so many degrees fill about a thousand pixels."""
    zoom = 0
    while 360 / 2 ** (zoom + 1) * 4 > width_degrees and zoom < 17:  # noqa: PLR2004
        zoom += 1
    return zoom
