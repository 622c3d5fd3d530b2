"""Metres are the same in Python and in PostGIS, and a search by metres goes through the index."""

import json
from datetime import date

import pytest
from django.contrib.gis.geos import GEOSGeometry, LineString, Point, Polygon
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from infra.ground.choices import ConstraintKind
from infra.models import ConstraintDataset, ConstraintFeature
from infra.places.geo.measure import circle, destination, distance_m, length_m, within_m

CAO_LANH = Point(105.6321, 10.4602, srid=4326)


def _postgis(sql: str, *geometries: GEOSGeometry) -> float:
    with connection.cursor() as cursor:
        cursor.execute(sql, [bytes(geometry.ewkb) for geometry in geometries])
        return float(cursor.fetchone()[0])


def _square(side: float) -> Polygon:
    return Polygon.from_bbox((105.6, 10.4, 105.6 + side, 10.4 + side))


@pytest.mark.django_db
def test_lengths_and_distances_agree_with_postgis() -> None:
    line = LineString((105.6, 10.4), (105.7, 10.45), (105.9, 10.3), srid=4326)
    as_geography = "geography(ST_GeomFromEWKB(%s))"
    assert length_m(line) == pytest.approx(
        _postgis(f"SELECT ST_Length({as_geography})", line), abs=1e-3
    )
    other = Point(106.36, 10.36, srid=4326)
    apart = f"SELECT ST_Distance({as_geography}, {as_geography})"
    assert distance_m(CAO_LANH, other) == pytest.approx(_postgis(apart, CAO_LANH, other), abs=1e-3)
    assert distance_m(other, line) == pytest.approx(_postgis(apart, other, line), abs=1e-6)


@given(azimuth=st.floats(0, 360), metres=st.floats(0.01, 100_000))
def test_a_destination_lies_as_far_as_asked(azimuth: float, metres: float) -> None:
    there = destination(CAO_LANH, azimuth, metres)
    assert distance_m(CAO_LANH, there) == pytest.approx(metres, abs=1e-6)


def test_a_circle_keeps_its_radius_at_every_corner() -> None:
    ring = circle(CAO_LANH, 45)
    assert ring.valid
    assert all(
        distance_m(CAO_LANH, Point(*corner)) == pytest.approx(45, abs=1e-6)
        for corner in ring.coords[0]
    )


def _houses(count: int) -> None:
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.HOUSE, version=1, source="test", source_date=date(2026, 1, 1)
    )
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO infra_constraintfeature"
            " (dataset_id, kind, external_id, name, properties, geometry)"
            " SELECT %s, 'house', n::text, '', '{}', ST_SetSRID(ST_MakePoint("
            "105 + (n %% 200) * 0.005, 10 + (n / 200) * 0.005), 4326)"
            " FROM generate_series(0, %s) n",
            [dataset.pk, count - 1],
        )
        cursor.execute("ANALYZE infra_constraintfeature")


@pytest.mark.django_db
def test_a_search_by_metres_finds_the_near_ones_nearest_first() -> None:
    _houses(20_000)
    found = list(within_m(ConstraintFeature.objects.all(), "geometry", CAO_LANH, 1_000))
    distances = [distance_m(feature.geometry, CAO_LANH) for feature in found]
    assert distances == sorted(distances)
    assert [feature.__dict__["distance_m"] for feature in found] == pytest.approx(
        distances, abs=1e-3
    )
    everywhere = ConstraintFeature.objects.all()
    assert len(found) == sum(distance_m(f.geometry, CAO_LANH) <= 1_000 for f in everywhere)


@pytest.mark.django_db
def test_a_search_by_metres_goes_through_the_geography_index() -> None:
    _houses(20_000)
    search = within_m(ConstraintFeature.objects.all(), "geometry", CAO_LANH, 500)
    plan = json.dumps(search.explain(format="json"))
    assert "constraint_geog_gist" in plan
    assert "Seq Scan" not in plan


def test_a_geometry_in_metres_is_refused() -> None:
    with pytest.raises(ValueError, match="990500"):
        within_m(ConstraintFeature.objects.all(), "geometry", Point(1, 2, srid=990500), 5)
