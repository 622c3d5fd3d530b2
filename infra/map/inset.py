"""Small maps for documents on paper, as SVG that WeasyPrint draws; legible in black and white."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from infra.map.east_sea import Bounds, east_sea, needs_inset
from infra.map.ground import (
    Box,
    Written,
    fills,
    ground_rows,
    ground_words,
    path_of,
    strokes,
    written,
)
from infra.map.looks import LAND
from infra.map.paper import Plane, as_shape, nice_length, tag, words
from infra.map.registry import LayerSpec, layers_for
from infra.places.geo.measure import circle

Feature = Mapping[str, Any]
SIZE_MM = (160.0, 100.0)
_FOOT_MM = 5.0
_SEA_MM = (22.0, 27.0)
_TONES = {
    "old": ("#ffffff", "#000000"),
    "new": ("#000000", "#ffffff"),
    "neutral": ("#bdbdbd", "#000000"),
    "pass": ("#ffffff", "#000000"),
    "advisory": ("#8c8c8c", "#000000"),
    "blocking": ("#000000", "#000000"),
    "hit": ("#8c8c8c", "#000000"),
}
_HIT_OPACITY = 0.4
_LETTERS_MM = 4


def inset_svg(
    where: Sequence[float] | Point,
    *,
    radius_m: float | None = None,
    features: Iterable[Feature] = (),
    size_mm: tuple[float, float] = SIZE_MM,
    source: str = "",
) -> str:
    """An SVG map of west, south, east, north, or of `radius_m` around a point (EPSG:4326).

    `features` are GeoJSON; their properties say how: `tone` (old, new, neutral, pass, advisory,
    blocking, hit), `label`, `dashed`; a Point with `radius_m` is a circle of so many metres. The
    ground is drawn from our layers, as the public sees them and in the map's own style. Raises
    ValueError for a point without a radius.
    """
    bounds = _bounds(where, radius_m)
    width, height = size_mm
    plane = Plane.fitting(bounds, width, height - _FOOT_MM)
    drawn = [_feature(plane, feature) for feature in features]
    told = [label for _shape, label in drawn if label]
    parts = [
        tag("rect", width=width, height=plane.height_mm, fill=LAND),
        _base(plane, [*_furniture(plane), *(label.box for label in told)]),
        "".join(shape for shape, _label in drawn),
        "".join(label.svg for label in told),
        _archipelagos(plane),
        _north(plane),
        _scale(plane),
        tag("rect", width=width, height=plane.height_mm, **_EDGE),
    ]
    clip = tag("clipPath", tag("rect", width=width, height=plane.height_mm), id="paper")
    picture = tag("g", "".join(parts), clip_path="url(#paper)")
    foot = words(_source_line(source), 0, height - 1.2, 2.4, fill="#333")
    return tag(
        "svg",
        tag("defs", clip) + picture + foot,
        xmlns="http://www.w3.org/2000/svg",
        width=f"{width}mm",
        height=f"{height}mm",
        viewBox=f"0 0 {width} {height}",
        role="img",
    )


def _furniture(plane: Plane) -> list[Box]:
    """Where the arrow, the scale and the archipelagos stand."""
    width, height = plane.width_mm, plane.height_mm
    arrow, scale = (width - 11, 0.0, width, 15.0), (0.0, height - 8, width * 0.3, height)
    if not needs_inset(plane.bounds):
        return [arrow, scale]
    return [arrow, scale, (width - _SEA_MM[0] - 3, height - _SEA_MM[1] - 3, width, height)]


_EDGE = {"fill": "none", "stroke": "#000", "stroke_width": 0.3}


def _bounds(where: Sequence[float] | Point, radius_m: float | None) -> Bounds:
    if not isinstance(where, Point):
        west, south, east, north = where
        return west, south, east, north
    if radius_m is None:
        msg = "A map around a point needs radius_m."
        raise ValueError(msg)
    extent: Bounds = circle(where, radius_m).extent
    return extent


def _base(plane: Plane, reserved: list[Box]) -> str:
    """The ground as the map draws it at this scale, and its names beside what is reserved."""
    shown = [(spec, ground_rows(plane, spec)) for spec in _specs()]
    return "".join(_drawn(plane, spec, rows) for spec, rows in shown) + ground_words(
        plane, shown, reserved
    )


def _specs() -> list[LayerSpec]:
    """The base layers of the public, from below to above."""
    found = [spec for spec in layers_for(AnonymousUser()) if spec.is_base and spec.style]
    return sorted(found, key=lambda spec: spec.style.order if spec.style else 0)


def _drawn(plane: Plane, spec: LayerSpec, rows: list[Any]) -> str:
    """The shapes of a layer: sign by sign, the last of the legend below, casings first."""
    style = spec.style
    assert style is not None  # noqa: S101 - _specs gives only those with a style
    named: dict[str, list[str]] = {}
    for row in rows if style.signs else ():
        sign = style.sign_of(getattr(row, f"told_{style.sign_by}", ""))
        if plane.zoom < sign.min_zoom or not (d := path_of(plane, spec, row)):
            continue
        named.setdefault(sign.key, []).append(d)
    groups = [(sign, named[sign.key]) for sign in reversed(style.signs) if sign.key in named]
    return fills(groups) + strokes(groups, plane.zoom)


def _feature(plane: Plane, feature: Feature) -> tuple[str, Written | None]:
    """The shape and the label of a feature: labels go above every shape."""
    how = feature.get("properties") or {}
    geometry = as_shape(feature["geometry"])
    text = str(how.get("label") or "")
    if radius_m := how.get("radius_m") or feature["geometry"].get("radius_m"):
        return _circle(plane, geometry, float(radius_m), how)
    fill, ink = _TONES.get(how.get("tone", "neutral"), _TONES["neutral"])
    middle = geometry.centroid if geometry.geom_type != "LineString" else _half(geometry)
    x, y = plane.at(middle.x, middle.y)
    if geometry.geom_type == "Point":
        mark = tag("circle", cx=x, cy=y, r=1.3, fill=fill, stroke="#000", stroke_width=0.45)
        return mark, written(text, x + 2, y - 1.4, 2.8, "start")
    look = _line_of(how, ink if ink != "#ffffff" else "#000")
    is_area = "Polygon" in geometry.geom_type
    strength = _HIT_OPACITY if how.get("tone") == "hit" else 0.06
    look |= {"fill": "#000", "fill_opacity": strength} if is_area else {"fill": "none"}
    top = plane.at(middle.x, geometry.bounds[3])[1] + 3 if is_area else y - 0.8
    shape = tag("path", d=plane.path(plane.clipped(geometry)), **look)
    return shape, written(text, x, top, 2.6, "middle")


def _circle(
    plane: Plane, middle: Any, radius_m: float, how: Mapping[str, Any]
) -> tuple[str, Written | None]:
    """A true circle of metres, its words above it, or in it where it reaches over the paper."""
    x, y = plane.at(middle.x, middle.y)
    radius = round(radius_m / plane.metres_per_mm, 2)
    look = {**_line_of(how, "#000"), "fill": "#000", "fill_opacity": 0.05}
    above = y - radius - 1
    top = round(above if above > _LETTERS_MM else y - radius * 0.6, 2)
    text = str(how.get("label") or "")
    return tag("circle", cx=x, cy=y, r=radius, **look), written(text, x, top, 2.6, "middle")


def _line_of(how: Mapping[str, Any], ink: str) -> dict[str, object]:
    look: dict[str, object] = {"stroke": ink, "stroke_width": 0.4}
    return look | ({"stroke_dasharray": "1.8 1.2"} if how.get("dashed") else {})


def _half(line: Any) -> Any:
    return line.interpolate(0.5, normalized=True)


def _scale(plane: Plane) -> str:
    metres = nice_length(plane.metres_per_mm * plane.width_mm / 4)
    length = round(metres / plane.metres_per_mm, 2)
    y = plane.height_mm - 3
    bar = tag(
        "rect", x=3, y=y, width=length, height=1, fill="#fff", stroke="#000", stroke_width=0.2
    )
    half = tag("rect", x=3, y=y, width=round(length / 2, 2), height=1, fill="#000")
    kilometre = 1000
    text = (
        f"{number_format(metres / kilometre, decimal_pos=0)} km"
        if metres >= kilometre
        else f"{number_format(metres, decimal_pos=0)} m"
    )
    return bar + half + words(text, 3, y - 1, 2.6, fill="#000")


def _north(plane: Plane) -> str:
    x = plane.width_mm - 7
    arrow = tag("path", d=f"M{x} 6l2 7-2-1.6-2 1.6z", fill="#000")
    return arrow + words("B", x, 5, 3, text_anchor="middle", font_weight="bold", fill="#000")


def _archipelagos(plane: Plane) -> str:
    """Hoàng Sa and Trường Sa: in place, or in a box when the paper reaches only the sea."""
    data = east_sea()
    places = [
        (one["name"], [(lon, lat) for lat, lon in one["islands"]]) for one in data["archipelagos"]
    ]
    if not needs_inset(plane.bounds):
        return "".join(_islands(plane, name, dots, 2.6, (0, 0)) for name, dots in places)
    x, y = plane.width_mm - _SEA_MM[0] - 2, plane.height_mm - _SEA_MM[1] - 2
    return tag("g", _sea_box(), transform=f"translate({x} {y})")


def archipelagos_svg() -> str:
    """The small box with Hoàng Sa and Trường Sa as a picture of its own."""
    width, height = _SEA_MM
    view = f"0 0 {width} {height}"
    label = "Hoàng Sa, Trường Sa (Việt Nam)"
    size = {"width": f"{width * 1.25}mm", "height": f"{height * 1.25}mm"}
    ns = "http://www.w3.org/2000/svg"
    return tag("svg", _sea_box(), xmlns=ns, viewBox=view, role="img", aria_label=label, **size)


def _sea_box() -> str:
    data, (width, height) = east_sea(), _SEA_MM
    plane = Plane((104.0, 6.0, 117.0, 22.0), width, height)
    coast = [plane.at(lon, lat) for lon, lat in data["sea"][: data["coastPoints"]]]
    line = "M" + "L".join(f"{x} {y}" for x, y in coast)
    inside = tag("rect", width=width, height=height, fill="#fff", stroke="#000", stroke_width=0.3)
    inside += tag("path", d=line, fill="none", stroke="#555", stroke_width=0.25)
    return inside + "".join(
        _islands(plane, one["name"], [(lon, lat) for lat, lon in one["islands"]], 1.7, (0, -2))
        for one in data["archipelagos"]
    )


def _islands(
    plane: Plane,
    name: str,
    dots: list[tuple[float, float]],
    size: float,
    shift: tuple[float, float],
) -> str:
    spots = [plane.at(lon, lat) for lon, lat in dots]
    shown = [(x, y) for x, y in spots if 0 <= x <= plane.width_mm and 0 <= y <= plane.height_mm]
    if not shown:
        return ""
    marks = "".join(tag("circle", cx=x, cy=y, r=0.35, fill="#000") for x, y in shown)
    x = sum(spot[0] for spot in shown) / len(shown) + shift[0]
    y = min(spot[1] for spot in shown) - 1 + shift[1] / 2
    text = f"{name.removeprefix('Quần đảo ')} (Việt Nam)"
    reach = len(text) * size * 0.27
    x = min(max(x, reach), plane.width_mm - reach)
    return marks + words(text, round(x, 2), round(y, 2), size, text_anchor="middle", fill="#000")


def _source_line(source: str) -> str:
    parts = [source or _("Base: the department's own layers."), _("North is up.")]
    if settings.DEMO_MODE:
        parts.append("DỮ LIỆU MINH HỌA.")
    return " ".join(parts)
