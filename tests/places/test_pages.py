"""The pages of units and layers tell what stood, what it became, and what was loaded from where."""

from datetime import date

import pytest
from django.contrib.gis.geos import Point
from django.test import Client

from infra.ground.choices import ConstraintKind, Role
from infra.places.territory.constraints import NewFeature, dataset_load
from infra.places.territory.selectors import units_on
from infra.places.territory.services import boundaries_derive, units_load
from tests.factories import make_user
from tests.reading import page_text

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client: Client) -> Client:
    client.force_login(make_user(Role.OFFICER))
    return client


def _text(client: Client, url: str, **query: str) -> str:
    response = client.get(url, query)
    assert response.status_code == 200
    return page_text(response)


def test_a_commune_of_2024_tells_what_it_became(officer: Client) -> None:
    units_load()
    boundaries_derive()
    former = units_on(date(2024, 6, 1)).get(code="30079")
    page = _text(officer, "/du-lieu/don-vi/", on="2024-06-01", q="gao giong", unit=str(former.pk))
    assert "1 đơn vị vào ngày 01/06/2024" in page
    for said in ("Xã Phong Mỹ", "Xã Phú Cường", "Huyện Cao Lãnh", "30/06/2025", "unit-shape"):
        assert said in page
    assert "Ước lượng từ điểm" in page


def test_all_units_of_a_day_are_listed_in_few_queries(
    officer: Client, django_assert_max_num_queries: pytest.FixtureRequest
) -> None:
    units_load()
    with django_assert_max_num_queries(25):  # type: ignore[operator]
        page = _text(officer, "/du-lieu/don-vi/", on="2026-01-01")
    assert "102 đơn vị" in page


def test_nothing_found_says_what_to_try(officer: Client) -> None:
    assert "ngày khác" in _text(officer, "/du-lieu/don-vi/", q="không có")
    assert officer.get("/du-lieu/don-vi/", {"unit": "999999"}).status_code == 404


def test_the_layers_show_versions_sources_and_what_is_missing(officer: Client) -> None:
    for source in ("Sở Giáo dục 2025", "Sở Giáo dục 2026"):
        dataset_load(
            kind=ConstraintKind.SCHOOL,
            features=[NewFeature(Point(105.6, 10.4, srid=4326))],
            source=source,
            source_date=date(2026, 1, 2),
            is_illustrative=True,
        )
    page = _text(officer, "/du-lieu/lop-du-lieu/")
    for said in ("v1", "v2", "Sở Giáo dục 2025", "02/01/2026", "minh họa", "Chưa nạp"):
        assert said in page
    assert page.count("hiện hành") == 1
