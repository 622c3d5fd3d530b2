"""What a page hides is told by no other door: neither by a click, a search, an order nor a map."""

from typing import Any

import pytest
from django.contrib.gis.geos import Point
from django.test import Client
from django.urls import reverse

from infra.ground.choices import DossierState, Publicity
from infra.models import User
from sites.choices import Grade, Outcome
from sites.models import Mast
from sites.register.selectors.masts import MastQuery, masts_found
from sites.register.selectors.orders import in_order
from tests.access.world import World
from tests.cast import Cast
from tests.factories import make_candidate, make_mast, make_station
from tests.reading import page_text
from tests.seals.aside import set_aside

pytestmark = pytest.mark.django_db

SECRET_ADDRESS = "số 7 hẻm Kín"
AROUND = "105.60,10.44,105.66,10.48"
CLICK = "?lat=10.4602&lon=105.6321&zoom=17&layers=masts"


@pytest.fixture
def public_mast(cast: Cast) -> Mast:
    """A public mast of company A; its address and its station's code are not public."""
    company = cast.operator.organisation
    assert company
    mast = make_mast(
        code="CK-1",
        name="Cột công khai",
        address=SECRET_ADDRESS,
        owner=company,
        grade=Grade.D,
        publicity=Publicity.PUBLIC,
    )
    make_station(mast, company, code="VT-KIN-9")
    mast.refresh_from_db()
    return mast


def text_of(person: User, url: str) -> str:
    client = Client()
    client.force_login(person)
    response: Any = client.get(url)
    assert response.status_code == 200
    return page_text(response)


def tells_the_address(text: str) -> bool:
    return "hẻm" in text or "h\\u1ebbm" in text


def codes(person: User, **query: Any) -> list[str]:
    found = masts_found(person, MastQuery(**query))
    return [mast.code for mast in in_order(found, query.get("sort", "code"))]


def test_a_click_on_another_s_public_mast_does_not_tell_its_address(
    public_mast: Mast, cast: Cast
) -> None:
    doors = [
        reverse("map:feature", args=["masts", public_mast.uuid]),
        reverse("map:identify") + CLICK,
        reverse("map:handout") + f"?bbox={AROUND}&layers=masts",
    ]
    for url in doors:
        assert "CK-1" in text_of(cast.rival, url)
        assert not tells_the_address(text_of(cast.rival, url))
        assert tells_the_address(text_of(cast.operator, url))
        assert tells_the_address(text_of(cast.officer, url))


@pytest.mark.parametrize("words", ["hem kin", "vt-kin"])
def test_a_search_does_not_find_another_s_mast_by_what_is_hidden(
    public_mast: Mast, cast: Cast, words: str
) -> None:
    assert codes(cast.rival, q=words) == []
    assert codes(cast.operator, q=words) == ["CK-1"]
    assert codes(cast.officer, q=words) == ["CK-1"]
    assert codes(cast.rival, q="cong khai") == ["CK-1"]


def test_the_order_of_the_register_does_not_tell_another_s_grade(
    public_mast: Mast, cast: Cast
) -> None:
    make_mast(code="CK-0", grade=Grade.A, publicity=Publicity.PUBLIC)
    own = make_mast(code="B-9", grade=Grade.B, owner=cast.rival.organisation)
    assert codes(cast.rival, sort="grade") == [own.code, "CK-0", "CK-1"]
    assert codes(cast.officer, sort="grade") == ["CK-1", "B-9", "CK-0"]


def test_the_applicant_sees_no_adjusted_place_before_the_letter_is_issued(cast: Cast) -> None:
    dossier = World(cast).dossier
    candidate = make_candidate(
        dossier, outcome=Outcome.ADJUST, proposed_point=Point(105.654321, 10.4602, srid=4326)
    )
    pages = [
        reverse("sites:dossier_detail", args=[dossier.uuid]),
        reverse("sites:candidate_detail", args=[candidate.uuid]),
    ]
    for url in pages:
        assert "105.654321" in text_of(cast.officer, url)
        assert "105.654321" not in text_of(cast.operator, url)
    set_aside(dossier, state=DossierState.ISSUED)
    for url in pages:
        assert "105.654321" in text_of(cast.operator, url)


def test_an_owner_does_not_read_the_visit_and_the_proposal_the_department_still_weighs(
    cast: Cast,
) -> None:
    world = World(cast)
    assert world.proposal
    page = reverse("sites:mast_detail", args=[world.mast.uuid])
    visit = reverse("sites:inspection_detail", args=[world.inspection.uuid])
    for told, url in ((visit, page), ("chip clock", reverse("sites:mast_list"))):
        assert told in text_of(cast.officer, url)
        assert world.mast.code in text_of(cast.operator, url)
        assert told not in text_of(cast.operator, url)
    assert cast.inspector.full_name not in text_of(cast.operator, page)
