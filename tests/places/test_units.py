"""Units stand on their dates, know their successors, and a point finds its unit on any day."""

import json
from datetime import date
from pathlib import Path

import pytest
from django.contrib.gis.geos import Point
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Q

from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit, UnitSuccession
from infra.places.territory.selectors import (
    predecessors_of,
    successors_of,
    unit_at,
    units_named,
    units_on,
)
from infra.places.territory.services import boundaries_derive, units_load

BEFORE_2025 = date(2024, 4, 14)
SPRING_2025 = date(2025, 3, 1)
NOW = date(2026, 1, 1)
CAO_LANH = Point(105.6321, 10.4602, srid=4326)
CENTRES = {"28439": (106.124, 10.3806), "29983": (105.309, 10.7993)}

pytestmark = pytest.mark.django_db


@pytest.fixture
def units() -> None:
    units_load()


@pytest.fixture
def guessed(units: None) -> None:
    boundaries_derive()


@pytest.mark.usefixtures("units")
def test_there_are_143_communes_in_2024_and_102_now() -> None:
    def communes(day: date, province: str) -> int:
        return units_on(day).filter(parent__parent__code=province).count()

    assert communes(BEFORE_2025, "87") == 143
    assert communes(BEFORE_2025, "82") == 164
    assert communes(SPRING_2025, "87") == 141
    assert units_on(BEFORE_2025, UnitLevel.DISTRICT).filter(parent__code="87").count() == 12
    assert units_on(NOW).count() == 102
    kinds = units_on(NOW).values_list("kind_name").annotate(n=Count("pk"))
    assert dict(kinds) == {"Phường": 20, "Xã": 82}
    assert not units_on(NOW, UnitLevel.DISTRICT).exists()
    assert units_on(NOW, UnitLevel.PROVINCE).get().name == "Đồng Tháp"


@pytest.mark.usefixtures("units")
def test_loading_twice_changes_nothing() -> None:
    before = list(AdministrativeUnit.objects.order_by("pk").values())
    units_load()
    assert list(AdministrativeUnit.objects.order_by("pk").values()) == before


@pytest.mark.usefixtures("units")
def test_the_wrong_points_are_mended() -> None:
    points = {unit.code: unit.point for unit in units_on(NOW) if unit.point}
    for code, centre in CENTRES.items():
        assert points[code].coords == pytest.approx(centre, abs=0.001)
    assert points["30130"].x < 105.6  # Thanh Bình is on the Tiền, Lương Hòa Lạc near Mỹ Tho
    assert points["28615"].x > 106.3


@pytest.mark.usefixtures("units")
def test_every_mended_point_lies_in_its_real_boundary(shared_data: Path | None) -> None:
    if shared_data is None:
        return
    call_command("load_boundaries", shared_data / "1_admin" / "dongthap_2025_wards.geojson", on=NOW)
    assert not units_on(NOW).exclude(boundary__covers=F("point")).exists()


@pytest.mark.usefixtures("units")
def test_only_three_communes_were_split() -> None:
    shares = UnitSuccession.objects.filter(is_whole=False)
    names = set(shares.values_list("predecessor__name", flat=True))
    assert names == {"Gáo Giồng", "Phú Thuận B", "Tân Thạnh"}
    sa_dec_3 = AdministrativeUnit.objects.get(code="29902", level=UnitLevel.COMMUNE)
    assert [str(unit) for unit in successors_of(sa_dec_3)] == ["Phường Sa Đéc"]


@pytest.mark.usefixtures("units")
def test_every_commune_that_ended_has_a_successor_and_every_new_one_an_origin() -> None:
    communes = AdministrativeUnit.objects.filter(level=UnitLevel.COMMUNE)
    assert not communes.filter(valid_to__isnull=False, successions=None).exists()
    assert not communes.filter(valid_to=None, origins=None).exists()
    my_ngai = units_on(SPRING_2025).get(code="29881")
    assert {str(unit) for unit in predecessors_of(my_ngai)} == {"Phường 11", "Xã Mỹ Ngãi"}


@pytest.mark.usefixtures("units")
def test_a_unit_is_found_without_marks_and_by_either_tone_placement() -> None:
    assert [unit.code for unit in units_named("xa hoa long", NOW)] == ["30208"]
    assert [unit.code for unit in units_named("Hoà Long", NOW)] == ["30208"]
    assert str(units_named("my tho", NOW)[0]).endswith(("Mỹ Tho", "Mỹ Thọ"))
    assert units_named("", NOW) == []


@pytest.mark.usefixtures("guessed")
def test_guessed_boundaries_are_valid_whole_and_say_that_they_are_guessed() -> None:
    for day in (BEFORE_2025, SPRING_2025, NOW):
        communes = units_on(day)
        assert not communes.filter(Q(boundary=None) | Q(boundary_is_approximate=False)).exists()
        assert not communes.filter(boundary__isvalid=False).exists()
        area = sum(unit.boundary.area for unit in communes if unit.boundary)
        provinces = units_on(day, UnitLevel.PROVINCE)
        whole = sum(unit.boundary.area for unit in provinces if unit.boundary)
        assert area == pytest.approx(whole, rel=1e-9)  # neither gap nor overlap
    province = units_on(NOW, UnitLevel.PROVINCE).get()
    assert province.boundary is not None
    assert len(province.boundary) == 1
    assert province.boundary[0].num_interior_rings == 0


@pytest.mark.usefixtures("guessed")
def test_a_point_has_another_unit_on_another_date() -> None:
    assert str(unit_at(CAO_LANH, BEFORE_2025)) == "Phường 1"
    assert str(unit_at(CAO_LANH, NOW)) == "Phường Cao Lãnh"
    assert unit_at(Point(105.85, 21.03, srid=4326), NOW) is None


def _square_file(tmp_path: Path, rows: list[dict[str, object]]) -> Path:
    features = [
        {
            "type": "Feature",
            "properties": row,
            "geometry": {
                "type": "Polygon",
                "coordinates": [[[x, 10], [x + 0.9, 10], [x + 0.9, 11], [x, 11], [x, 10]]],
            },
        }
        for x, row in enumerate(rows, start=105)
    ]
    path = tmp_path / "units.geojson"
    path.write_text(json.dumps({"type": "FeatureCollection", "features": features}))
    return path


@pytest.mark.usefixtures("guessed")
def test_a_file_with_a_stranger_changes_nothing_and_names_it(tmp_path: Path) -> None:
    path = _square_file(tmp_path, [{"code": "29869"}, {"name": "Xã Không Có"}])
    with pytest.raises(CommandError, match="Xã Không Có"):
        call_command("load_boundaries", path, on=NOW)
    assert not AdministrativeUnit.objects.filter(boundary_is_approximate=False).exists()


@pytest.mark.usefixtures("guessed")
def test_what_matches_by_code_or_name_may_be_loaded_alone_and_stays(tmp_path: Path) -> None:
    rows: list[dict[str, object]] = [{"code": "29869"}, {"TEN": "Xã Hoà Long"}, {"TEN": "Lạ"}]
    call_command("load_boundaries", _square_file(tmp_path, rows), on=NOW, partial=True)
    boundaries_derive()
    known = AdministrativeUnit.objects.filter(boundary_is_approximate=False)
    assert set(known.values_list("code", flat=True)) == {"29869", "30208"}
    assert str(unit_at(Point(105.5, 10.5, srid=4326), NOW)) == "Phường Cao Lãnh"


@pytest.mark.usefixtures("guessed")
def test_the_real_file_matches_102_of_102(
    shared_data: Path | None, capsys: pytest.CaptureFixture[str]
) -> None:
    if shared_data is None:
        return
    call_command("load_boundaries", shared_data / "1_admin" / "dongthap_2025_wards.geojson", on=NOW)
    assert "102/102" in capsys.readouterr().out
    assert not units_on(NOW, None).filter(boundary_is_approximate=True).exists()
    assert str(unit_at(CAO_LANH, NOW)) == "Phường Cao Lãnh"
