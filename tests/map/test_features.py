"""Clicks, search, lists and bounded GeoJSON tell a person what is his to see."""

from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.test import Client

from infra.ground.choices import Publicity
from infra.map import features
from infra.models import AdministrativeUnit, UnitSuccession, User
from tests.cast import Cast
from tests.factories import (
    CAO_LANH,
    home,
    make_candidate,
    make_dossier,
    make_mast,
    make_route,
    make_station,
)
from tests.reading import page_text

pytestmark = pytest.mark.django_db
BOX = "105.6,10.4,105.7,10.5"


def get(client: Client, person: User | None, address: str, status: int = 200) -> Any:
    """The JSON that a person gets."""
    client.logout()
    if person:
        client.force_login(person)
    response = client.get(address)
    assert response.status_code == status, response.content
    return response.json()


def test_a_click_tells_what_lies_there_as_words(cast: Cast, client: Client) -> None:
    make_mast(code="<b>CỘT</b>", grade="D", owner=cast.operator.organisation)
    address = "/ban-do/nhan-dien/?lat=10.46021&lon=105.63211&zoom=17&layers=masts"
    (card,) = get(client, cast.officer, address)["cards"]
    assert card["title"] == "<b>CỘT</b>"
    assert card["sign"] == "D"
    assert card["geometry"]["coordinates"] == pytest.approx(CAO_LANH)
    assert get(client, cast.rival, address)["cards"] == []
    assert get(client, None, address)["cards"] == []


def test_a_click_beside_a_mast_reaches_as_far_as_its_sign(cast: Cast, client: Client) -> None:
    make_mast()
    near = "/ban-do/nhan-dien/?lat=10.4602&lon=105.63225&zoom={}&layers=masts"
    assert len(get(client, cast.officer, near.format(15))["cards"]) == 1
    assert get(client, cast.officer, near.format(20))["cards"] == []


@pytest.mark.parametrize("query", ["lat=x&lon=1&zoom=1", "lat=91&lon=1&zoom=1", "lon=1&zoom=1"])
def test_a_click_nowhere_is_refused_with_a_sentence(client: Client, query: str) -> None:
    assert "lat" in get(client, None, f"/ban-do/nhan-dien/?{query}", status=400)["sentences"][0]


def test_search_finds_without_accents_and_only_what_may_be_seen(cast: Cast, client: Client) -> None:
    make_mast(code="GTEL-ĐTH-017")
    make_route(cast.planner, name="Ngầm hóa đường Nguyễn Huệ")
    titles = {hit["title"] for hit in get(client, cast.officer, "/ban-do/tim/?q=dth 017")["hits"]}
    assert titles == {"GTEL-ĐTH-017"}
    (route,) = get(client, cast.officer, "/ban-do/tim/?q=nguyen hue")["hits"]
    assert route["layer"] == "routes"
    assert len(route["bounds"]) == 4
    assert get(client, cast.rival, "/ban-do/tim/?q=dth 017")["hits"] == []
    assert get(client, None, "/ban-do/tim/?q=nguyen hue")["hits"] == []


def test_search_finds_masts_by_all_that_the_register_knows(cast: Cast, client: Client) -> None:
    mast = make_mast(code="K-1", name="Cột Vàm Nao", address="hẻm Kín", owner=home(cast.operator))
    make_station(mast, home(cast.rival), code="STX-9")
    AdministrativeUnit.objects.create(
        code="x1",
        name="Mỹ Ngãi",
        kind_name="Phường",
        level=3,
        valid_from="2025-07-01",
        boundary=MultiPolygon(Polygon.from_bbox((105.6, 10.4, 105.7, 10.5))),
    )

    def masts(person: User | None, text: str) -> list[str]:
        hits = get(client, person, f"/ban-do/tim/?q={text}")["hits"]
        return [hit["title"] for hit in hits if hit["layer"] == "masts"]

    for text in ("vam nao", "hem kin", "stx-9", "my ngai", home(cast.operator).short_name):
        assert masts(cast.officer, text) == ["K-1"], text
        assert masts(cast.operator, text) == ["K-1"], text
        assert masts(cast.consulted, text) == [], text
    answer = get(client, cast.officer, "/ban-do/tim/?q=vam naoo")
    assert answer["instead"] == "vam nao"
    assert get(client, cast.consulted, "/ban-do/tim/?q=vam naoo")["instead"] == ""


def test_search_finds_a_commune_by_its_name_and_by_that_of_one_it_took_in(
    client: Client, db: None
) -> None:
    new = AdministrativeUnit.objects.create(
        code="x2",
        name="Tân Mới",
        kind_name="Xã",
        level=3,
        valid_from="2025-07-01",
        boundary=MultiPolygon(Polygon.from_bbox((105.6, 10.4, 105.7, 10.5))),
    )
    old = AdministrativeUnit.objects.create(
        code="x3", name="Nhị Mỹ", kind_name="Xã", level=3, valid_from="2004-01-01",
        valid_to="2025-06-30",
    )  # fmt: skip
    UnitSuccession.objects.create(predecessor=old, successor=new)
    (hit,) = get(client, None, "/ban-do/tim/?q=nhi my")["hits"]
    assert hit["title"] == "Xã Tân Mới"


def test_search_finds_a_commune(client: Client) -> None:
    AdministrativeUnit.objects.create(
        code="x1",
        name="Mỹ Ngãi",
        kind_name="Phường",
        level=3,
        valid_from="2025-07-01",
        boundary=MultiPolygon(Polygon.from_bbox((105.6, 10.4, 105.7, 10.5))),
    )
    (hit,) = get(client, None, "/ban-do/tim/?q=my ngai")["hits"]
    assert (hit["layer"], hit["title"]) == ("units", "Phường Mỹ Ngãi")
    assert hit["bounds"] == pytest.approx([105.6, 10.4, 105.7, 10.5])


def test_geojson_needs_a_box_and_refuses_a_wide_one(cast: Cast, client: Client) -> None:
    for query in ("", "?bbox=1,2,3", "?bbox=105,10,104,11", "?bbox=100,8,110,12"):
        error = get(client, cast.officer, f"/ban-do/geojson/masts/{query}", status=400)[
            "sentences"
        ][0]
        assert error


def test_geojson_gives_the_declared_properties_and_nothing_else(cast: Cast, client: Client) -> None:
    make_mast(publicity=Publicity.PUBLIC, grade="D", note="bí mật", code="CỘT-1")
    (feature,) = get(client, None, f"/ban-do/geojson/masts/?bbox={BOX}")["features"]
    assert feature["properties"] == {"code": "CỘT-1", "class": "A2b", "grade": ""}


def test_geojson_with_too_much_says_so(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(features, "MOST_FEATURES", 2)
    for _ in range(3):
        make_mast()
    error = get(client, cast.officer, f"/ban-do/geojson/masts/?bbox={BOX}", status=400)[
        "sentences"
    ][0]
    assert "2" in error


def test_the_list_beside_the_map_escapes_and_is_scoped(cast: Cast, client: Client) -> None:
    make_mast(code="<script>x</script>", owner=cast.operator.organisation)
    address = f"/ban-do/danh-sach/?bbox={BOX}&layers=masts"
    client.force_login(cast.officer)
    html = page_text(client.get(address))
    assert "&lt;script&gt;x" in html
    assert "<script>" not in html
    client.force_login(cast.rival)
    assert "script" not in page_text(client.get(address))


def test_a_feature_by_its_id_is_404_for_strangers(cast: Cast, client: Client) -> None:
    assert cast.operator.organisation
    dossier = make_dossier(applicant=cast.operator.organisation, created_by=cast.operator)
    candidate = make_candidate(dossier)
    address = f"/ban-do/doi-tuong/candidates/{candidate.uuid}/"
    assert get(client, cast.operator, address)["id"] == str(candidate.uuid)
    client.force_login(cast.rival)
    assert client.get(address).status_code == 404
    assert client.get("/ban-do/doi-tuong/masts/no-uuid/").status_code == 404
