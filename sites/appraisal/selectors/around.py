"""What the constraint layers have around a position: every kind and question in one statement."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.contrib.gis.geos import GEOSGeometry, Point
from django.db import connection
from django.utils.translation import gettext as _
from shapely import from_wkb
from shapely.ops import nearest_points

from infra.models import ConstraintDataset
from infra.places.geo.measure import circle
from sites.appraisal.rules.measured import GeoJSON, Hit, LayerHits

MOST_HITS = 12
SHOWN_AROUND_M = 300.0
# The distance to each thing in the widest reach is computed once, by one search of the geography's
# index; each question then takes its own kinds within its own metres. `metres` of a question about
# what contains the point is null: that is found by the geometry's index.
AROUND = """
WITH asked AS (
  SELECT * FROM unnest(%(asks)s::int[], %(datasets)s::bigint[], %(metres)s::float8[])
    AS asked (ask, dataset_id, metres)
), near AS MATERIALIZED (
  SELECT id, dataset_id, ST_Distance(geography(geometry), geography(%(here)s)) AS distance_m
  FROM infra_constraintfeature
  WHERE dataset_id = ANY(%(datasets)s)
    AND ST_DWithin(geography(geometry), geography(%(here)s), %(reach)s)
), containing AS MATERIALIZED (
  SELECT id, dataset_id FROM infra_constraintfeature
  WHERE dataset_id = ANY(%(datasets)s) AND ST_Covers(geometry, %(here)s)
), found AS (
  SELECT ask, id, distance_m
  FROM near JOIN asked USING (dataset_id) WHERE distance_m <= metres
  UNION ALL
  SELECT ask, id, 0 FROM containing JOIN asked USING (dataset_id) WHERE metres IS NULL
), ranked AS (
  SELECT *, row_number() OVER (PARTITION BY ask ORDER BY distance_m, id) AS nth,
    count(*) OVER (PARTITION BY ask) AS count
  FROM found
)
SELECT ask, count, id, distance_m, name, properties->>'voltage_kv', geometry::bytea
FROM ranked JOIN infra_constraintfeature USING (id)
WHERE nth <= %(most)s ORDER BY ask, nth
"""

Layers = Mapping[str, ConstraintDataset]


@dataclass(frozen=True)
class Search:
    """One question to the layers: what these kinds have within so many metres.

    Without metres: what of them contains the point.
    """

    kinds: tuple[str, ...]
    metres: float | None = None


class _Row(NamedTuple):
    """What the database answers to one question, a row for each thing."""

    ask: int
    total: int
    id: int
    distance_m: float
    name: str
    voltage_kv: str | None
    geometry: memoryview


def layers_in_force() -> dict[str, ConstraintDataset]:
    """The current version of every constraint layer, by its kind."""
    return {row.kind: row for row in ConstraintDataset.objects.filter(is_current=True)}


def answers(point: Point, layers: Layers, searches: Mapping[str, Search]) -> dict[str, LayerHits]:
    """What each search finds, nearest first, by its name; none where no layer of it is loaded.

    The kind of an answer is the first one asked for; `count` counts also what is not among `hits`.
    """
    asked = [
        (name, search, [layers[kind] for kind in search.kinds if kind in layers])
        for name, search in searches.items()
    ]
    asked = [entry for entry in asked if entry[2]]
    found: dict[int, list[_Row]] = {}
    for row in _rows(point, [(search, datasets) for _name, search, datasets in asked]):
        found.setdefault(row.ask, []).append(row)
    hits = _Hits(point)
    return {
        name: LayerHits(
            kind=search.kinds[0],
            dataset=_labels(datasets),
            hits=tuple(hits.of(row, search) for row in found.get(ask, ())),
            count=found[ask][0].total if ask in found else 0,
        )
        for ask, (name, search, datasets) in enumerate(asked)
    }


def link(point: Point, geometry: GEOSGeometry) -> GeoJSON:
    """The line from the point to the nearest place of a geometry."""
    here, there = nearest_points(from_wkb(bytes(point.wkb)), from_wkb(bytes(geometry.wkb)))
    return {"type": "LineString", "coordinates": [[here.x, here.y], [there.x, there.y]]}


def plain(geometry: GEOSGeometry) -> GeoJSON:
    """A geometry as GeoJSON."""
    made: GeoJSON = json.loads(geometry.json)
    return made


def _rows(point: Point, asked: list[tuple[Search, list[ConstraintDataset]]]) -> list[_Row]:
    lines = [
        (ask, dataset.pk, search.metres)
        for ask, (search, datasets) in enumerate(asked)
        for dataset in datasets
    ]
    if not lines:
        return []
    asks, datasets, metres = zip(*lines, strict=True)
    values = {
        "asks": list(asks),
        "datasets": list(datasets),
        "metres": list(metres),
        "reach": max((one for one in metres if one is not None), default=0.0),
        "here": point.hexewkb.decode(),
        "most": MOST_HITS,
    }
    with connection.cursor() as cursor:
        cursor.execute(AROUND, values)
        return [_Row(*row) for row in cursor.fetchall()]


class _Hits:
    """Rows as the rules and the map read them; a thing that answers two searches is drawn once."""

    def __init__(self, point: Point) -> None:
        self._point = point
        self._near: dict[int, Hit] = {}

    @cached_property
    def _window(self) -> GEOSGeometry:
        return circle(self._point, SHOWN_AROUND_M).envelope

    def of(self, row: _Row, search: Search) -> Hit:
        """One row of an answer."""
        if search.metres is None:
            shown = self._clip(GEOSGeometry(row.geometry))
            return Hit(name=row.name, distance_m=0.0, geometry=shown)
        if row.id not in self._near:
            self._near[row.id] = self._near_hit(row)
        return self._near[row.id]

    def _near_hit(self, row: _Row) -> Hit:
        geometry = GEOSGeometry(row.geometry)
        return Hit(
            name=row.name,
            distance_m=row.distance_m,
            geometry=self._clip(geometry),
            link=link(self._point, geometry),
            key=str(row.id),
            voltage_kv=_voltage(row.voltage_kv),
        )

    def _clip(self, geometry: GEOSGeometry) -> GeoJSON:
        """The part near the point: a power line is drawn only where it matters."""
        if geometry.geom_type == "Point":
            return plain(geometry)
        sound = geometry if geometry.valid else geometry.make_valid()
        return plain(self._window.intersection(sound))


def _voltage(value: str | None) -> float | None:
    """Kilovolts as the layer says them; None where it does not, or not as a number."""
    try:
        return float(value or 0) or None
    except ValueError:
        return None


def _labels(datasets: Iterable[ConstraintDataset]) -> str:
    """The layers as a finding names them: "School v3, House v1"."""
    return ", ".join(
        _("%(kind)s v%(version)s") % {"kind": row.get_kind_display(), "version": row.version}
        for row in datasets
    )
