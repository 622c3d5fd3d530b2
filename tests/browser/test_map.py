"""The map in a browser: list and map together, address, keyboard, search, failures, hand-out."""

import re
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, expect

from infra.ground.choices import Publicity
from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.factories import CAO_LANH, make_mast

VIEW = "?v=17,10.4602,105.6321&lop=masts"
READY = ".tt-map[data-ready]:not([data-busy])"
HOSTILE = "{{ 7*7 }}<script>window.broken = 1</script>"


def opened(page: Page, address: str = f"/ban-do/{VIEW}") -> None:
    """The map page, its tiles drawn."""
    page.goto(address)
    if page.locator("[data-show=map]").is_visible():
        page.locator("[data-show=map]").click()
    page.locator(READY).wait_for()


def click_middle(page: Page) -> None:
    """The middle of the map, where Cao Lãnh's mast stands."""
    box = page.locator(".tt-map-canvas").bounding_box()
    assert box
    page.mouse.click(box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)


def test_a_click_on_a_mast_tells_and_the_address_remembers(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    mast = make_mast(code="CỘT-0001 <b>x</b>", grade="D", name="Chợ Cao Lãnh")
    sign_in(both, cast.officer)
    opened(both)
    click_middle(both)
    expect(both.locator(".tt-card h3").first).to_contain_text("CỘT-0001 <b>x</b>")
    expect(both).to_have_url(re.compile(f"chon=masts:{mast.uuid}"))
    both.reload()
    expect(both.locator(".tt-map-side h2")).to_contain_text("CỘT-0001")


def test_choosing_in_the_list_chooses_on_the_map(page: Page, cast: Cast, sign_in: SignIn) -> None:
    make_mast(code="CỘT-0001", grade="C")
    sign_in(page, cast.officer)
    opened(page)
    page.locator("[data-map-list] a", has_text="CỘT-0001").click()
    expect(page.locator("[data-map-list] a[aria-current]")).to_contain_text("CỘT-0001")
    expect(page.locator(".tt-map-side h2")).to_have_text("CỘT-0001")


def test_the_keyboard_alone_moves_zooms_and_asks(page: Page, cast: Cast, sign_in: SignIn) -> None:
    make_mast(code="CỘT-0001")
    sign_in(page, cast.officer)
    opened(page)
    page.locator(".tt-map-canvas").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".tt-map-side h2")).to_have_text("CỘT-0001")
    page.keyboard.press("Escape")
    expect(page.locator(".tt-map-side")).to_be_hidden()
    page.locator(".tt-map-canvas").focus()
    page.keyboard.press("NumpadAdd")
    expect(page).to_have_url(re.compile(r"v=18,"))
    page.keyboard.press("ArrowRight")
    expect(page).to_have_url(re.compile(r"v=18,10\.46\d*,105\.632[2-9]"))


def test_a_layer_is_switched_off_and_on(both: Page, cast: Cast, sign_in: SignIn) -> None:
    make_mast(code="CỘT-0001")
    sign_in(both, cast.officer)
    opened(both)
    both.get_by_role("button", name="Lớp dữ liệu và chú giải").click()
    both.get_by_role("checkbox", name="Cột", exact=True).uncheck()
    expect(both).to_have_url(re.compile(r"lop=(&|$)"))
    both.get_by_role("button", name="Đóng").click()
    click_middle(both)
    expect(both.locator(".tt-cards, .tt-empty").first).not_to_contain_text("CỘT-0001")


def test_place_search_goes_there(both: Page, cast: Cast, sign_in: SignIn) -> None:
    make_mast(code="CỘT-ĐẦM-SEN", at=(105.75, 10.29))
    sign_in(both, cast.officer)
    opened(both)
    both.locator(".tt-search input").fill("dam sen")
    both.get_by_role("option").filter(has_text="CỘT-ĐẦM-SEN").click()
    expect(both).to_have_url(re.compile(r"v=17,10\.29,105\.75"))
    expect(both.locator(".tt-map-side h2")).to_have_text("CỘT-ĐẦM-SEN")


def test_a_failed_tile_is_told_and_tried_again(page: Page, cast: Cast, sign_in: SignIn) -> None:
    make_mast()
    sign_in(page, cast.officer)
    page.route("**/ban-do/o/**", lambda route: route.fulfill(status=503))
    page.goto(f"/ban-do/{VIEW}")
    expect(page.get_by_text("Một phần bản đồ chưa tải được.")).to_be_visible()
    page.unroute("**/ban-do/o/**")
    page.get_by_role("button", name="Thử lại").click()
    expect(page.get_by_text("Một phần bản đồ chưa tải được.")).to_be_hidden()


def test_measuring_tells_the_length_the_vietnamese_way(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(both, cast.officer)
    opened(both)
    both.get_by_role("button", name="Đo khoảng cách, diện tích").click()
    box = both.locator(".tt-map-canvas").bounding_box()
    assert box
    for share in (0.3, 0.6):
        both.mouse.click(box["x"] + box["width"] * share, box["y"] + box["height"] * 0.6)
    expect(both.locator(".tt-measure-words")).to_contain_text("Chiều dài")
    expect(both.locator(".tt-measure-words")).to_contain_text(" m")


def test_the_readout_names_both_systems(page: Page) -> None:
    opened(page, "/ban-do/?v=17,10.4602,105.6321")
    expect(page.locator(".tt-map-bar")).to_contain_text("vĩ độ 10,460")
    expect(page.locator(".tt-map-bar")).to_contain_text("X (Bắc) 1.156.82")
    page.locator(".tt-meridian").select_option("105-45")
    expect(page.locator(".tt-map-bar")).to_contain_text("X (Bắc) 1.156.75")


def test_hoang_sa_and_truong_sa_are_shown_wherever_the_sea_is(page: Page) -> None:
    opened(page, "/ban-do/?v=9,10.4,106.3")
    expect(page.locator(".tt-sea-inset")).to_be_visible()
    opened(page, "/ban-do/?v=15,10.46,105.63")
    expect(page.locator(".tt-sea-inset")).to_be_hidden()
    opened(page, "/ban-do/?v=5,13,111")
    expect(page.locator(".tt-sea-inset")).to_be_hidden()
    expect(page.get_by_text("Quần đảo Hoàng Sa (Việt Nam)")).to_be_visible()
    expect(page.get_by_text("Quần đảo Trường Sa (Việt Nam)")).to_be_visible()


def test_no_tool_covers_hoang_sa_and_truong_sa_on_a_phone(phone: Page) -> None:
    phone.goto("/ban-do/?v=9,10.4,106.3")
    inset = phone.locator(".tt-sea-inset")
    expect(inset).to_be_visible()
    picture, tools = inset.bounding_box(), phone.locator(".tt-map-tools").bounding_box()
    assert picture is not None
    assert tools is not None
    assert picture["x"] + picture["width"] < tools["x"]


def test_no_signed_in_layer_is_offered_to_the_public(phone: Page) -> None:
    make_mast(code="CỘT-NỘI-BỘ")
    make_mast(code="CỘT-CÔNG-KHAI", publicity=Publicity.PUBLIC)
    opened(phone)
    click_middle(phone)
    expect(phone.locator(".tt-cards")).to_contain_text("CỘT-CÔNG-KHAI")
    expect(phone.locator(".tt-cards")).not_to_contain_text("CỘT-NỘI-BỘ")


def test_nothing_lies_beyond_the_edge_at_360_pixels(phone: Page) -> None:
    phone.set_viewport_size({"width": 360, "height": 740})
    opened(phone)
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    for button in phone.locator(".tt-tool-group button").all():
        box = button.bounding_box()
        assert box
        assert box["width"] >= 44
        assert box["x"] + box["width"] <= 360


def test_a_map_handed_on_opens_offline_and_its_names_stay_words(
    page: Page, browser: Browser, cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    make_mast(code="CỘT-0001", name=HOSTILE, grade="D", at=CAO_LANH)
    sign_in(page, cast.officer)
    opened(page)
    with page.expect_download() as download:
        page.get_by_role("button", name="Bản đồ gửi đi").click()
    saved = tmp_path / "ban-do.html"
    download.value.save_as(saved)
    context = browser.new_context(offline=True)
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.abort()

    alone = context.new_page()
    alone.route("http*://**", refuse)
    alone.goto(saved.as_uri())
    alone.locator(".sign-masts-D").click()
    expect(alone.locator(".leaflet-popup")).to_contain_text(HOSTILE)
    assert alone.evaluate("window.broken") is None
    assert asked == []
    context.close()
