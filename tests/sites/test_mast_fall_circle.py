"""What stands in a mast's fall circle: counted and measured, told only to those who may know."""

from decimal import Decimal

import pytest
from django.contrib.gis.geos import Polygon
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from infra.ground.choices import ConstraintKind, Publicity, Role
from infra.models import ConstraintDataset
from infra.places.geo.measure import destination
from sites.choices import Footing, OperatingStatus
from sites.models import Mast
from sites.register.selectors.fall_circle import FallCircle, fall_circle
from tests.factories import make_mast
from tests.reading import page_text
from tests.sites import appraisal_cast as cast

pytestmark = pytest.mark.django_db


def house(metres: float, azimuth_deg: float = 90.0) -> Polygon:
    """A house of about 4 m whose nearest wall stands so far from the place."""
    near = destination(cast.HERE, azimuth_deg, metres)
    far = destination(cast.HERE, azimuth_deg, metres + 4)
    side = destination(far, azimuth_deg + 90, 4)
    return Polygon((near.coords, far.coords, side.coords, near.coords), srid=4326)


@pytest.fixture
def ground() -> None:
    cast.load_limits()
    cast.layer(ConstraintKind.HOUSE, house(12), house(40, 180), house(80, 0))
    cast.layer(ConstraintKind.ROAD, cast.line_past(25), name="Đường Lý Thường Kiệt")
    cast.layer(ConstraintKind.POWER_LINE, cast.line_past(44), name="Tuyến 22 kV")
    cast.layer(ConstraintKind.SCHOOL, cast.away(300))


def measured(**fields: object) -> FallCircle:
    mast = make_mast(**({"height_m": 45} | fields))  # type: ignore[arg-type]
    found = fall_circle(mast)
    assert found is not None
    return found


@pytest.mark.usefixtures("ground")
def test_what_the_circle_reaches_is_counted_with_the_nearest_distance() -> None:
    circle = measured()
    assert circle.radius_m == pytest.approx(45)
    counts = {line.kind: line.count for line in circle.lines}
    assert counts == {"house": 2, "school": 0, "hospital": 0, "road": 1, "power_line": 1}
    nearest = {line.kind: line.nearest_m for line in circle.lines if line.nearest_m}
    assert nearest == pytest.approx({"house": 12, "road": 25, "power_line": 44}, abs=0.3)
    assert [line.kind for line in circle.lines if line.is_absent] == ["hospital"]


@pytest.mark.usefixtures("ground")
def test_a_house_just_outside_is_not_in_it() -> None:
    assert [line.count for line in measured(height_m=Decimal("39.5")).lines][:1] == [1]
    assert [line.count for line in measured(height_m=Decimal("40.5")).lines][:1] == [2]


@pytest.mark.usefixtures("ground")
def test_a_building_under_the_mast_counts_and_an_unknown_one_is_asked_for() -> None:
    roof = measured(height_m=30, footing=Footing.ROOF, building_height_m=15)
    assert roof.radius_m == pytest.approx(45)
    unknown = measured(height_m=30, footing=Footing.ROOF)
    assert unknown.radius_m is None
    assert "công trình" in str(unknown.missing)
    assert measured(height_m=None).lines == ()
    assert "chiều cao cột" in str(measured(height_m=None).missing)


@pytest.mark.usefixtures("ground")
def test_a_layer_loaded_anew_counts_and_the_old_one_no_longer() -> None:
    ConstraintDataset.objects.filter(kind=ConstraintKind.HOUSE).update(is_current=False)
    new = ConstraintDataset.objects.create(
        kind=ConstraintKind.HOUSE, version=2, source="t", source_date="2026-02-01"
    )
    assert measured().lines[0].count == 0
    assert f"v{new.version}" in measured().lines[0].dataset


def test_without_the_model_of_the_date_nothing_is_claimed() -> None:
    assert "cách tính" in str(measured().missing)


@pytest.mark.usefixtures("ground")
def test_a_dismantled_mast_can_no_longer_fall() -> None:
    assert fall_circle(make_mast(operating_status=OperatingStatus.DISMANTLED)) is None


@pytest.mark.usefixtures("ground")
def test_it_is_measured_in_three_queries_through_the_geography_index() -> None:
    mast = make_mast(height_m=45)
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(connection) as queries:
        fall_circle(mast)
    assert len(queries) <= 3
    measuring = next(q["sql"] for q in queries if "ST_DWithin" in q["sql"])
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {measuring}")
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert "constraint_geog_gist" in plan


@pytest.mark.usefixtures("ground")
def test_the_circle_and_what_it_reaches_are_drawn_round_and_labelled() -> None:
    scene = measured().scene
    assert scene is not None
    circle, *others = scene["features"]
    assert circle["geometry"]["type"] == "Point"
    assert circle["properties"]["radius_m"] == pytest.approx(45)
    labels = {part["properties"].get("label") for part in others}
    assert {"12 m", "25 m", "44 m"} <= labels


def client_of(role: Role, body: str = "") -> Client:
    client = Client()
    organisation = cast.organisation(body) if body else None
    client.force_login(cast.person(role, organisation))
    return client


@pytest.mark.usefixtures("ground")
def test_department_and_owner_read_it_and_nobody_else() -> None:
    owner = cast.organisation("viettel")
    mast = cast.mast("M-9", cast.HERE, owner, publicity=Publicity.PUBLIC)
    Mast.objects.filter(pk=mast.pk).update(height_m=45)
    url = f"/cot/{mast.uuid}/"
    for client in (client_of(Role.OFFICER), client_of(Role.OPERATOR, "viettel")):
        page = page_text(client.get(url))
        assert "Nhà ở" in page
        assert "gần nhất cách 12 m" in page
        assert "cách tính nội bộ" in page
    for client in (Client(), client_of(Role.OPERATOR, "mobifone")):
        page = page_text(client.get(url))
        assert "M-9" in page
        assert "bán kính đổ" not in page.lower()
        assert "fall-scene" not in page
