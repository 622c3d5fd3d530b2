"""Constraint layers: each load a new version, sealed; bad rows named, nothing half loaded."""

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.contrib.gis.geos import Point, Polygon
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from infra.ground.choices import ConstraintKind
from infra.models import ConstraintDataset, ConstraintFeature
from infra.places.territory.constraints import NewFeature, dataset_load

pytestmark = pytest.mark.django_db

SCHOOL = {"type": "Point", "coordinates": [105.63, 10.46, 3.5]}
BOWTIE = {
    "type": "Polygon",
    "coordinates": [[[105, 10], [105.1, 10.1], [105.1, 10], [105, 10.1], [105, 10]]],
}
# A square whose closing edge strays by a hair: repairable.
SPIKED = {
    "type": "Polygon",
    "coordinates": [
        [
            [105, 10],
            [105.1, 10],
            [105.1, 10.1],
            [105.1, 10.12],
            [105.1, 10.1],
            [105, 10.1],
            [105, 10],
        ]
    ],
}


def _file(tmp_path: Path, *geometries: dict[str, Any] | None) -> Path:
    features = [
        {"type": "Feature", "properties": {"name": f"Trường {n}", "id": n}, "geometry": geometry}
        for n, geometry in enumerate(geometries, start=1)
    ]
    path = tmp_path / "schools.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


def _load(kind: str, path: Path, **options: object) -> ConstraintDataset:
    call_command(
        "load_constraints", kind, path, source="kiểm thử", date=date(2026, 1, 2), **options
    )
    return ConstraintDataset.objects.get(kind=kind, is_current=True)


def test_a_second_load_is_a_second_version_and_the_first_stays(tmp_path: Path) -> None:
    first = _load("school", _file(tmp_path, SCHOOL))
    second = _load("school", _file(tmp_path, SCHOOL, SCHOOL))
    first.refresh_from_db()
    assert (first.version, first.is_current, first.features.count()) == (1, False, 1)
    assert (second.version, second.is_current, second.feature_count) == (2, True, 2)
    feature = first.features.get()
    assert (feature.name, feature.external_id) == ("Trường 1", "1")
    assert not feature.geometry.hasz


@pytest.mark.owner
@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE infra_constraintfeature SET name = 'khác'",
        "DELETE FROM infra_constraintfeature",
        "INSERT INTO infra_constraintfeature (dataset_id, kind, external_id, name, properties,"
        " geometry) SELECT dataset_id, kind, '', '', '{}', geometry FROM infra_constraintfeature",
        "UPDATE infra_constraintdataset SET source = 'khác'",
        "DELETE FROM infra_constraintdataset",
    ],
)
def test_a_loaded_version_cannot_be_changed_even_by_sql(tmp_path: Path, statement: str) -> None:
    _load("school", _file(tmp_path, SCHOOL))
    with (
        pytest.raises(DatabaseError, match="sealed"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)
    assert ConstraintFeature.objects.get().name == "Trường 1"


def test_bad_rows_are_named_and_nothing_is_loaded(tmp_path: Path) -> None:
    plane = {"type": "Point", "coordinates": [569001.8, 1156822.4]}
    path = _file(tmp_path, SCHOOL, None, BOWTIE, plane)
    with pytest.raises(CommandError) as refused:
        _load("school", path)
    for said in ("Dòng 2: không có hình học", "Dòng 3: hình học sai", "Dòng 4", "--meridian"):
        assert said in str(refused.value)
    assert not ConstraintDataset.objects.exists()
    assert _load("school", path, skip_refused=True).feature_count == 1


def test_a_small_fault_is_repaired(tmp_path: Path) -> None:
    dataset = _load("urban_area", _file(tmp_path, SPIKED))
    assert dataset.features.get().geometry.valid


def test_a_file_without_anything_usable_is_refused(tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="không có đối tượng nào"):
        _load("school", _file(tmp_path))
    with pytest.raises(CommandError, match="Không thấy tệp"):
        _load("school", tmp_path / "khong-co.gpkg")
    broken = tmp_path / "broken.gpkg"
    broken.write_text("không phải GeoPackage")
    with pytest.raises(CommandError, match="Không đọc được"):
        _load("school", broken)
    assert not ConstraintDataset.objects.exists()


def test_a_service_may_load_features_of_its_own() -> None:
    dataset = dataset_load(
        kind=ConstraintKind.HOUSE,
        features=[NewFeature(Point(105.6, 10.4, srid=4326), name="Nhà 1")] * 3,
        source="minh họa",
        source_date=date(2026, 1, 1),
        is_illustrative=True,
    )
    assert dataset.is_sealed
    assert dataset.is_illustrative
    assert dataset.feature_count == 3


def test_real_files_load(shared_data: Path | None) -> None:
    if shared_data is None:
        return
    places, tough = shared_data / "4_places", shared_data / "6_tough" / "gpkg_pyogrio"
    assert _load("airport", places / "vn_airports.geojson").feature_count == 86
    hospitals = _load("hospital", places / "hanoi_osm_hospitals_2024-09.geojson")
    assert hospitals.feature_count == 252
    assert hospitals.features.exclude(name="").count() > 200
    assert _load("school", places / "liechtenstein_sensitive_polygons.gpkg").feature_count == 43
    assert _load("road", tough / "curve.gpkg").feature_count == 1
    measured = _load("road", tough / "line_zm.gpkg")
    assert not measured.features.get().geometry.hasz


def test_a_plane_file_loads_where_it_belongs_once_its_meridian_is_said(
    shared_data: Path | None,
) -> None:
    if shared_data is None:
        return
    path = shared_data / "7_derived" / "wards_tcvn3_vn2000_tm3_105_noprj.shp"
    dataset = _load("urban_area", path, meridian="105-00")
    around = dataset.features.filter(
        geometry__coveredby=Polygon.from_bbox((105.1, 10.1, 106.9, 11.0))
    )
    assert around.count() == 102
