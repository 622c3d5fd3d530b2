"""Layers and boundaries from a page: tried first, confirmed, all or nothing, once."""

import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pyogrio.raw
import pytest
import shapely
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from infra.files import store
from infra.ground.choices import ImportState, Role, UnitLevel
from infra.models import AdministrativeUnit, ConstraintDataset, Job, LayerLoad, User
from infra.work.jobs.runner import execute, run_next
from tests.factories import make_user
from tests.reading import page_text

pytestmark = pytest.mark.django_db
LAYERS, BOUNDARIES = "/du-lieu/lop-du-lieu/nap/", "/du-lieu/don-vi/nap/"
CORNER = (105.6, 10.4)


def geojson(*features: tuple[dict[str, Any], dict[str, Any] | None]) -> bytes:
    """Features of properties and geometry."""
    rows = [
        {"type": "Feature", "properties": properties, "geometry": geometry}
        for properties, geometry in features
    ]
    return json.dumps({"type": "FeatureCollection", "features": rows}).encode()


def school(name: str, lon: float = 105.63, lat: float = 10.46) -> tuple[dict[str, Any], Any]:
    """A school."""
    return {"name": name}, {"type": "Point", "coordinates": [lon, lat]}


def square(name: str, size: float = 0.2) -> tuple[dict[str, Any], Any]:
    """The boundary of a commune."""
    shape = shapely.box(*CORNER, CORNER[0] + size, CORNER[1] + size)
    return {"ten": name}, shapely.geometry.mapping(shape)


@pytest.fixture
def commune(db: None) -> AdministrativeUnit:
    """The one commune of a small province, its boundary guessed."""
    return AdministrativeUnit.objects.create(
        code="29869",
        name="Cao Lãnh",
        kind_name="Phường",
        level=UnitLevel.COMMUNE,
        valid_from="2025-07-01",
        boundary=MultiPolygon(Polygon.from_bbox((*CORNER, 105.7, 10.5)), srid=4326),
    )


def page_of(role: Role) -> Client:
    """A window of somebody of this role."""
    client = Client()
    client.force_login(make_user(role))
    return client


def send(client: Client, content: bytes, url: str = LAYERS, **fields: str) -> Any:
    """What the page answers to the file."""
    given = {"source": "Sở Giáo dục", "source_date": "02/01/2026", **fields}
    if url == LAYERS:
        given = {"kind": "school", **given}
    return client.post(url, {**given, "file": SimpleUploadedFile("lop.geojson", content)})


def tried(client: Client, content: bytes, url: str = LAYERS, **fields: str) -> LayerLoad:
    """The load after its trial."""
    response = send(client, content, url, **fields)
    assert response.status_code == 302, page_text(response)
    load = LayerLoad.objects.get(uuid=response["Location"].rstrip("/").split("/")[-1])
    while run_next():
        pass
    load.refresh_from_db()
    return load


def confirm(client: Client, load: LayerLoad) -> LayerLoad:
    """The load after its confirmation was worked off."""
    assert client.post(f"{LAYERS}{load.uuid}/xac-nhan/").status_code == 302
    while run_next():
        pass
    load.refresh_from_db()
    return load


def text(client: Client, load: LayerLoad) -> str:
    """The page of the load."""
    return page_text(client.get(f"{LAYERS}{load.uuid}/"))


@pytest.mark.parametrize("role", [Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR])
def test_a_layer_is_tried_shown_and_written_as_a_new_version(
    role: Role, commune: AdministrativeUnit
) -> None:
    client = page_of(role)
    first = confirm(client, tried(client, geojson(school("A"), school("B"))))
    load = tried(client, geojson(school("B"), school("C", 105.64), school("Xa", 107.0)))
    assert (load.state, load.report["features"], load.report["outside"]) == ("checked", 3, 1)
    assert load.report["changes"] == {"same": 1, "added": 2, "removed": 1}
    assert load.report["geometries"] == {"Point": 3}
    assert ConstraintDataset.objects.get(is_current=True) == first.dataset, "a trial writes nothing"
    assert "So với phiên bản v1" in text(client, load)
    assert "<dt>điểm</dt>" in text(client, load)
    load = confirm(client, load)
    assert load.state == ImportState.DONE
    assert load.dataset
    assert (load.dataset.version, load.dataset.feature_count) == (2, 3)
    assert (load.dataset.loaded_by, load.dataset.is_sealed) == (load.created_by, True)
    assert first.dataset
    assert first.dataset.features.count() == 2, "the old version stays"
    assert "phiên bản v2" in text(client, load)


def test_sent_and_confirmed_twice_is_loaded_once(commune: AdministrativeUnit) -> None:
    client = page_of(Role.PLANNER)
    load = tried(client, geojson(school("A")))
    assert tried(client, geojson(school("A"))) == load
    for _time in range(2):
        client.post(f"{LAYERS}{load.uuid}/xac-nhan/")
    assert Job.objects.filter(kind="territory.load").count() == 1
    confirm(client, load)
    job = Job.objects.get(kind="territory.load")
    Job.objects.update(state="queued")
    execute(str(job.uuid))
    assert tried(client, geojson(school("A"))) == load
    assert ConstraintDataset.objects.count() == 1


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7 ...",
        b"",
        b'<OGRVRTDataSource><OGRVRTLayer name="x"/></OGRVRTDataSource>',
        b'{"type": "gdal_streamed_alg", "command_line": "gdal vector read /etc/passwd"}',
    ],
    ids=["pdf", "empty", "pointer", "command"],
)
def test_another_kind_of_file_is_refused_and_not_kept(content: bytes) -> None:
    response = send(page_of(Role.OFFICER), content)
    assert response.status_code == 422
    assert not LayerLoad.objects.exists()
    assert not [path for path in store.root().rglob("*") if path.is_file()]
    if content:
        assert "không phải GeoJSON, GeoPackage hay shapefile nén ZIP" in page_text(response)


def test_bad_rows_are_named_and_stop_the_load(commune: AdministrativeUnit) -> None:
    client = page_of(Role.OFFICER)
    load = tried(client, geojson(school("A"), ({"name": "B"}, None)))
    assert (load.state, load.report["errors"]) == ("failed", 1)
    page = text(client, load)
    assert "Dòng 2: không có hình học." in page
    assert "xac-nhan" not in page
    assert confirm(client, load).state == ImportState.FAILED
    assert not ConstraintDataset.objects.exists()


def test_a_layer_wholly_elsewhere_is_refused(commune: AdministrativeUnit) -> None:
    client = page_of(Role.OFFICER)
    assert "Không đối tượng nào nằm trong tỉnh" in text(
        client, tried(client, geojson(school("Hà Nội", 105.85, 21.03)))
    )


def test_a_shapefile_in_a_zip_needs_all_its_parts(
    commune: AdministrativeUnit, tmp_path: Path
) -> None:
    pyogrio.raw.write(
        tmp_path / "truong.shp",
        shapely.to_wkb([shapely.Point(105.63, 10.46)]),
        [],
        [],
        geometry_type="Point",
        crs="EPSG:4326",
    )

    def packed(*suffixes: str) -> bytes:
        held = io.BytesIO()
        with zipfile.ZipFile(held, "w") as archive:
            for suffix in suffixes:
                archive.write(tmp_path / f"truong{suffix}", f"lop/truong{suffix}")
        return held.getvalue()

    client = page_of(Role.OFFICER)
    assert tried(client, packed(".shp", ".shx", ".dbf", ".prj")).report["features"] == 1
    load = tried(client, packed(".shp", ".dbf"))
    assert load.state == ImportState.FAILED
    assert "thiếu phần .shx" in text(client, load)


def test_a_geopackage_of_several_layers_is_asked_which(
    commune: AdministrativeUnit, tmp_path: Path
) -> None:
    path = tmp_path / "lop.gpkg"
    for layer in ("truong", "cho"):
        pyogrio.raw.write(
            path,
            shapely.to_wkb([shapely.Point(105.63, 10.46)]),
            [],
            [],
            layer=layer,
            geometry_type="Point",
            crs="EPSG:4326",
            append=path.exists(),
        )
    client = page_of(Role.OFFICER)
    assert "phải ghi rõ tên một lớp" in tried(client, path.read_bytes()).message
    assert tried(client, path.read_bytes(), layer_name="truong").report["features"] == 1


def test_what_was_confirmed_is_what_is_loaded(commune: AdministrativeUnit) -> None:
    client = page_of(Role.OFFICER)
    load = tried(client, geojson(school("A")))
    place = store.place_of(load.sha256)
    place.chmod(0o640)
    place.write_bytes(geojson(school("Khác")))
    load = confirm(client, load)
    assert load.state == ImportState.CHECKED
    assert "không còn như khi gửi lên" in load.message
    assert not ConstraintDataset.objects.exists()


def test_a_layer_that_went_on_meanwhile_is_compared_anew(commune: AdministrativeUnit) -> None:
    one, other = page_of(Role.OFFICER), page_of(Role.PLANNER)
    load = tried(one, geojson(school("A")))
    confirm(other, tried(other, geojson(school("B"))))
    load = confirm(one, load)
    assert (load.state, load.report["version_now"]) == (ImportState.CHECKED, 1)
    assert "phiên bản khác" in load.message
    assert confirm(one, load).state == ImportState.DONE


def test_boundaries_replace_the_guessed_ones_once_confirmed(commune: AdministrativeUnit) -> None:
    client = page_of(Role.ADMINISTRATOR)
    load = tried(client, geojson(square("Phường Cao Lãnh")), BOUNDARIES)
    assert load.report["changes"] == {"same": 0, "added": 0, "replaced": 1}
    commune.refresh_from_db()
    assert commune.boundary_is_approximate, "a trial writes nothing"
    assert confirm(client, load).state == ImportState.DONE
    commune.refresh_from_db()
    assert (commune.boundary_source, commune.boundary_is_approximate) == ("Sở Giáo dục", False)


def test_boundaries_without_a_unit_are_named(commune: AdministrativeUnit) -> None:
    client = page_of(Role.ADMINISTRATOR)
    page = text(client, tried(client, geojson(square("Xã Nơi Khác")), BOUNDARIES))
    assert "Không khớp đơn vị nào: dòng 1 (Xã Nơi Khác)" in page
    assert "Chưa có địa giới trong tệp: Phường Cao Lãnh (29869)" in page


def test_boundaries_are_not_a_planners(commune: AdministrativeUnit) -> None:
    planner = page_of(Role.PLANNER)
    assert send(planner, geojson(square("Phường Cao Lãnh")), BOUNDARIES).status_code == 403
    assert planner.get(BOUNDARIES).status_code == 403
    assert not LayerLoad.objects.exists()


def test_a_strangers_load_is_not_there(commune: AdministrativeUnit) -> None:
    load = tried(page_of(Role.OFFICER), geojson(school("A")))
    stranger = page_of(Role.PLANNER)
    assert stranger.get(f"{LAYERS}{load.uuid}/").status_code == 404
    assert stranger.post(f"{LAYERS}{load.uuid}/xac-nhan/").status_code == 404
    assert page_of(Role.ADMINISTRATOR).get(f"{LAYERS}{load.uuid}/").status_code == 200
    assert User.objects.count() == 3
