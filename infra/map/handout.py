"""A map view as one HTML file that opens with the network cut, every value escaped.

folium by itself loads ten addresses and runs popup text as HTML: here its links are taken out,
the one Leaflet is written into the file, and values only travel as JSON that becomes text nodes.
"""

import json
import re
from base64 import b64encode
from collections.abc import Iterable, Sequence
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
from infra.map.sql import Outline, as_expression
from infra.map.statements import Filters
from infra.map.style import Label, Shape, Sign, Stroke
from infra.map.tiles import rows_in

MOST_FEATURES = 6000
MOST_NAMES = 400
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
_NAME = JsCode(
    """
function (feature, place) {"""
    + _UNSHIELD
    + """
    var name = document.createElement("span");
    name.textContent = own(feature.properties.title);
    name.style.fontSize = feature.properties.size + "px";
    name.style.color = feature.properties.color;
    var icon = L.divIcon({ className: "place-name", html: name, iconSize: [190, 16] });
    return L.marker(place, { icon: icon, interactive: false, keyboard: false });
}
"""
)
_STYLE = Path(__file__).with_suffix(".css")
# CSS of a sign of 20 px.
_SHAPES: dict[Shape | None, str] = {
    "circle": "border-radius:50%",
    "square": "",
    "triangle": "clip-path:polygon(50% 0,100% 100%,0 100%);inset:0",
    "diamond": "transform:rotate(45deg)",
    "pin": "border-radius:50% 50% 50% 0;transform:rotate(-45deg)",
    "arc": "border-radius:50% 50% 0 0",
    "ends": "border-radius:50%",
    None: "border-radius:50%",
}


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
    base = [spec for spec in layers_for(user) if spec.is_base and spec.style]
    shown = [*base, *(spec for spec in specs if not spec.is_base)]
    for spec in sorted(shown, key=lambda spec: spec.style.order if spec.style else 0):
        _add(page, spec, user, bounds, filters)
    _add_archipelagos(page)
    folium.LayerControl(collapsed=True).add_to(page)
    return _sealed(page, title, user, _point_css(shown))


def _add(page: folium.Map, spec: LayerSpec, user: Person, bounds: Bounds, filters: Filters) -> None:
    if spec.style and not spec.style.signs:
        _add_names(page, spec, user, bounds)
        return
    features = list(_features(spec, user, bounds, filters))
    if not features:
        return
    group = folium.GeoJson(
        {"type": "FeatureCollection", "features": features},
        name=escape(str(spec.title)),
        style_function=lambda feature: feature["properties"]["look"],
        on_each_feature=_TELL,
        point_to_layer=_POINT,
        smooth_factor=0.6,
        control=not spec.is_base,
    )
    group.add_to(page)


def _add_names(page: folium.Map, spec: LayerSpec, user: Person, bounds: Bounds) -> None:
    """The names of places that the map writes at this zoom."""
    features = []
    zoom = _zoom_of(bounds[2] - bounds[0]) + 1
    told = {f"told_{name}": as_expression(source) for name, source in spec.properties.items()}
    rows = rows_in(spec, user, bounds, {}).annotate(**told)
    for row in rows.order_by(*spec.order_by)[:MOST_NAMES]:
        label = _label_of(spec, row, zoom)
        if label is None:
            continue
        place = getattr(row, spec.geometry)
        features.append(
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [place.x, place.y]},
                "properties": {
                    "title": str(getattr(row, f"told_{label.property}")).translate(_SHIELD),
                    "size": label.size_at(zoom),
                    "color": label.color,
                },
            }
        )
    if features:
        names = {"type": "FeatureCollection", "features": features}
        folium.GeoJson(names, point_to_layer=_NAME, control=False).add_to(page)


def _label_of(spec: LayerSpec, row: Any, zoom: float) -> Label | None:
    """How the map writes a row's name at a zoom, or None where it does not."""
    for label in spec.style.labels if spec.style else ():
        told = str(getattr(row, f"told_{label.by}")) if label.by else ""
        if label.min_zoom <= zoom < label.max_zoom and (not label.only or told in label.only):
            return label
    return None


def _features(
    spec: LayerSpec, user: Person, bounds: Bounds, filters: Filters
) -> Iterable[dict[str, Any]]:
    width = bounds[2] - bounds[0]
    # A tile shows one zoom less than the map stands at.
    zoom = _zoom_of(width) + 1
    if spec.is_base and spec.min_zoom > zoom - 1:
        return
    rows = rows_in(spec, user, bounds, filters)
    if spec.at_zoom:
        rows = spec.at_zoom(rows, zoom - 1)
    tolerance = 0.0 if spec.kind == "point" else width / 4000
    rows = rows.order_by(*spec.order_by).annotate(map_geometry=Outline(spec.geometry, tolerance))
    if spec.style and spec.style.sign_by:
        rows = rows.annotate(map_sign=as_expression(spec.properties[spec.style.sign_by]))
    found = list(rows[: MOST_FEATURES + 1])
    if len(found) > MOST_FEATURES:
        words = _("%(layer)s: more than %(most)s features in the view. Zoom in, then try again.")
        raise MapRefusedError(words % {"layer": spec.title, "most": MOST_FEATURES})
    drawn = [(row, _sign_of(spec, row)) for row in found]
    shown = [(row, sign) for row, sign in drawn if sign.min_zoom <= zoom]
    most = max((len(_strokes(spec, sign)) for _row, sign in shown), default=0)
    # Every casing below every filling, so that roads meet without bars across.
    for step in range(most):
        for row, sign in shown:
            strokes = _strokes(spec, sign)
            if step < len(strokes):
                is_last = step == len(strokes) - 1
                yield _feature(spec, user, row, (sign, strokes[step], zoom), is_last=is_last)


def _feature(
    spec: LayerSpec, user: Person, row: Any, how: tuple[Sign, Stroke, float], *, is_last: bool
) -> dict[str, Any]:
    """One pass of the pen over a row; the last one tells of it."""
    sign, stroke, zoom = how
    card = spec.card(row, user) if spec.card and not spec.is_base and is_last else None
    facts = [[card.title, card.subtitle], *map(list, card.facts)] if card else []
    return {
        "type": "Feature",
        "id": str(row.pk),
        "geometry": json.loads(row.map_geometry),
        "properties": {
            "title": str(card.title).translate(_SHIELD) if card else "",
            "facts": [[str(part).translate(_SHIELD) for part in fact] for fact in facts],
            "look": _look_of(sign, stroke, zoom),
            "letter": sign.letter,
            "sign": _class_of(spec, sign),
        },
    }


def _sign_of(spec: LayerSpec, row: Any) -> Sign:
    """The sign that the map draws the row with."""
    assert spec.style is not None  # noqa: S101 - layers without a style are not handed out
    return spec.style.sign_of(getattr(row, "map_sign", ""))


def _strokes(spec: LayerSpec, sign: Sign) -> Sequence[Stroke]:
    """A line gets every stroke, casing first; all else only its edge."""
    if spec.kind == "line" and sign.shape is None:
        return sign.strokes
    return sign.strokes[:1] or (Stroke(sign.fill or "#35424d", 0),)


def _look_of(sign: Sign, stroke: Stroke, zoom: float) -> dict[str, Any]:
    """Leaflet's words for one stroke and the fill, as the map draws them at this zoom."""
    width = stroke.width_at(zoom) if zoom >= stroke.from_zoom else 0
    return {
        "stroke": width > 0,
        "color": stroke.color,
        "weight": round(width, 2),
        "opacity": stroke.opacity,
        "fill": bool(sign.fill),
        "fillColor": sign.fill or stroke.color,
        "fillOpacity": sign.fill_opacity,
        "dashArray": " ".join(f"{length:g}" for length in stroke.dash) or None,
    }


def _class_of(spec: LayerSpec, sign: Sign) -> str:
    """The CSS class of a point's sign."""
    return f"{spec.key}-{sign.key or 'other'}"


def _point_css(specs: Iterable[LayerSpec]) -> str:
    """How the points of these layers look: their shape and colours."""
    rules = []
    for spec in specs:
        for sign in spec.style.signs if spec.kind == "point" and spec.style else ():
            name = f".sign-{_class_of(spec, sign)}"
            edge = sign.ink if sign.fill == "#ffffff" else "#ffffff"
            fill = sign.fill or (sign.strokes[0].color if sign.strokes else "#35424d")
            rules.append(f"{name}{{color:{sign.ink}}}")
            look = f"background:{fill};border-color:{edge};{_SHAPES[sign.shape]}"
            rules.append(f"{name}::before{{{look}}}")
    return "".join(rules)


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


def _sealed(page: folium.Map, title: str, user: Person, signs: str) -> str:
    """The file: folium's links taken out, the one Leaflet and our words written in."""
    root: Any = page.get_root()
    root.header.add_child(_Written(f"<title>{escape(title)}</title>"), name="our-title")
    root.header.add_child(
        _Written(f"<style>{_leaflet_css()}{_STYLE.read_text()}{signs}</style>"), name="our-style"
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
