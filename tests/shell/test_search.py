"""The search box: accent-free, bounded, a page for Enter and a fragment for the drop-down."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.test import Client

from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit, Document, UnitSuccession
from infra.people import search
from infra.people.search import SearchResult
from tests.cast import Cast
from tests.factories import make_dossier, make_organisation
from tests.reading import page_text


@pytest.fixture
def cao_lanh(db: None) -> AdministrativeUnit:
    return AdministrativeUnit.objects.create(
        code="29869",
        name="Cao Lãnh",
        kind_name="Phường",
        level=UnitLevel.COMMUNE,
        valid_from=date(2025, 7, 1),
        point=Point(105.63, 10.46, srid=4326),
    )


@pytest.mark.parametrize("typed", ["cao lanh", "Cao Lãnh", "CAO", "  phường   cao lãnh "])
def test_communes_are_found_with_or_without_marks(
    client: Client, cao_lanh: AdministrativeUnit, typed: str
) -> None:
    page = page_text(client.get("/tim/", {"q": typed}))
    assert "Phường Cao Lãnh" in page
    assert "/ban-do/?v=13,10.46000,105.63000" in page


def test_the_drop_down_is_a_fragment(client: Client, cao_lanh: AdministrativeUnit) -> None:
    answer = client.get("/tim/", {"q": "cao"}, headers={"hx-request": "true"})
    assert b"<html" not in answer.content
    assert "Phường Cao Lãnh" in page_text(answer)


def test_nothing_found_says_so_and_keeps_what_was_typed(client: Client, db: None) -> None:
    page = page_text(client.get("/tim/", {"q": "<b>không có</b>"}))
    assert "Không tìm thấy" in page
    assert "&lt;b&gt;không có&lt;/b&gt;" in page
    assert "<b>không" not in page


def test_one_letter_asks_no_source(client: Client) -> None:
    asked: list[str] = []

    def source(user: object, text: str) -> list[SearchResult]:
        asked.append(text)
        return []

    with search.SOURCES.temporarily({"asked": source}, only=True):
        client.get("/tim/", {"q": "a"})
    assert asked == []


def test_a_source_that_finds_too_much_is_cut() -> None:
    found = [SearchResult("Cột", f"M-{number}", "/") for number in range(500)]
    with search.SOURCES.temporarily({"many": lambda user, text: found}, only=True):
        groups = search.search(AnonymousUser(), "cot")
    assert len(groups["Cột"]) == search.PER_SOURCE


@pytest.fixture
def merged(cao_lanh: AdministrativeUnit) -> AdministrativeUnit:
    """A commune that ended and became part of today's Cao Lãnh."""
    old = AdministrativeUnit.objects.create(
        code="30001",
        name="Hòa An",
        kind_name="Xã",
        level=UnitLevel.COMMUNE,
        valid_from=date(2004, 1, 1),
        valid_to=date(2025, 6, 30),
    )
    UnitSuccession.objects.create(predecessor=old, successor=cao_lanh)
    return old


def test_a_unit_that_ended_leads_to_what_it_became(
    client: Client, merged: AdministrativeUnit
) -> None:
    page = page_text(client.get("/tim/", {"q": "xa hoa an"}))
    assert "Xã Hòa An" in page
    assert "nay thuộc Phường Cao Lãnh" in page
    assert "/ban-do/?v=13,10.46000,105.63000" in page


def test_owners_lead_to_their_masts_and_documents_to_their_page(cast: Cast) -> None:
    owner = make_organisation("vttm", name="Công ty Viễn thông Tháp Mười", short_name="VTTM")
    dossier = make_dossier(owner, cast.operator, title="Xin vị trí")
    document = Document.objects.create(
        target=dossier, type="reply_letter", subject="Thỏa thuận vị trí trạm Gáo Giồng"
    )
    client = Client()
    for text in ("vttm", "thap muoi"):
        assert f"/cot/?owner={owner.pk}" in page_text(client.get("/tim/", {"q": text}))
    address = f"/van-ban/{document.uuid}/"
    assert address not in page_text(client.get("/tim/", {"q": "gao giong"}))
    client.force_login(cast.officer)
    assert address in page_text(client.get("/tim/", {"q": "gao giong"}))


def test_a_misspelt_word_is_corrected_and_can_be_searched_as_it_stands(
    client: Client, cao_lanh: AdministrativeUnit
) -> None:
    page = page_text(client.get("/tim/", {"q": "cao lanhh"}))
    assert "Không thấy “cao lanhh”, đang hiện kết quả cho “cao lanh”" in page
    assert "Phường Cao Lãnh" in page
    assert "/tim/?q=cao%20lanhh&amp;exact=1" in page
    assert "Phường Cao Lãnh" not in page_text(client.get("/tim/", {"q": "cao lanhh", "exact": "1"}))
