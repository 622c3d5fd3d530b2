"""axe-core finds nothing on the main pages, at both sizes."""

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.access.world import World
from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.factories import make_notice

# Page → who opens it ("" is a stranger). Other parts add their main pages here.
PAGES = {
    "/": "",
    "/tai-khoan/dang-nhap/": "",
    "/tim/?q=cao": "",
    "/khong-co-trang-nay/": "",
    "/tai-khoan/": "leader",
    "/thong-bao/": "officer",
    "/ban-do/": "officer",
}


def complaints(page: Page) -> list[str]:
    """What axe says is wrong, with the first element of each."""
    found = Axe().run(page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{item['id']}: {item['help']}: {item['nodes'][0]['html'][:160]}" for item in found]


@pytest.mark.parametrize("address", PAGES, ids=[address.strip("/") or "front" for address in PAGES])
def test_a_page_has_no_barriers(both: Page, cast: Cast, sign_in: SignIn, address: str) -> None:
    if who := PAGES[address]:
        person = getattr(cast, who)
        make_notice(person, "Hồ sơ được tiếp nhận")
        sign_in(both, person)
    both.goto(address)
    both.wait_for_load_state("networkidle")
    assert complaints(both) == []


def test_home_with_work_has_no_barriers(both: Page, cast: Cast, sign_in: SignIn) -> None:
    assert World(cast).dossier
    make_notice(cast.officer, "Hồ sơ được tiếp nhận")
    sign_in(both, cast.officer)
    both.goto("/")
    both.wait_for_load_state("networkidle")
    assert complaints(both) == []
