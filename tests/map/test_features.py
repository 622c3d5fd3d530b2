"""Clicks, search, lists and bounded GeoJSON tell a person what is his to see."""

import re
from typing import Any

import pytest
from django.contrib.gis.geos import LineString, MultiPolygon, Point, Polygon
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from infra.ground.choices import ConstraintKind, Publicity
from infra.map import features, listing
from infra.models import (
    AdministrativeUnit,
    ConstraintDataset,
    ConstraintFeature,
    UnitSuccession,
    User,
)
from sites.models import Mast
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


def test_geojson_of_too_much_gives_the_nearest_and_says_that_some_are_left_out(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in (5, 1, 4, 2, 3):
        make_mast(code=f"GẦN-{n}", at=(105.65 + n * 0.002, 10.45))
    address = f"/ban-do/geojson/masts/?bbox={BOX}"
    whole = get(client, cast.officer, address)
    assert (len(whole["features"]), whole["leftOut"]) == (5, False)
    monkeypatch.setattr(features, "MOST_FEATURES", 3)
    found = get(client, cast.officer, address)
    assert [one["properties"]["code"] for one in found["features"]] == ["GẦN-1", "GẦN-2", "GẦN-3"]
    assert found["leftOut"] is True


@pytest.mark.owner  # who alone may have the table's rows counted for plans
def test_the_nearest_roads_come_from_the_index(cast: Cast, client: Client) -> None:
    """However many lie in the box: the index gives them in order, and is left after enough."""
    dataset = ConstraintDataset.objects.create(
        kind=ConstraintKind.ROAD, version=1, source="thử", source_date="2026-01-01", is_current=True
    )
    ConstraintFeature.objects.bulk_create(
        ConstraintFeature(
            dataset=dataset,
            kind=dataset.kind,
            geometry=LineString((lon, lat), (lon + 0.0005, lat + 0.0005)),
        )
        for lon, lat in ((105.6 + n % 50 * 0.002, 10.4 + n // 50 * 0.002) for n in range(2500))
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE infra_constraintfeature, infra_constraintdataset")
    with CaptureQueriesContext(connection) as asked:
        assert get(client, None, f"/ban-do/geojson/roads/?bbox={BOX}")["leftOut"] is False
    (sql,) = (one["sql"] for one in asked.captured_queries if "<->" in one["sql"])
    nearest = sql.replace(f"LIMIT {features.MOST_FEATURES + 1}", "LIMIT 200")
    assert nearest != sql
    plan = plan_of(nearest)
    assert "constraint_geom_gist" in plan, plan
    assert "Order By" in plan, plan


def test_a_click_from_far_tells_the_nearest_of_very_many(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(30, 0, -1):
        make_mast(code=f"M{n:02}", at=(105.6321 + n * 0.002, 10.4602))
    url = "/ban-do/nhan-dien/?lat=10.4602&lon=105.6321&layers=masts&zoom="
    for zoom in (8, 10, 17):
        codes = [card["title"] for card in get(client, cast.officer, f"{url}{zoom}")["cards"]]
        assert codes == [f"M{n:02}" for n in range(1, 9)][: len(codes)]
        assert len(codes) == (0 if zoom == 17 else 8)
    far = get(client, cast.officer, url.replace("105.6321", "105.69") + "8")["cards"]
    assert far[0]["title"] == "M29"


def plan_of(sql: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN {sql}")
        return "\n".join(line for (line,) in cursor.fetchall())


def listed(client: Client, person: User | None, query: str = "") -> list[str]:
    """The codes of the masts beside the map, in their order."""
    client.logout()
    if person:
        client.force_login(person)
    html = page_text(client.get(f"/ban-do/danh-sach/?bbox={BOX}&layers=masts{query}"))
    return re.findall(r"<strong>(.*?)</strong>", html)


@pytest.mark.parametrize("most", [2000, 4])
def test_the_list_begins_with_the_worst_and_tells_no_grade_of_others(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    """The same list whether all could be put in order or an index in that order was walked."""
    monkeypatch.setattr(listing, "COUNT_TO", most)
    monkeypatch.setattr(listing, "PER_LAYER", 4)
    own, other = cast.operator.organisation, cast.rival.organisation
    for code, grade in (("A1", "A"), ("A2", "D"), ("A3", ""), ("A4", "D")):
        make_mast(code=code, grade=grade, owner=own)
    for code, grade in (("B1", "C"), ("B2", "D")):
        make_mast(code=code, grade=grade, owner=other, publicity=Publicity.PUBLIC)
    make_mast(code="B3", grade="D", owner=other)
    assert listed(client, cast.officer) == ["A2", "A4", "B2", "B3"]
    assert listed(client, cast.operator) == ["A2", "A4", "A1", "A3"]
    assert listed(client, cast.rival) == ["B2", "B3", "B1"]
    assert listed(client, cast.operator, "&grade=A") == ["A1"]
    assert listed(client, None) == ["B1", "B2"]
    monkeypatch.setattr(listing, "PER_LAYER", 6)
    assert listed(client, cast.operator)[4:] == (["B1", "B2"] if most > 4 else [])


@pytest.mark.owner
@pytest.mark.parametrize(
    ("who", "index"), [("officer", "mast_grade_code"), (None, "mast_public_code")]
)
def test_the_list_of_a_full_view_is_read_in_the_order_of_an_index(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch, who: str | None, index: str
) -> None:
    monkeypatch.setattr(listing, "COUNT_TO", 20)
    kinds = (("A", Publicity.PUBLIC), ("D", Publicity.INTERNAL), ("", Publicity.PUBLIC))
    Mast.objects.bulk_create(
        Mast(
            code=f"N{n}",
            point=Point(105.61 + n % 60 * 0.001, 10.41 + n // 60 * 0.001),
            grade=kinds[n % 3][0],
            publicity=kinds[n % 3][1],
        )
        for n in range(3000)
    )
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sites_mast")
    with CaptureQueriesContext(connection) as asked:
        assert len(listed(client, getattr(cast, who) if who else None)) == listing.PER_LAYER
    (sql,) = (
        q["sql"]
        for q in asked.captured_queries
        if "ORDER BY" in q["sql"] and "LIMIT 60" in q["sql"]
    )
    assert index in plan_of(sql)


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
