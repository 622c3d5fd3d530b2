"""The shell in a browser: search by key, menus, language, dialogs."""

import re

from playwright.sync_api import Page, expect
from pytest_django import Settings

from infra.people.accounts.demo import make_demo_people
from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.factories import make_notice


def test_slash_goes_to_the_search_box(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(page, cast.officer)
    page.goto("/")
    page.keyboard.press("/")
    expect(page.get_by_role("searchbox")).to_be_focused()


def test_phone_has_four_tabs_and_more_opens_the_menu(
    phone: Page, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(phone, cast.officer)
    phone.goto("/")
    tabs = phone.locator(".tabs > *")
    expect(tabs.first).to_contain_text("Việc của tôi")
    phone.get_by_role("button", name="Thêm").click()
    expect(phone.locator("#menu")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.locator("#menu")).to_be_hidden()


def test_notice_is_read_when_it_is_opened(both: Page, cast: Cast, sign_in: SignIn) -> None:
    make_notice(cast.operator, "Hồ sơ được tiếp nhận", url="/thong-bao/")
    sign_in(both, cast.operator)
    both.goto("/")
    expect(both.locator(".bell-count")).to_have_text("1")
    both.get_by_role("button", name="Hồ sơ được tiếp nhận").click()
    expect(both).to_have_url("/thong-bao/")
    expect(both.locator(".bell-count")).to_have_count(0)


def test_language_changes_to_english_and_back(page: Page, live_server: object) -> None:
    page.goto("/")
    page.get_by_role("button", name="English").click()
    expect(page.get_by_role("button", name="Tiếng Việt")).to_be_visible()
    page.get_by_role("button", name="Tiếng Việt").click()
    expect(page.get_by_role("button", name="English")).to_be_visible()


def test_search_is_walked_by_keys_and_leads_to_the_map(
    page: Page, reference_rows: None, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(page, cast.officer)
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("cao lanh")
    expect(page.locator("#search-hits a").first).to_be_visible()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/ban-do/\?v="))


def test_escape_empties_the_drop_down(page: Page, reference_rows: None) -> None:
    page.goto("/")
    page.keyboard.press("/")
    page.keyboard.type("cao lanh")
    expect(page.locator("#search-hits a").first).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#search-hits")).to_be_hidden()


def test_one_click_signs_in_and_every_page_bears_the_mark(both: Page, settings: Settings) -> None:
    settings.DEMO_MODE = True
    list(make_demo_people())
    both.goto("/tai-khoan/dang-nhap/")
    both.get_by_role("button", name="Lê Thị Lan").click()
    expect(both.get_by_role("heading", name="Việc của tôi")).to_be_visible()
    expect(both.get_by_text("DỮ LIỆU MINH HỌA")).to_be_visible()
    both.emulate_media(media="print")
    expect(both.get_by_text("DỮ LIỆU MINH HỌA")).to_be_visible()
    expect(both.locator(".topbar")).to_be_hidden()
