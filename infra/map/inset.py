"""Small maps for documents on paper, as SVG that WeasyPrint draws; legible in black and white."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from infra.map.east_sea import Bounds, east_sea, needs_inset
from infra.map.paper import Plane, as_shape, nice_length, tag, words
from infra.map.registry import LayerSpec, layer_for
from infra.map.tiles import rows_in
from infra.places.geo.measure import circle

Feature = Mapping[str, Any]
SIZE_MM = (160.0, 100.0)
MOST_PER_LAYER = 4000
# Houses only where one is wider than a third of a millimetre.
HOUSES_BELOW_M_PER_MM = 25.0
ROADS_BELOW_M_PER_MM = 60.0
_FOOT_MM = 5.0
_SEA_MM = (22.0, 27.0)
_ROAD_MM = {"trunk": 1.3, "primary": 1.2, "secondary": 1.0, "avenue": 1.0, "tertiary": 0.9}
_TONES = {
    "old": ("#ffffff", "#000000"),
    "new": ("#000000", "#ffffff"),
    "neutral": ("#bdbdbd", "#000000"),
    "pass": ("#ffffff", "#000000"),
    "advisory": ("#8c8c8c", "#000000"),
    "blocking": ("#000000", "#000000"),
}


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
    blocking), `label`, `dashed`. Water, roads, houses and boundaries are drawn from our layers,
    as the public sees them. Raises ValueError for a point without a radius.
    """
    bounds = _bounds(where, radius_m)
    width, height = size_mm
    plane = Plane.fitting(bounds, width, height - _FOOT_MM)
    drawn = [_feature(plane, feature) for feature in features]
    parts = [
        tag("rect", width=width, height=plane.height_mm, fill="#fbfbf9"),
        _base(plane),
        "".join(shape for shape, _label in drawn),
        "".join(label for _shape, label in drawn),
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


def _base(plane: Plane) -> str:
    houses = plane.metres_per_mm < HOUSES_BELOW_M_PER_MM
    small = plane.metres_per_mm < ROADS_BELOW_M_PER_MM
    drawn = [
        "".join(
            tag("path", d=d, fill="#dfe7ea", stroke="#8fa3ad", stroke_width=0.2)
            for d, _row in _shapes(plane, "water")
        )
    ]
    roads = [
        (d, row)
        for d, row in _shapes(plane, "roads")
        if small or row.properties.get("class") in _ROAD_MM
    ]
    for color, more in (("#9a9a9a", 0.3), ("#ffffff", 0.0)):
        drawn += [
            tag("path", d=d, fill="none", stroke=color, stroke_width=_road_mm(row) + more)
            for d, row in roads
        ]
    if houses:
        drawn += [
            tag("path", d=d, fill="#e3e0da", stroke="#b5b1a8", stroke_width=0.12)
            for d, _row in _shapes(plane, "houses")
        ]
    drawn += [
        tag("path", d=d, fill="none", stroke="#555", stroke_width=0.25, stroke_dasharray="1.6 1")
        for d, _row in _shapes(plane, "units")
    ]
    return "".join(drawn) + _names(plane, roads)


def _road_mm(row: Any) -> float:
    return _ROAD_MM.get(row.properties.get("class", ""), 0.7)


def _shapes(plane: Plane, key: str) -> list[tuple[str, Any]]:
    spec = layer_for(AnonymousUser(), key)
    if spec is None:
        return []
    found = [(_path_of(plane, spec, row), row) for row in _rows(spec, plane.bounds)]
    return [(d, row) for d, row in found if d]


def _rows(spec: LayerSpec, bounds: Bounds) -> list[Any]:
    return list(rows_in(spec, AnonymousUser(), bounds, {})[:MOST_PER_LAYER])


def _path_of(plane: Plane, spec: LayerSpec, row: Any) -> str:
    geometry = as_shape(getattr(row, spec.geometry)).simplify(plane.metres_per_mm * 1e-6)
    return plane.path(plane.clipped(geometry))


def _names(plane: Plane, roads: list[tuple[str, Any]]) -> str:
    """Street names at the middle of their longest piece on the paper, each once."""
    spots: dict[str, tuple[float, float]] = {}
    taken: list[tuple[float, float]] = []
    for _d, row in roads:
        piece = plane.clipped(as_shape(row.geometry))
        if not row.name or row.name in spots or piece.is_empty:
            continue
        middle = piece.interpolate(0.5, normalized=True) if piece.length else piece.centroid
        x, y = plane.at(middle.x, middle.y)
        if any(abs(x - a) < len(row.name) * 1.3 and abs(y - b) < 3 for a, b in taken):  # noqa: PLR2004
            continue
        spots[row.name] = (x, y)
        taken.append((x, y))
    return "".join(
        words(name, x, y + 0.7, 2, text_anchor="middle", fill="#444")
        for name, (x, y) in spots.items()
    )


def _feature(plane: Plane, feature: Feature) -> tuple[str, str]:
    """The shape and the label of a feature: labels go above every shape."""
    how = feature.get("properties") or {}
    geometry = as_shape(feature["geometry"])
    fill, ink = _TONES.get(how.get("tone", "neutral"), _TONES["neutral"])
    middle = geometry.centroid if geometry.geom_type != "LineString" else _half(geometry)
    x, y = plane.at(middle.x, middle.y)
    if geometry.geom_type == "Point":
        mark = tag("circle", cx=x, cy=y, r=1.3, fill=fill, stroke="#000", stroke_width=0.45)
        label = words(how["label"], x + 2, y - 1.4, 2.8, fill="#000") if how.get("label") else ""
        return mark, label
    look: dict[str, object] = {"stroke": ink if ink != "#ffffff" else "#000", "stroke_width": 0.4}
    if how.get("dashed"):
        look["stroke_dasharray"] = "1.8 1.2"
    is_area = "Polygon" in geometry.geom_type
    look |= {"fill": "#000", "fill_opacity": 0.06} if is_area else {"fill": "none"}
    top = plane.at(middle.x, geometry.bounds[3])[1] + 3 if is_area else y - 0.8
    label = (
        words(how["label"], x, top, 2.6, text_anchor="middle", fill="#000")
        if how.get("label")
        else ""
    )
    return tag("path", d=plane.path(plane.clipped(geometry)), **look), label


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
