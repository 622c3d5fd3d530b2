"""VN-2000 holds to a millimetre, in Python and in the database."""

import csv
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point
from django.db import connection

from infra.places.geo import crs
from infra.places.geo.checks import vn2000_is_pinned
from infra.places.geo.measure import distance_m
from tests.places.control import CONTROL, ControlPoint

MILLIMETRE = 0.001


def _all_points(shared_data: Path | None) -> list[ControlPoint]:
    if shared_data is None:
        return CONTROL
    with (shared_data / "8_control" / "vn2000_control_points.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return [
        ControlPoint(
            float(row["wgs84_lat"]),
            float(row["wgs84_lon"]),
            row["central_meridian"].replace("°", "-").replace("′", ""),
            float(row["vn2000_x_northing_m"]),
            float(row["vn2000_y_easting_m"]),
            float(row["vn2000_lat"]),
            float(row["vn2000_lon"]),
        )
        for row in rows
    ]


def test_python_agrees_with_the_control_points_to_a_millimetre(shared_data: Path | None) -> None:
    for point in _all_points(shared_data):
        x, y = crs.to_vn2000(point.lon, point.lat, point.meridian)
        assert abs(x - point.x) <= MILLIMETRE
        assert abs(y - point.y) <= MILLIMETRE
        lon, lat = crs.to_wgs84(point.x, point.y, point.meridian)
        assert distance_m(Point(lon, lat), Point(point.lon, point.lat)) <= MILLIMETRE


def test_geographic_vn2000_agrees_with_the_control_points(shared_data: Path | None) -> None:
    for point in _all_points(shared_data):
        lon, lat = crs.vn2000_geographic_to_wgs84(point.vn_lon, point.vn_lat)
        assert distance_m(Point(lon, lat), Point(point.lon, point.lat)) <= 1.5 * MILLIMETRE
        vn_lon, vn_lat = crs.wgs84_to_vn2000_geographic(point.lon, point.lat)
        assert abs(vn_lon - point.vn_lon) <= 1e-8
        assert abs(vn_lat - point.vn_lat) <= 1e-8


@pytest.mark.django_db
def test_the_database_agrees_with_the_control_points_to_a_millimetre(
    shared_data: Path | None,
) -> None:
    with connection.cursor() as cursor:
        for point in _all_points(shared_data):
            cursor.execute(
                "SELECT ST_X(p), ST_Y(p) FROM"
                " ST_Transform(ST_SetSRID(ST_MakePoint(%s, %s), 4326), %s) p",
                [point.lon, point.lat, crs.plane_srid(point.meridian)],
            )
            easting, northing = cursor.fetchone()
            assert abs(northing - point.x) <= MILLIMETRE
            assert abs(easting - point.y) <= MILLIMETRE
            cursor.execute(
                "SELECT ST_Distance(geography(ST_Transform("
                "ST_SetSRID(ST_MakePoint(%s, %s), %s), 4326)),"
                " geography(ST_SetSRID(ST_MakePoint(%s, %s), 4326)))",
                [point.y, point.x, crs.plane_srid(point.meridian), point.lon, point.lat],
            )
            assert cursor.fetchone()[0] <= MILLIMETRE


@pytest.mark.django_db
def test_the_database_holds_every_meridian_with_the_pinned_parameters() -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT srid, auth_name, proj4text FROM spatial_ref_sys"
            " WHERE srid BETWEEN 990000 AND 998999"
        )
        rows = {srid: (authority, text.split()) for srid, authority, text in cursor.fetchall()}
    expected = {crs.plane_srid(m): crs.proj4_of(m) for m in crs.MERIDIANS}
    expected[crs.VN2000_GEOGRAPHIC_SRID] = crs.proj4_of(None)
    assert rows.keys() == expected.keys()
    for srid, (authority, words) in rows.items():
        assert authority is None
        assert sorted(words) == sorted(expected[srid].split())


def test_an_unknown_meridian_is_refused_by_name() -> None:
    with pytest.raises(crs.UnknownMeridianError, match="105-15"):
        crs.to_wgs84(1156822.472, 569001.844, "105-15")


@pytest.mark.owner
@pytest.mark.django_db
def test_a_changed_srid_is_found_by_the_check() -> None:
    assert vn2000_is_pinned(databases=["default"]) == []
    with connection.cursor() as cursor:
        cursor.execute("UPDATE spatial_ref_sys SET auth_name = 'EPSG' WHERE srid = 990545")
    (error,) = vn2000_is_pinned(databases=["default"])
    assert "990545" in error.msg
