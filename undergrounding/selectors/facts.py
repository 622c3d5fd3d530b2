"""Measures a route for the rules: PostGIS says where it meets water and leaves the province."""

import json
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from django.contrib.gis.db.models import Union
from django.contrib.gis.db.models.functions import Intersection
from django.contrib.gis.geos import GEOSGeometry, LineString, Point
from django.contrib.gis.geos.collections import GeometryCollection

from infra.ground.choices import ConstraintKind
from infra.ground.rules import Finding
from infra.models import ConstraintDataset, ConstraintFeature
from infra.places.geo.measure import length_m
from infra.places.territory.selectors import limits_on, units_on
from undergrounding import geometry
from undergrounding.models import Route, Segment
from undergrounding.rules import (
    LIMIT_CODES,
    RouteFacts,
    SegmentFact,
    Territory,
    WaterCrossing,
    judge,
)


def findings_on(route: Route, on: date) -> list[Finding]:
    """What the rules say of a saved route by the limits and layers of that day."""
    return judge(facts_of(route, on), {code: limits_on(code, on) for code in LIMIT_CODES})


def facts_of(route: Route, on: date) -> RouteFacts:
    """The measured values of a saved route."""
    vertices = vertices_of(route.geometry)
    segments = list(route.segments.all())
    spans = [geometry.Span(segment.start_vertex, segment.end_vertex) for segment in segments]
    water = ConstraintDataset.objects.filter(kind=ConstraintKind.WATER, is_current=True).first()
    return RouteFacts(
        vertices=tuple(vertices),
        length_m=geometry.length(vertices),
        segments=tuple(_segment_fact(segment) for segment in segments),
        is_covered=geometry.covers(spans, len(vertices)),
        crossings=tuple(_crossings(route, vertices, segments, water)) if water else None,
        water_dataset=str(water or ""),
        territory=_territory(route.geometry, on),
    )


def vertices_of(line: LineString) -> list[geometry.Vertex]:
    """The vertices of a stored line, coordinate for coordinate."""
    return [(vertex[0], vertex[1]) for vertex in line.coords]


def _segment_fact(segment: Segment) -> SegmentFact:
    depth = segment.cover_depth_m
    return SegmentFact(
        number=segment.order + 1,
        method=segment.method,
        surface=segment.surface,
        length_m=segment.length_m,
        cover_depth_m=None if depth is None else float(depth),
        vertices=tuple(vertices_of(segment.geometry)),
    )


def _crossings(
    route: Route,
    vertices: Sequence[geometry.Vertex],
    segments: Sequence[Segment],
    water: ConstraintDataset,
) -> Iterator[WaterCrossing]:
    bodies = ConstraintFeature.objects.filter(
        dataset=water, geometry__intersects=route.geometry
    ).annotate(shared=Intersection("geometry", route.geometry))
    found = [
        _crossing(body.name, part, vertices, segments)
        for body in bodies
        for part in _parts(body.shared)
    ]
    yield from sorted(found, key=lambda crossing: crossing.from_m)


def _crossing(
    name: str,
    part: GEOSGeometry,
    vertices: Sequence[geometry.Vertex],
    segments: Sequence[Segment],
) -> WaterCrossing:
    shape: Any = part
    coordinates = shape.coords if isinstance(part, LineString) else (shape.coords,)
    ends = [geometry.project(vertices, (place[0], place[1])) for place in coordinates]
    first = min(ends, key=lambda end: end.chainage_m)
    last = max(ends, key=lambda end: end.chainage_m)
    over = next(
        (s for s in segments if s.start_vertex <= first.edge < s.end_vertex),
        None,
    )
    return WaterCrossing(
        name=name,
        from_m=first.chainage_m,
        to_m=last.chainage_m,
        segment=over.order + 1 if over else 0,
        method=over.method if over else "",
        evidence=json.loads(part.geojson),
    )


def _territory(line: LineString, on: date) -> Territory | None:
    bounded = units_on(on).filter(boundary__isnull=False)
    touched = bounded.filter(boundary__intersects=line)
    land = touched.aggregate(land=Union("boundary"))["land"]
    if land is None and not bounded.exists():
        return None
    rest = line.difference(land) if land else line
    source = bounded.values_list("boundary_source", flat=True).first() or ""
    return Territory(
        outside_m=length_m(rest),
        is_approximate=bounded.filter(boundary_is_approximate=True).exists(),
        evidence=None if rest.empty else json.loads(rest.geojson),
        source=source,
    )


def _parts(shared: GEOSGeometry) -> Iterator[GEOSGeometry]:
    if isinstance(shared, LineString | Point):
        yield shared
    elif isinstance(shared, GeometryCollection):
        for part in shared:
            yield from _parts(part)
