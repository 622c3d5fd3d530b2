"""The search box: accent-free, bounded, a page for Enter and a fragment for the drop-down."""

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.gis.geos import Point
from django.test import Client

from infra.ground.choices import UnitLevel
from infra.models import AdministrativeUnit
from infra.people import search
from infra.people.search import SearchResult
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
