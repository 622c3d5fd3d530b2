"""The coordinate field in a browser: it reads while one types, doubts, mends, picks on the map."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import SignIn
from tests.cast import Cast

URL = "/du-lieu/don-vi/"
PLANE = "X 1156822.472 Y 569001.844"


@pytest.mark.usefixtures("reference_rows")
def test_metres_ask_for_the_meridian_and_then_show_the_place(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(both, cast.operator)
    both.goto(URL)
    live = both.locator("[data-coordinate-live]")
    both.get_by_label("Tra cứu tọa độ").fill(PLANE)
    expect(live).to_contain_text("hãy chọn kinh tuyến trục")
    both.get_by_label("Hệ tọa độ").select_option("105-00")
    expect(live).to_contain_text("Phường Cao Lãnh")
    expect(live).to_contain_text("10,460200; 105,632100")
    expect(live).to_contain_text(re.compile(r"X\s\(bắc\)\s1\.156\.822,47\sm"))


@pytest.mark.usefixtures("reference_rows")
def test_exchanged_axes_are_mended_by_one_click(both: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(both, cast.operator)
    both.goto(URL)
    both.get_by_label("Hệ tọa độ").select_option("105-00")
    both.get_by_label("Tra cứu tọa độ").fill("X 569001.844 Y 1156822.472")
    swap = both.get_by_role("button", name="Đổi chỗ hai giá trị")
    expect(swap).to_be_visible()
    expect(both.locator("[data-coordinate-live]")).not_to_contain_text("WGS-84")
    swap.click()
    expect(both.get_by_label("Tra cứu tọa độ")).to_have_value(PLANE)
    expect(both.locator("[data-coordinate-live]")).to_contain_text("Phường Cao Lãnh")
    expect(swap).to_have_count(0)


@pytest.mark.usefixtures("reference_rows")
def test_a_click_on_the_map_fills_the_field(both: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(both, cast.operator)
    both.goto(URL)
    both.get_by_role("button", name="Chọn trên bản đồ").click()
    both.locator("[data-map] .tt-map-canvas").click()
    field = both.get_by_label("Tra cứu tọa độ")
    expect(field).to_have_value(re.compile(r"^10\.\d{6}, 10[56]\.\d{6}$"))
    expect(field).to_be_focused()
    expect(both.locator("[data-coordinate-live]")).to_contain_text("WGS-84")


@pytest.mark.usefixtures("reference_rows")
def test_the_pages_are_told_where_the_place_is(page: Page, cast: Cast, sign_in: SignIn) -> None:
    sign_in(page, cast.operator)
    page.goto(URL)
    page.evaluate(
        """() => {
            window.told = [];
            addEventListener("coordinate:change", (event) => window.told.push(event.detail));
            document.dispatchEvent(
                new CustomEvent("coordinate:pick", { detail: { lat: 10.4602, lon: 105.6321 } }),
            );
        }"""
    )
    expect(page.locator("[data-coordinate-live]")).to_contain_text("Phường Cao Lãnh")
    assert page.evaluate("window.told.at(-1)") == {
        "lat": 10.4602,
        "lon": 105.6321,
        "name": "place",
    }
