"""The ground of a paper map: the base layers in the map's own style, as pieces of SVG."""

import math
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.contrib.auth.models import AnonymousUser

from infra.map.paper import Plane, as_shape, tag, words
from infra.map.registry import LayerSpec
from infra.map.sql import as_expression
from infra.map.style import PIXEL_MM, Label, Sign, Stroke
from infra.map.tiles import rows_in

MOST_PER_LAYER = 4000
# On paper a letter may be smaller than on a screen, and a street is asked for a little earlier.
_LETTER = 0.8
_ZOOM_SPARE = 0.7
_CHAR = 0.56
_SHARES = (0.5, 0.25, 0.75, 0.1, 0.9)
Groups = list[tuple[Sign, list[str]]]
Box = tuple[float, float, float, float]


def ground_rows(plane: Plane, spec: LayerSpec) -> list[Any]:
    """A base layer's rows on the paper, as far as the map shows them at this scale.

    Each bears what its tile would tell of it, as `told_<property>`.
    """
    # A tile shows one zoom less than the map stands at: squares are of 512 pixels.
    zoom = plane.zoom + _ZOOM_SPARE - 1
    if zoom < spec.min_zoom:
        return []
    rows = rows_in(spec, AnonymousUser(), plane.bounds, {})
    if spec.at_zoom:
        rows = spec.at_zoom(rows, round(zoom))
    told = {f"told_{name}": as_expression(source) for name, source in spec.properties.items()}
    return list(rows.annotate(**told).order_by(*spec.order_by)[:MOST_PER_LAYER])


def path_of(plane: Plane, spec: LayerSpec, row: Any) -> str:
    """The `d` of a row's shape on the paper."""
    geometry = as_shape(getattr(row, spec.geometry)).simplify(plane.metres_per_mm * 1e-6)
    return plane.path(plane.clipped(geometry))


def fills(groups: Groups) -> str:
    """Areas in their colour."""
    return "".join(
        tag("path", d="".join(paths), fill=sign.fill, fill_opacity=sign.fill_opacity)
        for sign, paths in groups
        if sign.fill
    )


def strokes(groups: Groups, zoom: float) -> str:
    """Every casing below every filling, so that roads meet without bars across."""
    most = max((len(sign.strokes) for sign, _paths in groups), default=0)
    drawn = []
    for step in range(most):
        for sign, paths in groups:
            stroke = sign.strokes[step] if step < len(sign.strokes) else None
            if stroke and zoom >= stroke.from_zoom:
                look = _look_of(stroke, zoom)
                drawn.append(tag("path", d="".join(paths), fill="none", **look))
    return "".join(drawn)


def _look_of(stroke: Stroke, zoom: float) -> dict[str, object]:
    look: dict[str, object] = {
        "stroke": stroke.color,
        "stroke_width": round(stroke.width_at(zoom) * PIXEL_MM, 2),
        "stroke_linejoin": "round",
        "stroke_linecap": "butt" if stroke.dash else "round",
    }
    if stroke.opacity < 1:
        look["stroke_opacity"] = stroke.opacity
    if stroke.dash:
        look["stroke_dasharray"] = " ".join(f"{part * PIXEL_MM:.2f}" for part in stroke.dash)
    return look


class Written(NamedTuple):
    """Words as SVG, and the room that they take."""

    svg: str
    box: Box


def written(text: str, x: float, y: float, size: float, anchor: str) -> Written | None:
    """Words of a feature on the ground, black; None where it has none."""
    if not text:
        return None
    wide = len(text) * size * _CHAR
    west = x if anchor == "start" else x - wide / 2
    svg = words(text, x, y, size, text_anchor=anchor, fill="#000")
    return Written(svg, (west - 0.5, y - size, west + wide + 0.5, y + size * 0.4))


class _Place(NamedTuple):
    """A spot on the paper, and how the thing slants there in degrees."""

    x: float
    y: float
    angle: float = 0.0


class _Wish(NamedTuple):
    """Words that want one of these places on the paper."""

    label: Label
    text: str
    places: list[_Place]


def ground_words(
    plane: Plane, shown: Iterable[tuple[LayerSpec, list[Any]]], reserved: Iterable[Box]
) -> str:
    """Names and plates by importance, each where nothing is written or reserved."""
    wishes = [wish for spec, rows in shown for wish in _wishes(plane, spec, rows)]
    taken = list(reserved)
    told: set[tuple[str, str]] = set()
    drawn = []
    for wish in sorted(wishes, key=lambda wish: wish.label.rank):
        name = (wish.label.place, wish.text)
        if name in told:
            continue
        size = _size_mm(wish.label, plane.zoom)
        for place in wish.places:
            box = _box_of(wish, place, size)
            if _is_inside(plane, box) and not any(_meet(box, other) for other in taken):
                taken.append(box)
                told.add(name)
                drawn.append(_inked(wish, place, size))
                break
    return "".join(drawn)


def _wishes(plane: Plane, spec: LayerSpec, rows: list[Any]) -> Iterator[_Wish]:
    style = spec.style
    zoom = plane.zoom + _ZOOM_SPARE
    labels = [one for one in (style.labels if style else ()) if one.min_zoom <= zoom < one.max_zoom]
    if not labels or style is None:
        return
    for row in rows:
        values = {name: str(getattr(row, f"told_{name}") or "") for name in spec.properties}
        places: list[_Place] = []
        for label in labels:
            told = values.get(label.by or style.sign_by, "")
            text = values[label.property]
            if not text or (label.only and told not in label.only):
                continue
            places = places or _places_of(plane, spec, row)
            if places:
                yield _Wish(label, text, places)


def _places_of(plane: Plane, spec: LayerSpec, row: Any) -> list[_Place]:
    """Spots on a row's longest piece on the paper, its middle first."""
    piece = plane.clipped(as_shape(getattr(row, spec.geometry)))
    if piece.is_empty:
        return []
    parts = [part for part in getattr(piece, "geoms", [piece]) if not part.is_empty]
    widest = max(parts, key=lambda part: part.length)
    if widest.geom_type != "LineString":
        middle = widest if widest.geom_type == "Point" else widest.representative_point()
        return [_Place(*plane.at(middle.x, middle.y))]
    return [_on(plane, widest, share) for share in _SHARES]


def _on(plane: Plane, line: Any, share: float) -> _Place:
    spots = [
        line.interpolate(where, normalized=True) for where in (share - 0.05, share, share + 0.05)
    ]
    (x0, y0), (x, y), (x1, y1) = (plane.at(spot.x, spot.y) for spot in spots)
    angle = math.degrees(math.atan2(y1 - y0, x1 - x0))
    return _Place(x, y, (angle + 90) % 180 - 90)


def _size_mm(label: Label, zoom: float) -> float:
    return round(label.size_at(zoom) * PIXEL_MM * _LETTER, 2)


def _box_of(wish: _Wish, place: _Place, size: float) -> Box:
    """The room that slanted words take."""
    wide, high = len(wish.text) * size * _CHAR / 2, size * 0.7
    slant = math.radians(place.angle if wish.label.place == "along" else 0.0)
    across = abs(wide * math.cos(slant)) + abs(high * math.sin(slant))
    down = abs(wide * math.sin(slant)) + abs(high * math.cos(slant))
    return place.x - across, place.y - down, place.x + across, place.y + down


def _is_inside(plane: Plane, box: Box) -> bool:
    return box[0] >= 0 and box[1] >= 0 and box[2] <= plane.width_mm and box[3] <= plane.height_mm


def _meet(a: Box, b: Box) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _inked(wish: _Wish, place: _Place, size: float) -> str:
    label = wish.label
    y = round(place.y + size * 0.35, 2)
    look: dict[str, object] = {"text_anchor": "middle", "fill": label.color}
    if label.italic:
        look["font_style"] = "italic"
    if label.weight > 400:  # noqa: PLR2004 - CSS's normal weight
        look["font_weight"] = "bold"
    if label.place == "plate":
        west, north, east, south = _box_of(wish, place, size)
        room = {"x": round(west, 2), "y": round(north, 2), "rx": 0.6}
        sides = {"width": round(east - west, 2), "height": round(south - north, 2)}
        edge = {"fill": label.halo, "stroke": label.color, "stroke_width": 0.2}
        plate = tag("rect", **room, **sides, **edge)
        return plate + words(wish.text, place.x, y, size, label.halo, **look)
    if label.place == "along" and place.angle:
        look["transform"] = f"rotate({place.angle:.1f} {place.x} {place.y})"
    return words(wish.text, place.x, y, size, label.halo, **look)
