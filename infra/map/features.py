"""Features themselves: what a click meets, bounded GeoJSON, and one feature to show."""

import json
import math
from typing import Any

from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.utils.translation import gettext as _

from infra.map.errors import MapRefusedError
from infra.map.registry import LayerSpec, Person
from infra.map.sql import Nearness, Outline, as_expression
from infra.map.statements import Filters, narrowed
from infra.map.tiles import rows_in
from infra.places.geo.crs import WGS84_SRID
from infra.places.geo.measure import within_m

PIXELS = {"point": 18, "line": 10, "polygon": 2}
CARDS_PER_LAYER = 8
WIDE_M = 500
MOST_FEATURES = 5000
WIDEST_DEGREES = 1.5
HALF_TURN, POLE = 180, 90
_EQUATOR_M = 40_075_016.686


def identify(
    specs: list[LayerSpec], user: Person, point: Point, zoom: float, filters: Filters
) -> list[dict[str, Any]]:
    """The cards of what lies under a click, nearest first in each layer."""
    found: list[dict[str, Any]] = []
    for spec in sorted(specs, key=_nearness):
        if spec.card is None:
            continue
        reach = PIXELS[spec.kind] * _metres_per_pixel(point.y, zoom)
        rows = narrowed(spec, spec.queryset(user), filters)
        if spec.at_zoom:
            rows = spec.at_zoom(rows, round(zoom))
        tolerance = 0.0 if spec.kind == "point" else _degrees_per_pixel(zoom)
        rows = rows.annotate(map_geometry=Outline(spec.geometry, tolerance))
        near = _nearest(rows, spec.geometry, point, reach)
        cards = (as_card(spec, row, user) for row in near)
        found += [card for card in cards if card]
    return found


def as_card(spec: LayerSpec, row: Model, user: Person) -> dict[str, Any] | None:
    """A row as its card, with its geometry where the query brought one; None where it has none."""
    card = spec.card(row, user) if spec.card else None
    if card is None:
        return None
    geometry = getattr(row, "map_geometry", None)
    return {
        "layer": spec.key,
        "name": spec.name,
        "layerTitle": str(spec.title),
        "kind": spec.kind,
        "id": card.id,
        "title": str(card.title),
        "subtitle": str(card.subtitle),
        "facts": [[str(name), str(value)] for name, value in card.facts],
        "url": card.url,
        "sign": card.sign,
        "geometry": json.loads(geometry) if geometry else None,
    }


def one_feature(spec: LayerSpec, user: Person, identifier: str) -> dict[str, Any] | None:
    """The card and geometry of one feature; None for what is not there or not to be seen."""
    try:
        rows = spec.queryset(user).filter(**{spec.id_field: identifier})
        row = rows.annotate(map_geometry=Outline(spec.geometry)).first()
    except (ValueError, ValidationError):
        return None
    return None if row is None else as_card(spec, row, user)


def collection(
    spec: LayerSpec, user: Person, bounds: tuple[float, float, float, float], filters: Filters
) -> dict[str, Any]:
    """The features of a box as GeoJSON with the layer's own properties, from its middle outwards.

    Of more than MOST_FEATURES the farthest are left out, and `leftOut` says so. Raises
    MapRefusedError when the box is too wide.
    """
    west, south, east, north = bounds
    if east - west > WIDEST_DEGREES or north - south > WIDEST_DEGREES:
        raise MapRefusedError(_("The area is too wide: come closer, then ask again."))
    names = {f"tile_{n}": as_expression(source) for n, source in spec.properties.items()}
    middle = Point((west + east) / 2, (south + north) / 2, srid=WGS84_SRID)
    rows = rows_in(spec, user, bounds, filters).order_by(Nearness(spec.geometry, middle))
    rows = rows.annotate(map_geometry=Outline(spec.geometry), **names)
    found = list(rows.values(spec.id_field, "map_geometry", *names)[: MOST_FEATURES + 1])
    return {
        "type": "FeatureCollection",
        "features": [_feature(spec, row) for row in found[:MOST_FEATURES]],
        "leftOut": len(found) > MOST_FEATURES,
    }


def parse_bounds(text: str) -> tuple[float, float, float, float]:
    """West, south, east, north from `w,s,e,n`. Raises MapRefusedError on anything else."""
    try:
        west, south, east, north = (float(part) for part in text.split(","))
    except ValueError as error:
        raise MapRefusedError(_("Write bbox=west,south,east,north in degrees.")) from error
    if not (-HALF_TURN <= west < east <= HALF_TURN and -POLE <= south < north <= POLE):
        raise MapRefusedError(_("No such area: west < east, south < north, in degrees."))
    return west, south, east, north


def _nearest(rows: "QuerySet[Any]", geometry: str, point: Point, reach: float) -> list[Any]:
    """The nearest within a reach (metres): looked for close by first, where it is a wide one.

    A click from far reaches over kilometres, where in a town thousands lie to be put in order.
    """
    shares = (16, 4, 1) if reach > WIDE_M else (1,)
    found: list[Any] = []
    for share in shares:
        found = list(within_m(rows, geometry, point, reach / share)[:CARDS_PER_LAYER])
        if len(found) == CARDS_PER_LAYER:
            break
    return found


def _nearness(spec: LayerSpec) -> tuple[bool, int, int]:
    """Own data before the base map; points, lines, small areas, wide areas."""
    return spec.is_base, ("point", "line", "polygon").index(spec.kind), -spec.min_zoom


def _feature(spec: LayerSpec, row: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": str(row[spec.id_field]),
        "geometry": json.loads(row["map_geometry"]),
        "properties": {name: row[f"tile_{name}"] for name in spec.properties},
    }


def _metres_per_pixel(latitude: float, zoom: float) -> float:
    return _EQUATOR_M * math.cos(math.radians(latitude)) / (256 * 2**zoom)


def _degrees_per_pixel(zoom: float) -> float:
    return 360 / (256 * 2**zoom)
