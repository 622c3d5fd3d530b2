"""What the map draws of positions beside its layers, as GeoJSON (EPSG:4326) with tones and labels.

Tones and labels are words of the map component: `new`, `old`, `neutral`, `pass`; `dashed`.
"""

import json
from collections.abc import Sequence
from typing import Any

from django.contrib.gis.geos import MultiPoint, Point
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from infra.cases.dossiers.timeline import comments_of
from infra.models import Dossier, User
from infra.places.geo.measure import ELLIPSOID, destination, distance_m
from sites.appraisal.rules import fall_zone
from sites.appraisal.rules.measured import GeoJSON, Hit
from sites.appraisal.sentences import metres
from sites.models import CandidateLocation

SHOWN_AROUND_M = 250.0
LABELLED_NEIGHBOURS = 5
MOST_PINS = 50
PIN_LETTERS = 40
ARROW_SHARE = 0.12
ARROW_MOST_M = 15.0
ARROW_WING_DEG = 28.0


def dossier_scene(candidates: list[CandidateLocation], *, shows_outcomes: bool) -> GeoJSON:
    """All positions of a dossier with their numbers and moves; adjusted places are results."""
    parts = [
        part
        for row in candidates
        for part in _places(row, str(row.order), shows_outcome=shows_outcomes)
    ]
    return _collection(parts)


def position_scene(
    candidate: CandidateLocation,
    around: Sequence[Hit],
    radius_m: float | None,
    *,
    shows_outcome: bool = False,
) -> GeoJSON:
    """One position with its fall circle and the nearest of the masts around.

    The adjusted place is a result: drawn only for `shows_outcome`.
    """
    parts = []
    if radius_m:
        label = _("fall radius %(metres)s m, %(model)s") % {
            "metres": metres(radius_m),
            "model": fall_zone.MODEL_VERSION,
        }
        fall = _plain(candidate.point)
        parts.append(_feature(fall, "neutral", title=label, radius_m=float(radius_m)))
    parts += [_neighbour(hit) for hit in around[:LABELLED_NEIGHBOURS]]
    label = candidate.name or _("New position")
    parts += _places(candidate, label, shows_outcome=shows_outcome)
    return _collection(parts)


def comment_pins(dossier: Dossier, user: User) -> list[GeoJSON]:
    """Comments that stand on the map, as the person may read them."""
    rows = comments_of(dossier, user).filter(point__isnull=False)[:MOST_PINS]
    return [
        _feature(_plain(row.point), "advisory", label=Truncator(row.body).chars(PIN_LETTERS))
        for row in rows
    ]


def moved(candidate: CandidateLocation) -> str:
    """How far a relocation moves: "212 m", or nothing."""
    if candidate.old_mast is None:
        return ""
    return f"{metres(distance_m(candidate.old_mast.point, candidate.point))} m"


def bounds_of(
    candidates: list[CandidateLocation], around_m: float = SHOWN_AROUND_M
) -> list[float] | None:
    """West, south, east, north around all positions and their old places; None without any."""
    points = [row.point for row in candidates]
    points += [row.old_mast.point for row in candidates if row.old_mast]
    if not points:
        return None
    west, south, east, north = MultiPoint(*points).extent
    low = destination(Point(west, south, srid=4326), 225, around_m)
    high = destination(Point(east, north, srid=4326), 45, around_m)
    return [low.x, low.y, high.x, high.y]


def _places(candidate: CandidateLocation, label: str, *, shows_outcome: bool) -> list[GeoJSON]:
    parts = []
    if candidate.old_mast:
        old = candidate.old_mast
        parts += _arrow(old.point, candidate.point, moved(candidate), tone="new")
        parts.append(_feature(_plain(old.point), "old", label=old.code))
    if candidate.proposed_point and shows_outcome:
        shift = metres(distance_m(candidate.point, candidate.proposed_point))
        parts += _arrow(candidate.point, candidate.proposed_point, f"{shift} m", tone="pass")
        adjusted = _plain(candidate.proposed_point)
        parts.append(_feature(adjusted, "pass", label=_("adjusted position")))
    parts.append(_feature(_plain(candidate.point), "new", label=label, uuid=str(candidate.uuid)))
    return parts


def _arrow(start: Point, end: Point, label: str, tone: str = "neutral") -> list[GeoJSON]:
    back, _forward, length_m = ELLIPSOID.inv(end.x, end.y, start.x, start.y)
    wing_m = min(ARROW_MOST_M, length_m * ARROW_SHARE)
    wings = [destination(end, back + side * ARROW_WING_DEG, wing_m).coords for side in (-1, 1)]
    shaft = _line(start.coords, end.coords)
    head = _line(wings[0], end.coords, wings[1])
    return [_feature(shaft, tone, label=label, dashed=True), _feature(head, tone)]


def _neighbour(hit: Hit) -> GeoJSON:
    label = f"{metres(hit.distance_m)} m"
    return _feature(hit.link or hit.geometry, "neutral", label=label, dashed=True)


def _line(*coordinates: Any) -> GeoJSON:
    return {"type": "LineString", "coordinates": [list(pair) for pair in coordinates]}


def _feature(geometry: GeoJSON, tone: str, **properties: Any) -> GeoJSON:
    return {"type": "Feature", "geometry": geometry, "properties": {"tone": tone, **properties}}


def _collection(parts: list[GeoJSON]) -> GeoJSON:
    return {"type": "FeatureCollection", "features": parts}


def _plain(geometry: Any) -> GeoJSON:
    plain: GeoJSON = json.loads(geometry.json)
    return plain
