"""What a mast is found by, by whom; the kept words are right after every way of writing."""

import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import ProgrammingError, connection, transaction
from django.test import Client

from infra.ground.choices import Publicity, UnitLevel
from infra.models import AdministrativeUnit, SearchWord, UnitSuccession, User
from infra.people.spelling import prune_words
from sites.models import Mast, MastSearch, MastSearchDue, Station
from sites.register.search import catch_up, differing
from sites.register.selectors.masts import MastQuery, found_pages, units_of
from sites.register.selectors.orders import SORTS, in_order
from tests.cast import Cast
from tests.factories import home, make_mast, make_organisation, make_station
from tests.reading import page_text
from tests.seals.aside import as_owner, seals_aside

pytestmark = pytest.mark.django_db
SINCE = date(2025, 7, 1)


def client_of(person: User) -> Client:
    client = Client()
    client.force_login(person)
    return client


def found(person: Any, text: str, **query: Any) -> list[str]:
    pages = found_pages(person, MastQuery(q=text, **({"sort": "code"} | query)))
    codes = [mast.code for mast in pages.stretch(0, 50)]
    assert pages.counted == len(codes)
    return codes


def make_unit(
    name: str,
    kind: str = "Xã",
    box: tuple[float, float, float, float] | None = None,
    **fields: Any,
) -> AdministrativeUnit:
    boundary = MultiPolygon(Polygon.from_bbox(box), srid=4326) if box else None
    since = {"level": UnitLevel.COMMUNE, "valid_from": SINCE, "boundary": boundary} | fields
    code = f"U{AdministrativeUnit.objects.count()}"
    return AdministrativeUnit.objects.create(code=code, name=name, kind_name=kind, **since)


@pytest.fixture
def merged(db: None) -> AdministrativeUnit:
    """Phường Mỹ Ngãi of today around (105.6, 10.4), made of a commune of a district that ended."""
    ended: dict[str, Any] = {"valid_from": date(2004, 1, 1), "valid_to": date(2025, 6, 30)}
    province = make_unit("Đồng Tháp", "Tỉnh", level=UnitLevel.PROVINCE)
    district = make_unit("Cao Lãnh", "Huyện", level=UnitLevel.DISTRICT, parent=province, **ended)
    old = make_unit("Nhị Mỹ", parent=district, **ended)
    new = make_unit("Mỹ Ngãi", "Phường", (105.55, 10.35, 105.65, 10.45), parent=province)
    UnitSuccession.objects.create(predecessor=old, successor=new)
    return new


@pytest.mark.parametrize(
    "text",
    [
        "DTP-CLH-00777", "dtpclh00777", "00777", "777", "77", "clh-007", "CLH00777",
        "mỹ ngãi", "MY NGAI", "phường mỹ ngãi", "ngai my", "nhị mỹ", "huyen cao lanh", "đồng tháp",
        "ấp đông", "Ap Dong", "12/5", "125", "viễn thông tháp mười", "vttm", "viettel",
        "VTL_ĐT-0042", "0042", "trạm bờ sông", "cột chợ đất sét", "cot", "dat set 777 vttm",
    ],
)  # fmt: skip
def test_a_mast_is_found_by_all_that_stands_of_it(
    cast: Cast, merged: AdministrativeUnit, text: str
) -> None:
    owner = make_organisation("vttm", name="Công ty Viễn thông Tháp Mười", short_name="VTTM")
    mast = make_mast(
        (105.6, 10.4),
        code="DTP-CLH-00777",
        name="Cột chợ Đất Sét",
        address="12/5 ấp Đông",
        declared_unit="Xã khác",
        owner=owner,
    )
    viettel = make_organisation("vtl", name="Tập đoàn Viettel", short_name="Viettel")
    make_station(mast, viettel, code="VTL_ĐT-0042", name="Trạm bờ sông")
    make_mast((105.7, 10.4), code="OTHER", name="Kênh Mười Ba")
    assert found(cast.officer, text) == ["DTP-CLH-00777"]


@pytest.mark.parametrize("text", ["my ngai kenh", "???", "'@o1'", "~", "@p", "00778", "lanhcao"])
def test_words_that_no_mast_holds_find_none(
    cast: Cast, merged: AdministrativeUnit, text: str
) -> None:
    make_mast((105.6, 10.4), code="DTP-00777", name="Cột", publicity=Publicity.PUBLIC)
    assert found(cast.officer, text) == []
    assert client_of(cast.officer).get("/cot/", {"q": text}).status_code == 200


def test_nobody_finds_a_mast_by_what_the_page_hides_from_him(cast: Cast) -> None:
    mast = make_mast(
        code="PUB-01", name="Cột công khai", address="hẻm Bí Mật", owner=cast.rival.organisation,
        publicity=Publicity.PUBLIC,
    )  # fmt: skip
    make_station(mast, home(cast.rival), code="GIAU-99", name="Trạm kín")
    make_mast(code="RIVAL-02", name="Cột nội bộ", owner=cast.rival.organisation)
    stranger = cast.operator
    for text in ("bi mat", "giau", "99", "tram kin", "noi bo", "rival-02"):
        assert found(stranger, text) == []
        assert found_pages(stranger, MastQuery(q=text)).extent is None
        assert found(cast.rival, text), text
        assert found(cast.officer, text), text
    for text in ("cong khai", "pub-01", home(cast.rival).short_name):
        assert found(stranger, text) == ["PUB-01"], text


def test_a_word_known_only_from_hidden_masts_is_never_offered(cast: Cast) -> None:
    make_mast(code="A-1", name="Cột Thạnh Mỹ", publicity=Publicity.PUBLIC)
    make_mast(code="B-1", name="Cột Zyxland", owner=cast.rival.organisation)
    assert SearchWord.objects.filter(word="zyxland").exists()
    for client in (Client(), client_of(cast.operator)):
        page = page_text(client.get("/cot/", {"q": "zyxlant"}))
        assert "zyxland" not in page
    assert "zyxland" in page_text(client_of(cast.rival).get("/cot/", {"q": "zyxlant"}))
    # Nor does a hidden word pass for a known one: it is corrected like any strange word.
    make_mast(code="C-1", name="Cột Zyxlane", publicity=Publicity.PUBLIC)
    assert "zyxlane" in page_text(client_of(cast.operator).get("/cot/", {"q": "zyxland"}))


def test_a_misspelt_word_shows_what_was_meant_and_a_way_to_search_exactly(cast: Cast) -> None:
    make_mast(code="CL-1", name="Cột Cao Lãnh")
    client = client_of(cast.officer)
    page = page_text(client.get("/cot/", {"q": "cao lanhh"}))
    assert "Không thấy “cao lanhh”, đang hiện kết quả cho “cao lanh”" in page
    assert "CL-1" in page
    assert "exact=1" in page
    exact = page_text(client.get("/cot/", {"q": "cao lanhh", "exact": "1"}))
    assert "CL-1" not in exact
    for typed in ("coa lãnh", "Cao Lnah", "caolanh", "kao lanh"):
        assert ("CL-1" in page_text(client.get("/cot/", {"q": typed}))) is (typed != "caolanh")


def test_a_word_that_occurs_is_not_corrected_though_no_mast_has_all(cast: Cast) -> None:
    make_mast(code="A", name="Cột Lãnh")
    make_mast(code="B", name="Cột Lánh Xa")
    assert "đang hiện kết quả" not in page_text(
        client_of(cast.officer).get("/cot/", {"q": "lanh xa A"})
    )


def test_a_word_is_not_corrected_where_a_filter_leaves_nothing(cast: Cast) -> None:
    make_mast(code="A", name="Cột Lãnh", grade="A")
    make_mast(code="B", name="Cột Lành", grade="D")
    make_mast(code="C", name="Cột Lónh", grade="D")
    client = client_of(cast.officer)
    page = page_text(client.get("/cot/", {"q": "lanh", "grade": "C"}))
    assert "đang hiện kết quả" not in page
    corrected = page_text(client.get("/cot/", {"q": "lonhh", "grade": "D"}))
    assert "đang hiện kết quả cho “lonh”" in corrected


def test_pages_and_extent_agree_with_what_is_found(cast: Cast) -> None:
    for number in range(120):
        make_mast((105 + number / 1000, 10.4), code=f"N-{number:03}", name=f"Cột số {number}")
    pages = found_pages(cast.officer, MastQuery(q="so", sort="code"))
    codes = [mast.code for n in (1, 2, 3) for mast in pages.page(n).object_list]
    assert codes == [f"N-{number:03}" for number in range(120)]
    assert pages.extent == pytest.approx((105, 10.4, 105.119, 10.4))


@pytest.mark.parametrize("sort", list(SORTS))
def test_very_many_found_come_in_the_same_order_by_walking_and_by_fetching(
    cast: Cast, sort: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for n in range(60):
        make_mast(
            code=f"K{(n * 37) % 60:02}", name="Cột xa" if n % 3 else "Ấp gần",
            height_m=(n * 7) % 50 or None, grade="ABCD"[n % 4],
            last_verified_on=date(2025, 1, 1) + timedelta(n % 9) if n % 5 else None,
        )  # fmt: skip
    query = MastQuery(q="xa", sort=sort)
    pages = found_pages(cast.officer, query)
    expected = [m.pk for m in in_order(pages.found, sort, walked=False)]
    for walk in (1, 10, 1000):
        monkeypatch.setattr("sites.register.selectors.orders.WALK", walk)
        monkeypatch.setattr("sites.register.selectors.orders.MastPaginator.cap", 30)
        many = found_pages(cast.officer, query)
        assert many.is_capped
        assert many.extent is None
        assert [m.pk for m in many.stretch(0, 15)] == expected[:15]
        assert [m.pk for m in many.stretch(15, 30)] == expected[15:30]


@pytest.mark.parametrize("cap", [29, 1000])
def test_an_operator_pages_by_the_grades_of_own_masts_alone(
    cast: Cast, cap: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sites.register.selectors.orders.MastPaginator.cap", cap)
    for n in range(30):
        owner = cast.operator.organisation if n % 2 else cast.rival.organisation
        make_mast(
            code=f"G{n:02}", name="Cột", grade=("D", "A", "", "B", "C")[n % 5], owner=owner,
            publicity=Publicity.PUBLIC,
        )  # fmt: skip
    for query in (MastQuery(sort="grade"), MastQuery(sort="grade", q="cot")):
        pages = found_pages(cast.operator, query)
        expected = [mast.code for mast in in_order(pages.found, "grade", walked=False)]
        assert expected[0] == "G05"
        for size in (4, 7, 12):
            stretches = [pages.stretch(at, at + size) for at in range(0, 30, size)]
            assert [mast.code for one in stretches for mast in one] == expected


def test_boundaries_names_and_moves_reach_the_kept_words(
    cast: Cast, merged: AdministrativeUnit
) -> None:
    owner = make_organisation("vina", short_name="Vina", name="Công ty Vina")
    mast = make_mast((105.6, 10.4), code="M-1", owner=owner)
    assert found(cast.officer, "my ngai") == ["M-1"]
    owner.short_name = "Sao Mai"
    owner.save()
    assert found(cast.officer, "sao mai") == ["M-1"]
    merged.name = "Thanh Bình"
    merged.save()
    assert (found(cast.officer, "thanh binh"), found(cast.officer, "my ngai")) == (["M-1"], [])
    AdministrativeUnit.objects.filter(name="Nhị Mỹ").update(name="Tân Nghĩa")
    assert found(cast.officer, "tan nghia") == ["M-1"]
    merged.boundary = MultiPolygon(Polygon.from_bbox((107, 10, 108, 11)), srid=4326)
    merged.save()
    assert found(cast.officer, "thanh binh") == []
    assert units_of([mast.pk]) == {}
    Mast.objects.update(point="SRID=4326;POINT(107.5 10.5)")
    assert found(cast.officer, "thanh binh") == ["M-1"]
    assert units_of([mast.pk]) == {mast.pk: merged}
    with as_owner():  # the application takes no succession away
        UnitSuccession.objects.all().delete()
    assert found(cast.officer, "tan nghia") == []
    assert differing() == 0


def test_stations_come_and_go_by_any_statement(cast: Cast) -> None:
    one, two = make_mast(code="ONE"), make_mast(code="TWO")
    station = make_station(one, home(cast.operator), code="ST-55", name="Đình Trung")
    assert found(cast.officer, "dinh trung") == ["ONE"]
    Station.objects.filter(pk=station.pk).update(mast=two)
    assert found(cast.officer, "st-55") == ["TWO"]
    Station.objects.filter(pk=station.pk).update(name="Vĩnh Thới")
    assert found(cast.officer, "vinh thoi") == ["TWO"]
    Station.objects.all().delete()
    assert found(cast.officer, "vinh") == []
    assert differing() == 0


def test_a_copy_and_raw_statements_count_too(cast: Cast) -> None:
    make_mast(code="GỐC", name="Cột gốc")
    columns = [f.column for f in Mast._meta.local_fields if f.column not in {None, "id"}]
    with connection.cursor() as cursor:
        names = ", ".join(connection.ops.quote_name(str(name)) for name in columns)
        buffer = io.StringIO()
        cursor.cursor.copy_expert(f"COPY sites_mast ({names}) TO STDOUT", buffer)
        uuid = str(Mast.objects.get().uuid)
        lines = "".join(
            buffer.getvalue().replace("GỐC", f"BẢN-{n}").replace(uuid, f"{n:08}{uuid[8:]}")
            for n in range(20)
        )
        cursor.cursor.copy_expert(f"COPY sites_mast ({names}) FROM STDIN", io.StringIO(lines))
        assert len(found(cast.officer, "ban")) == 20
        cursor.execute("UPDATE sites_mast SET name = 'Đổi tên' WHERE code = 'BẢN-7'")
    assert found(cast.officer, "doi ten") == ["BẢN-7"]
    assert differing() == 0


@pytest.mark.owner  # the application deletes no mast
def test_a_deleted_mast_takes_its_words_along(cast: Cast) -> None:
    make_mast(code="GONE")
    Mast.objects.filter(code="GONE").delete()
    assert not MastSearch.objects.exists()


def test_what_is_too_much_for_a_request_waits_in_sight(cast: Cast) -> None:
    owner = make_organisation("vina", short_name="Vina", name="Công ty Vina")
    masts = [Mast(code=f"B-{n:04}", point=make_place(), owner=owner) for n in range(2001)]
    Mast.objects.bulk_create(masts)
    owner.short_name = "Sao Mai"
    owner.save()
    assert MastSearchDue.objects.count() == 2001
    assert found_pages(cast.officer, MastQuery(q="sao mai")).counted == 0
    page = page_text(client_of(cast.officer).get("/cot/", {"q": "vina"}))
    assert "Dữ liệu tìm kiếm đang được cập nhật" in page
    catch_up()
    assert not MastSearchDue.objects.exists()
    assert found_pages(cast.officer, MastQuery(q="sao mai")).counted == 2001
    assert "đang được cập nhật" not in page_text(
        client_of(cast.officer).get("/cot/", {"q": "vina"})
    )


def make_place() -> Any:
    return "SRID=4326;POINT(105.6 10.4)"


def test_units_are_derived_while_masts_wait(cast: Cast, merged: AdministrativeUnit) -> None:
    mast = make_mast((105.6, 10.4), code="M")
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("UPDATE sites_mastsearch SET unit_id = NULL")
        cursor.execute("INSERT INTO sites_mastsearchdue (mast_id) VALUES (%s)", [mast.pk])
    assert units_of([mast.pk]) == {mast.pk: merged}
    assert [m.code for m in found_pages(cast.officer, MastQuery(commune=[merged])).found] == ["M"]


def test_a_unit_that_ended_in_the_night_is_read_anew(
    cast: Cast, merged: AdministrativeUnit
) -> None:
    make_mast((105.6, 10.4), code="M")
    box = (105.5, 10.3, 105.7, 10.5)
    with seals_aside(AdministrativeUnit):
        AdministrativeUnit.objects.filter(pk=merged.pk).update(valid_to=date(2026, 1, 1))
        make_unit("Kế Sau", "Xã", box, valid_from=date(2026, 1, 2))
    assert differing() == 1
    catch_up()
    assert found(cast.officer, "ke sau") == ["M"]
    assert differing() == 0


def test_words_that_no_longer_occur_are_forgotten(cast: Cast) -> None:
    mast = make_mast(code="M", name="Cột Quagga")
    mast.name = "Cột Cẩm"
    mast.save()
    assert SearchWord.objects.filter(word="quagga").exists()
    prune_words()
    assert not SearchWord.objects.filter(word="quagga").exists()
    assert SearchWord.objects.filter(word="cam").count() == 1


def test_the_application_writes_no_words_of_its_own(cast: Cast) -> None:
    make_mast(code="M")
    with pytest.raises(ProgrammingError), transaction.atomic():
        MastSearch.objects.update(words=None)
