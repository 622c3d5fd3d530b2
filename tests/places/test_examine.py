"""A wrong meridian, datum, axis or commune is doubted, and the mend it offers is right."""

from datetime import date

import pytest
from django.contrib.gis.geos import MultiPolygon, Point, Polygon
from django.utils import translation

from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit
from infra.places.geo.crs import to_vn2000, wgs84_to_vn2000_geographic
from infra.places.geo.measure import distance_m
from infra.places.geo.parse import parse_coordinate
from infra.places.geo.sequence import METRES_PER_DEGREE
from infra.places.territory.examine import Doubt, DoubtCode, doubts_about, examine
from infra.places.territory.ground import NEAR_A_GUESS_M, NEAR_M
from infra.places.territory.whereabouts import UnitIndex

pytestmark = pytest.mark.django_db

SINCE = date(2025, 7, 1)
NOW = date(2026, 1, 1)
CAO_LANH = Point(105.6321, 10.4602)
MY_THO = Point(106.36, 10.36)


def _unit(
    code: str, name: str, centre: Point, half: float, parent: AdministrativeUnit
) -> AdministrativeUnit:
    west, south = centre.x - half, centre.y - half
    square = Polygon.from_bbox((west, south, west + 2 * half, south + 2 * half))
    return AdministrativeUnit.objects.create(
        code=code,
        name=name,
        kind_name="Phường",
        level=UnitLevel.COMMUNE,
        parent=parent,
        valid_from=SINCE,
        boundary=MultiPolygon(square, srid=4326),
        boundary_is_approximate=False,
    )


@pytest.fixture
def cao_lanh() -> AdministrativeUnit:
    province = AdministrativeUnit.objects.create(
        code="82", name="Đồng Tháp", level=UnitLevel.PROVINCE, valid_from=SINCE
    )
    _unit("28261", "Mỹ Tho", MY_THO, 0.05, province)
    return _unit("29869", "Cao Lãnh", CAO_LANH, 0.05, province)


@pytest.fixture
def my_tho(cao_lanh: AdministrativeUnit) -> AdministrativeUnit:
    return AdministrativeUnit.objects.get(code="28261")


def _doubts(text: str, meridian: str | None, unit: AdministrativeUnit | None) -> list[Doubt]:
    with translation.override("en"):
        return examine(parse_coordinate(text), meridian, unit, NOW)


def _plane(point: Point, meridian: str) -> str:
    x, y = to_vn2000(point.x, point.y, meridian)
    return f"X {x:.3f} Y {y:.3f}"


def _check_mend(doubt: Doubt, choice: str, point: Point) -> None:
    (mend,) = doubt.mends
    assert mend.choice == choice
    assert distance_m(Point(mend.lon, mend.lat), point) < 0.01


def test_the_right_place_raises_no_doubt(cao_lanh: AdministrativeUnit) -> None:
    assert _doubts("10.46020, 105.63210", None, cao_lanh) == []
    assert _doubts(_plane(CAO_LANH, "105-00"), "105-00", cao_lanh) == []
    assert _doubts(_plane(CAO_LANH, "105-00"), "105-00", None) == []


def test_the_other_meridian_is_offered_when_the_declared_commune_asks_for_it(
    cao_lanh: AdministrativeUnit, my_tho: AdministrativeUnit
) -> None:
    for unit, point, right, wrong in [
        (cao_lanh, CAO_LANH, "105-00", "105-45"),
        (my_tho, MY_THO, "105-45", "105-00"),
        (cao_lanh, CAO_LANH, "104-45", "105-00"),
    ]:
        (doubt,) = _doubts(_plane(point, right), wrong, unit)
        assert doubt.code is DoubtCode.OTHER_MERIDIAN
        assert doubt.is_grave
        assert unit.name in doubt.sentence
        _check_mend(doubt, right, point)


def test_the_other_meridian_is_offered_when_the_point_leaves_the_province(
    my_tho: AdministrativeUnit,
) -> None:
    (doubt,) = _doubts(_plane(MY_THO, "105-00"), "105-45", None)
    assert doubt.code is DoubtCode.OTHER_MERIDIAN
    _check_mend(doubt, "105-00", MY_THO)


def test_exchanged_axes_are_offered_back(cao_lanh: AdministrativeUnit) -> None:
    x, y = to_vn2000(CAO_LANH.x, CAO_LANH.y, "105-00")
    (doubt,) = _doubts(f"X {y:.3f} Y {x:.3f}", "105-00", cao_lanh)
    assert doubt.code is DoubtCode.AXES_SWAPPED
    _check_mend(doubt, "105-00", CAO_LANH)
    (doubt,) = _doubts("Vĩ độ 105.63210 Kinh độ 10.46020", None, cao_lanh)
    assert doubt.code is DoubtCode.AXES_SWAPPED
    _check_mend(doubt, "wgs84", CAO_LANH)


def test_vn2000_degrees_taken_for_wgs84_are_noticed_at_the_edge(
    cao_lanh: AdministrativeUnit,
) -> None:
    edge = Point(CAO_LANH.x - 0.0495, CAO_LANH.y)  # 50 m inside; the datum shift goes west
    lon, lat = wgs84_to_vn2000_geographic(edge.x, edge.y)
    (doubt,) = _doubts(f"{lat:.8f}, {lon:.8f}", None, cao_lanh)
    assert doubt.code is DoubtCode.VN2000_AS_WGS84
    _check_mend(doubt, "vn2000", edge)


def test_a_point_in_another_commune_is_said_to_be_there(
    cao_lanh: AdministrativeUnit, my_tho: AdministrativeUnit
) -> None:
    (doubt,) = _doubts("10.36001, 106.36001", None, cao_lanh)
    assert doubt.code is DoubtCode.OUTSIDE_DECLARED
    assert "Mỹ Tho" in doubt.sentence
    assert "Cao Lãnh" in doubt.sentence


def test_a_point_in_hanoi_is_outside_the_province(cao_lanh: AdministrativeUnit) -> None:
    (doubt,) = _doubts("21.02851, 105.85421", None, None)
    assert doubt.code is DoubtCode.OUTSIDE_PROVINCE
    assert doubt.mends == ()


def test_few_digits_are_a_light_doubt(cao_lanh: AdministrativeUnit) -> None:
    (doubt,) = _doubts("10.46, 105.63", None, cao_lanh)
    assert (doubt.code, doubt.is_grave) == (DoubtCode.PRECISION_LOW, False)


def test_near_a_guessed_boundary_it_is_only_told(cao_lanh: AdministrativeUnit) -> None:
    cao_lanh.boundary_is_approximate = True
    cao_lanh.save()
    (told,) = _doubts("10.46021, 105.70011", None, cao_lanh)  # 2 km outside
    assert (told.code, told.is_grave) == (DoubtCode.BESIDE_BORDER, False)
    (doubt,) = _doubts("10.46021, 105.75011", None, cao_lanh)
    assert doubt.is_grave


@pytest.mark.parametrize("outside_m", [-50, 5, 19, 25, 300, 5000])
@pytest.mark.parametrize("is_guessed", [False, True])
def test_a_form_and_an_import_judge_alike(
    cao_lanh: AdministrativeUnit, outside_m: int, is_guessed: bool
) -> None:
    AdministrativeUnit.objects.update(boundary_is_approximate=is_guessed)
    cao_lanh.refresh_from_db()
    east = CAO_LANH.x + 0.05 + outside_m / METRES_PER_DEGREE
    reading = parse_coordinate(f"10.460200, {east:.7f}")
    index = UnitIndex(NOW)
    by_form = examine(reading, None, cao_lanh, NOW)
    by_import = doubts_about(reading, None, index.declared("Phường Cao Lãnh"), index)
    assert [doubt.code for doubt in by_form] == [doubt.code for doubt in by_import]
    near = outside_m <= (NEAR_A_GUESS_M if is_guessed else NEAR_M)
    assert any(doubt.is_grave for doubt in by_form) is not near


def test_without_any_boundary_nothing_is_called_outside() -> None:
    assert _doubts("21.02851, 105.85421", None, None) == []


def test_a_mend_reads_back_as_the_mended_point(cao_lanh: AdministrativeUnit) -> None:
    (doubt,) = _doubts(_plane(CAO_LANH, "105-00"), "105-45", cao_lanh)
    (mend,) = doubt.mends
    assert _doubts(mend.text, mend.choice, cao_lanh) == []
