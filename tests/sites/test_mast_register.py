"""The register: filters in the address, accent-free search, Vietnamese order, bounded queries."""

import csv
import io
import json
from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection
from django.http import StreamingHttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from infra.ground.choices import Publicity, UnitLevel
from infra.models import AdministrativeUnit, User
from sites.choices import Grade
from sites.models import StructuralAssessment
from sites.register.selectors.export import INTERNAL
from sites.register.selectors.masts import MastQuery, masts_found
from sites.register.selectors.orders import in_order
from tests.cast import Cast
from tests.factories import home, make_mast, make_station
from tests.reading import page_text

pytestmark = pytest.mark.django_db
BUDGET = 16  # queries of one page, session and person included


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def codes(person: User, **query: Any) -> list[str]:
    found = masts_found(person, MastQuery(**query))
    return [mast.code for mast in in_order(found, query.get("sort", "code"))]


def read(response: Any) -> str:
    assert isinstance(response, StreamingHttpResponse)
    parts = response.streaming_content
    assert isinstance(parts, Iterable)
    return b"".join(parts).decode()


def test_masts_are_found_without_accents_by_mast_or_station(cast: Cast) -> None:
    mast = make_mast(code="DT-1", name="Cột chợ Đất Sét", address="ấp Mỹ Đông")
    make_station(mast, home(cast.operator), code="VT-XYZ-9")
    make_mast(code="DT-2", name="Khác")
    for text in ("dat set", "ĐẤT SÉT", "my dong", "vt-xyz", "cho dt-1"):
        assert codes(cast.officer, q=text) == ["DT-1"], text
    assert codes(cast.officer, q="khong co") == []


def test_names_are_ordered_the_vietnamese_way(cast: Cast) -> None:
    for name in ("Đất", "Dừa", "Ấp", "An", "Ô", "Ơn", "Oanh"):
        make_mast(code=name, name=name)
    assert codes(cast.officer, sort="name") == ["An", "Ấp", "Dừa", "Đất", "Oanh", "Ô", "Ơn"]


def test_each_filter_narrows(cast: Cast) -> None:
    today = timezone.localdate()
    one = make_mast(
        code="ONE", grade=Grade.D, owner=cast.operator.organisation, permit_status="none"
    )
    make_station(one, home(cast.rival), emf_valid_until=today)
    two = make_mast(code="TWO", grade="", mast_class="A1a", structure="small")
    StructuralAssessment.objects.create(
        mast=two, body="V", standard="T", conclusion="safe", assessed_on=today
    )
    archived = make_mast(code="OLD", archived_at=timezone.now())
    officer = cast.officer
    assert codes(officer) == ["ONE", "TWO"]
    assert codes(officer, grade=["D"]) == ["ONE"]
    assert codes(officer, grade=["none"]) == ["TWO"]
    assert codes(officer, owner=[cast.operator.organisation]) == ["ONE"]
    assert codes(officer, operator=[cast.rival.organisation]) == ["ONE"]
    assert codes(officer, mast_class=["A1a"]) == ["TWO"]
    assert codes(officer, permit=["none"]) == ["ONE"]
    assert codes(officer, emf="expiring") == ["ONE"]
    assert codes(officer, emf="expired") == []
    assert codes(officer, assessment="none") == ["ONE"]
    assert codes(officer, archived="only") == [archived.code]


def test_a_commune_is_where_the_mast_stands_not_what_it_says(cast: Cast) -> None:
    unit = AdministrativeUnit.objects.create(
        code="1",
        name="A",
        kind_name="Xã",
        level=UnitLevel.COMMUNE,
        valid_from="2025-07-01",
        boundary=MultiPolygon(Polygon.from_bbox((105.6, 10.4, 105.7, 10.5)), srid=4326),
    )
    make_mast(at=(105.65, 10.45), code="IN", declared_unit="Xã B")
    make_mast(at=(105.75, 10.45), code="OUT", declared_unit="Xã A")
    assert codes(cast.officer, commune=[unit]) == ["IN"]


def test_filtering_does_not_tell_an_operator_what_the_page_hides(cast: Cast) -> None:
    make_mast(code="FOREIGN", grade=Grade.D, publicity=Publicity.PUBLIC)
    make_mast(code="OWN", grade=Grade.D, owner=cast.operator.organisation)
    assert codes(cast.operator) == ["FOREIGN", "OWN"]
    assert codes(cast.operator, grade=["D"]) == ["OWN"]
    page = page_text(client_of(cast.operator).get("/cot/", {"q": "FOREIGN"}))
    _filters, found = page.split('id="register"')
    assert "FOREIGN" in found
    assert "grade-d" not in found


def test_the_public_page_of_a_public_mast_keeps_the_rest_to_itself(cast: Cast) -> None:
    mast = make_mast(
        code="PUB", publicity=Publicity.PUBLIC, grade=Grade.D, note="bí mật", address="12 Lê Lợi"
    )
    page = page_text(Client().get(f"/cot/{mast.uuid}/"))
    assert "PUB" in page
    assert "bí mật" not in page
    assert "12 Lê Lợi" not in page
    assert "grade-d" not in page


@pytest.mark.parametrize("query", ["", "?q=cot&grade=D", "?emf=expired&sort=grade"])
def test_the_page_asks_the_same_few_questions_however_many_masts(cast: Cast, query: str) -> None:
    client = client_of(cast.officer)
    for number in range(60):
        mast = make_mast(code=f"M-{number}", name=f"Cột {number}", grade=Grade.D)
        make_station(mast, home(cast.operator))
    client.get("/cot/" + query)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/cot/" + query).status_code == 200
    assert len(queries) <= BUDGET, "\n".join(q["sql"][:150] for q in queries)


def test_an_export_holds_what_is_filtered_and_says_when_it_is_illustrative(
    cast: Cast, settings: Settings
) -> None:
    settings.DEMO_MODE = True
    make_mast(code="=HYPER()", name="Cột Đ", grade=Grade.D)
    make_mast(code="B", grade=Grade.B)
    response = client_of(cast.officer).get("/cot/xuat.csv?grade=D")
    text = read(response)
    assert text.startswith("\ufeffDỮ LIỆU MINH HỌA")
    rows = list(csv.reader(io.StringIO(text.lstrip("\ufeff"))))
    assert [row[0] for row in rows[2:]] == ["'=HYPER()"]
    assert "minh-hoa" in response["Content-Disposition"]
    data = json.loads(read(client_of(cast.officer).get("/cot/xuat.geojson?grade=D")))
    assert data["about"]["note"] == "DỮ LIỆU MINH HỌA"
    assert len(data["features"]) == 1


def test_an_export_writes_every_cell_as_the_page_names_it(cast: Cast) -> None:
    for code, name in (("00002", "Bên"), ("00001", "Giáp")):
        AdministrativeUnit.objects.create(
            code=code,
            name=name,
            kind_name="Xã",
            level=UnitLevel.COMMUNE,
            valid_from="2025-07-01",
            boundary=MultiPolygon(Polygon.from_bbox((105.5, 10.3, 105.7, 10.5))),
        )
    mast = make_mast(
        at=(105.123456789, 10.4),
        code='M "1", đôi',
        name="@tên",
        address="dòng 1\ndòng 2",
        mast_class="A2b",
        structure="guyed",
        height_m=Decimal("42.0"),
        building_height_m=None,
        owner=home(cast.operator),
        last_verified_on=date(2026, 3, 5),
        grade=Grade.D,
        permit_number="-12",
        publicity=Publicity.PUBLIC,
    )
    inside = make_mast(at=(105.6, 10.4), code="N", publicity=Publicity.PUBLIC)
    for company in (cast.rival, cast.operator, cast.rival):
        make_station(mast, home(company))
    text = read(client_of(cast.officer).get("/cot/xuat.csv?sort=code"))
    lines = text.split("\r\n")
    assert lines[1] == (
        '"M ""1"", đôi",\'@tên,,10.4,105.1234568,A2b,Dây co,42.0,Doanh nghiệp A,'
        '"Doanh nghiệp A, Doanh nghiệp B",Đang phát sóng,2026-03-05,"dòng 1\ndòng 2",Mặt đất,,D,,'
        "Chưa rõ,-12,,Công khai"
    )
    assert lines[2].startswith("N,,Xã Giáp,10.4,105.6,")  # the first by code that covers it
    seen = read(client_of(cast.rival).get("/cot/xuat.csv?sort=code")).split("\r\n")
    assert seen[1] == lines[1]  # its station stands there
    assert seen[2].startswith("N,,Xã Giáp,10.4,105.6,")
    assert seen[2].endswith("," * len(INTERNAL))
    feature = json.loads(read(client_of(cast.officer).get("/cot/xuat.geojson?sort=code")))
    first, second = feature["features"]
    assert first["geometry"]["coordinates"] == [105.123456789, 10.4]
    assert first["properties"]["Vĩ độ (WGS-84)"] == 10.4
    assert second["id"] == str(inside.uuid)


def test_an_export_asks_the_same_few_questions_however_many_masts(cast: Cast) -> None:
    client = client_of(cast.officer)
    asked = []
    for number in range(2):
        make_mast(code=f"E-{number}")
        with CaptureQueriesContext(connection) as queries:
            assert f"E-{number}" in read(client.get("/cot/xuat.csv"))
        asked.append(sum("sites_mast" in query["sql"] for query in queries))
    assert asked == [1, 1]


def test_no_export_gives_an_operator_the_masts_of_another(cast: Cast) -> None:
    make_mast(code="RIVALS", owner=cast.rival.organisation)
    make_mast(code="PUBLIC", publicity=Publicity.PUBLIC, address="ngõ kín")
    for url in ("/cot/xuat.csv", "/cot/xuat.geojson"):
        text = read(client_of(cast.operator).get(url))
        assert "RIVALS" not in text
        assert "PUBLIC" in text
        assert "ngõ kín" not in text


def test_the_api_lists_by_rectangle_and_hides_what_is_not_the_callers(cast: Cast) -> None:
    make_mast(at=(105.6, 10.4), code="IN", owner=cast.operator.organisation, grade=Grade.C)
    make_mast(at=(105.6, 10.4), code="PUB", publicity=Publicity.PUBLIC, grade=Grade.D)
    make_mast(at=(106.6, 10.4), code="FAR", owner=cast.operator.organisation)
    make_mast(at=(105.6, 10.4), code="RIVAL", owner=cast.rival.organisation)
    body = client_of(cast.operator).get("/api/v1/masts?bbox=105,10,106,11&sort=code").json()
    assert [(item["code"], item["grade"]) for item in body["items"]] == [("IN", "C"), ("PUB", None)]
    assert client_of(cast.operator).get("/api/v1/masts?bbox=1,2").status_code == 422
