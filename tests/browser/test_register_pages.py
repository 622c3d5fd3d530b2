"""The register, a mast's page and its form as people use them: keys, links sent on, map, paper."""

import re
from io import BytesIO

import pytest
from django.contrib.gis.geos import Point
from playwright.sync_api import Browser, Page, expect
from pypdf import PdfReader
from pytest_django.live_server_helper import LiveServer

from infra.ground.choices import ConstraintKind, Publicity
from infra.ground.plaintext import plain, unmarked
from infra.models import UnitSuccession
from infra.places.geo.measure import circle, destination
from infra.places.territory.selectors import unit_at
from sites.choices import Grade
from sites.models import Mast
from tests.browser.conftest import OpenPage, SignIn
from tests.cast import Cast
from tests.factories import CAO_LANH, home, make_inspection, make_mast, make_station
from tests.sites.appraisal_cast import layer, line_past

pytestmark = pytest.mark.django_db(transaction=True)
HERE = Point(*CAO_LANH, srid=4326)
ELSEWHERE = (106.3560, 10.3600)
ROWS = "#register li[data-id]"
READY = ".tt-map[data-ready]"
LONG = "VIETTEL-DONGTHAP-CAOLANH-PHUONG1-KHOM-02"
VIEW = """() => {
    const { leaflet } = document.querySelector("[data-map]").ttMap;
    const { lat, lng } = leaflet.getCenter();
    return [leaflet.getZoom(), lat, lng];
}"""


def two_masts() -> tuple[Mast, Mast]:
    """One in Cao Lãnh, one at the other end of the province."""
    return make_mast(code="DT-001", grade=Grade.D), make_mast(at=ELSEWHERE, code="DT-002")


@pytest.mark.usefixtures("reference_rows")
def test_a_commune_is_chosen_by_keyboard_and_by_the_name_it_had(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    one, _other = two_masts()
    unit = unit_at(one.point)
    assert unit is not None
    former = UnitSuccession.objects.filter(successor=unit).select_related("predecessor").first()
    assert former is not None
    sign_in(page, cast.officer)
    page.goto("/cot/")
    page.locator("[data-filters] > summary").focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("combobox", name="Xã, phường")
    box.focus()
    page.keyboard.type(plain(str(former.predecessor)))
    expect(box).to_have_attribute("aria-expanded", "true")
    lines = page.get_by_role("listbox", name="Xã, phường").get_by_role("option")
    place = [str(unit) in text for text in lines.all_inner_texts()].index(True)
    for _step in range(place):
        page.keyboard.press("ArrowDown")
    active = box.get_attribute("aria-activedescendant")
    expect(page.locator(f"#{active}")).to_contain_text(str(unit))
    page.keyboard.press("Enter")
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(ROWS)).to_contain_text("DT-001")
    expect(page).to_have_url(re.compile(rf"commune={unit.code}"))
    assert "sort=" not in page.url
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(page.locator("[data-filters] > summary [data-count]")).to_have_text("1")
    page.keyboard.press("Backspace")
    expect(page.locator(ROWS)).to_have_count(2)


@pytest.mark.usefixtures("reference_rows")
def test_a_chip_taken_away_frees_the_form_and_the_map_stays(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    two_masts()
    sign_in(both, cast.officer)
    both.goto("/cot/?grade=D&emf=none")
    both.wait_for_selector(READY, state="attached")
    both.evaluate("document.querySelector('[data-map]').dataset.kept = '1'")
    expect(both.locator("[data-filters] > summary [data-count]")).to_have_text("2")
    expect(both.locator("#register")).to_contain_text("chưa lọc được theo: giấy chứng nhận")
    both.locator(".register-chips a", has_text="Giấy chứng nhận").click()
    expect(both.locator(ROWS)).to_have_count(1)
    expect(both.locator("[data-filters] > summary [data-count]")).to_have_text("1")
    expect(both.locator("#register")).not_to_contain_text("chưa lọc được")
    both.locator(".register-chips a", has_text="xóa hết").click()
    expect(both.locator(ROWS)).to_have_count(2)
    expect(both.locator("input[name=grade][value=D]")).not_to_be_checked()
    assert both.evaluate("document.querySelector('[data-map]').dataset.kept") == "1"


def test_on_a_phone_the_filters_are_a_sheet_that_narrows_when_told_to(
    phone: Page, cast: Cast, sign_in: SignIn
) -> None:
    two_masts()
    sign_in(phone, cast.officer)
    phone.goto("/cot/")
    phone.locator("[data-filters] > summary").click()
    sheet = phone.get_by_role("dialog", name="Bộ lọc")
    expect(sheet).to_be_visible()
    sheet.get_by_role("checkbox", name="D, nguy hiểm").check()
    expect(phone.locator(ROWS)).to_have_count(2)
    sheet.get_by_role("button", name="Áp dụng").click()
    expect(sheet).to_be_hidden()
    expect(phone.locator(ROWS)).to_have_count(1)
    phone.locator("[data-filters] > summary").click()
    phone.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(phone.locator("[data-filters] > summary")).to_be_focused()


def test_a_link_sent_on_opens_the_same_view_with_the_same_mast(
    both: Page, open_page: OpenPage, cast: Cast, sign_in: SignIn
) -> None:
    one, _other = two_masts()
    sign_in(both, cast.officer)
    both.goto("/cot/?grade=D")
    both.wait_for_selector(READY, state="attached")
    both.locator(f'{ROWS}[data-id="{one.uuid}"] [data-show-on-map]').click()
    expect(both).to_have_url(re.compile(f"v=17,.*chon=masts:{one.uuid}"))
    both.evaluate(
        "document.querySelector('[data-map]').ttMap.leaflet.setZoom(15, { animate: false })"
    )
    expect(both).to_have_url(re.compile(r"v=15,"))
    sent, view = both.url, both.evaluate(VIEW)
    colleague = open_page("desktop")
    sign_in(colleague, cast.inspector)
    colleague.goto(sent)
    colleague.wait_for_selector(READY)
    assert colleague.evaluate(VIEW) == pytest.approx(view, abs=1e-4)
    expect(colleague.locator(ROWS)).to_have_count(1)
    expect(colleague.locator(ROWS)).to_have_class("is-selected")
    expect(colleague.locator("[data-chosen]")).to_contain_text("DT-001")
    assert "grade=D" in colleague.url


def test_back_opens_the_list_and_the_map_as_they_were(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    one, _other = two_masts()
    sign_in(page, cast.officer)
    page.goto(f"/cot/?v=14,{CAO_LANH[1]},{CAO_LANH[0]}&chon=masts:{one.uuid}")
    page.wait_for_selector(READY)
    page.fill("#id_q", "DT-002")
    expect(page.locator(ROWS)).to_have_count(1)
    page.go_back()
    expect(page.locator(ROWS)).to_have_count(2)
    page.wait_for_selector(READY)
    expect(page.locator("#id_q")).to_have_value("")
    assert page.evaluate(VIEW) == pytest.approx([14, CAO_LANH[1], CAO_LANH[0]], abs=1e-4)
    expect(page.locator(f'{ROWS}[data-id="{one.uuid}"]')).to_have_class("is-selected")


def test_a_mast_chosen_on_the_map_is_named_though_the_list_shows_others(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    one, _other = two_masts()
    sign_in(page, cast.officer)
    page.goto(f"/cot/?q=DT-002&v=17,{CAO_LANH[1]},{CAO_LANH[0]}")
    page.wait_for_selector(f"{READY}:not([data-busy])")
    page.locator(".tt-map-canvas").click()
    chosen = page.locator("[data-chosen]")
    expect(chosen.get_by_role("link", name="DT-001")).to_be_visible()
    expect(page).to_have_url(re.compile(f"chon=masts:{one.uuid}"))
    chosen.get_by_role("button", name="Bỏ chọn").click()
    expect(chosen).to_be_hidden()
    expect(page).not_to_have_url(re.compile("chon="))


def test_show_on_map_is_a_link_before_the_script_has_run(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    one, _other = two_masts()
    sign_in(both, cast.officer)
    both.route("**/build/register.js", lambda route: route.abort())
    both.goto("/cot/?grade=D")
    both.unroute("**/build/register.js")
    both.locator(f'{ROWS}[data-id="{one.uuid}"] [data-show-on-map]').click()
    both.wait_for_selector(READY)
    expect(both.locator(".tt-map")).to_be_visible()
    expect(both).to_have_url(re.compile(f"grade=D.*chon=masts:{one.uuid}"))
    row = both.locator(f'{ROWS}[data-id="{one.uuid}"]')
    expect(row).to_have_class("is-selected")


@pytest.mark.usefixtures("reference_rows", "assets")
def test_the_public_filters_without_a_script(browser: Browser, live_server: LiveServer) -> None:
    one, other = two_masts()
    Mast.objects.update(publicity=Publicity.PUBLIC)
    unit = unit_at(one.point)
    assert unit is not None
    context = browser.new_context(
        base_url=live_server.url, java_script_enabled=False, locale="vi-VN"
    )
    page = context.new_page()
    page.goto("/cot/")
    page.locator("[data-filters] > summary").click()
    page.get_by_label("Xã, phường").select_option(unit.code)
    page.get_by_role("button", name="Áp dụng").click()
    expect(page.locator(ROWS)).to_have_count(1)
    expect(page.locator(ROWS)).to_contain_text(one.code)
    expect(page.locator(".register-chips")).to_contain_text(str(unit))
    expect(page.locator("body")).not_to_contain_text(other.code)
    context.close()


@pytest.mark.parametrize("width", [360, 390])
def test_a_long_code_is_read_whole_on_a_phone(
    phone: Page, cast: Cast, sign_in: SignIn, width: int
) -> None:
    phone.set_viewport_size({"width": width, "height": 780})
    mast = make_mast(code=LONG, name="Trạm vùng lõm sóng ấp Mỹ Đông Hai", grade=Grade.C)
    make_station(mast, home(cast.operator), code=f"{LONG[:35]}-4G5G")
    sign_in(phone, cast.officer)
    for path in ("/cot/", f"/cot/?q={LONG}", f"/cot/{mast.uuid}/", f"/cot/{mast.uuid}/sua/"):
        phone.goto(path)
        clipped = phone.evaluate(
            """(code) => [...document.querySelectorAll("main *")].filter((part) => {
                const own = [...part.childNodes].some((n) => n.data?.includes(code));
                const aside = part.closest("script, .tt-map, .visually-hidden");
                if (!own || aside || !part.checkVisibility()) return false;
                const { left, right } = part.getBoundingClientRect();
                return left < 0 || right > innerWidth || part.scrollWidth > part.clientWidth + 1
                    && getComputedStyle(part).overflow !== "visible";
            }).map((part) => part.outerHTML.slice(0, 120))""",
            LONG,
        )
        assert clipped == [], path
        assert phone.evaluate("document.documentElement.scrollWidth") <= width, path


def pin_and_field(page: Page) -> tuple[float, float]:
    """Where the pin lies on the screen."""
    box = page.locator(".coordinate-pin").bounding_box()
    assert box is not None
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


@pytest.mark.usefixtures("reference_rows")
def test_a_mast_is_put_anew_by_dragging_by_typing_and_taken_back(
    page: Page, cast: Cast, sign_in: SignIn
) -> None:
    mast = make_mast(code="DT-001", location_accuracy_m=10)
    sign_in(page, cast.officer)
    page.goto(f"/cot/{mast.uuid}/sua/")
    page.wait_for_selector(READY)
    field = page.locator("#id_point_0")
    saved = field.input_value()
    live = page.locator("[data-coordinate-live]")
    expect(live).to_contain_text("Phường Cao Lãnh")
    x, y = pin_and_field(page)
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + 60, y + 10, steps=5)
    page.mouse.move(x + 120, y, steps=5)
    page.mouse.up()
    expect(field).not_to_have_value(saved)
    lat, lon = map(float, field.input_value().split(", "))
    assert lon > mast.point.x
    assert lat == pytest.approx(mast.point.y, abs=2e-4)
    expect(page.locator(".place-bar")).to_contain_text("dời")
    field.fill(f"{CAO_LANH[1]}, {CAO_LANH[0] + 0.002}")
    field.blur()
    expect(live).to_contain_text("105,634100")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(field).to_have_value(f"{lat:.6f}, {lon:.6f}")
    page.get_by_role("button", name="Hoàn tác").click()
    expect(field).to_have_value(saved)
    expect(page.get_by_role("button", name="Hoàn tác")).to_be_hidden()
    expect(live).to_contain_text("10,460200; 105,632100")


@pytest.mark.usefixtures("reference_rows")
def test_a_new_mast_is_put_into_the_middle_of_the_map_and_saved_without_tiles(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    sign_in(both, cast.officer)
    both.route("**/ban-do/o/**", lambda route: route.abort())
    both.goto("/cot/moi/")
    show = both.locator('[data-map-work] [data-show="map"]')
    if show.is_visible():
        show.click()
    both.evaluate(
        """([lon, lat]) =>
            document.querySelector('[data-map]').ttMap.leaflet.setView([lat, lon], 17)""",
        list(CAO_LANH),
    )
    both.get_by_role("button", name="Đặt vào giữa bản đồ").click()
    expect(both.locator(".coordinate-pin")).to_be_visible()
    if show.is_visible():
        both.locator('[data-map-work] [data-show="panel"]').click()
    expect(both.locator("#id_point_0")).to_have_value(re.compile(r"^10\.4602\d\d, 105\.6321\d\d$"))
    both.fill("#id_code", "MOI-1")
    both.select_option("#id_structure", index=1)
    both.get_by_role("button", name="Lưu", exact=True).click()
    expect(both.locator("body")).to_contain_text("MOI-1")
    assert Mast.objects.get(code="MOI-1").point.x == pytest.approx(CAO_LANH[0], abs=1e-4)


def close(text: str) -> str:
    """Without blanks and marks: where letters are kerned a reader of PDFs parts them."""
    return "".join(unmarked(text).split())


def ground() -> None:
    """Two houses and a power line in the reach of a mast of 45 m."""
    near = [circle(destination(HERE, turn, 20), 4) for turn in (90, 200)]
    layer(ConstraintKind.HOUSE, *near)
    layer(ConstraintKind.POWER_LINE, line_past(30), name="Tuyến 22 kV")
    for kind in (ConstraintKind.SCHOOL, ConstraintKind.HOSPITAL, ConstraintKind.ROAD):
        layer(kind)


@pytest.mark.usefixtures("reference_rows")
def test_what_the_circle_reaches_is_looked_at_on_the_map(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    mast = make_mast(code="DT-001", height_m=45)
    ground()
    sign_in(both, cast.officer)
    both.goto(f"/cot/{mast.uuid}/")
    both.wait_for_selector(READY, state="attached")
    box = both.locator("#fall")
    expect(box).to_contain_text("gần nhất cách 16 m")
    both.get_by_role("button", name="Xem trên bản đồ: Đường dây điện").click()
    expect(both.locator(".tt-map")).to_be_visible()
    expect(both.locator(".tt-map .tt-map-label")).to_have_text(["30 m"])


@pytest.mark.usefixtures("reference_rows")
@pytest.mark.parametrize("size", ["desktop", "phone"])
def test_a_mast_is_printed_on_one_sheet_with_its_map(
    open_page: OpenPage, cast: Cast, sign_in: SignIn, size: str
) -> None:
    mast = make_mast(
        code=LONG,
        name="Trạm vùng lõm sóng ấp Mỹ Đông Hai, xã cũ Mỹ Trà " * 2,
        height_m=45,
        grade=Grade.D,
        address="Số 12 Lê Lợi " * 12,
        note="Ghi chú dài. " * 200,
    )
    for number in range(9):
        make_station(mast, home(cast.operator), code=f"TR-{number}", technologies=["4G", "5G"])
    make_inspection(mast, cast.inspector)
    ground()
    window = open_page(size)
    sign_in(window, cast.officer)
    window.goto(f"/cot/{mast.uuid}/")
    pages = PdfReader(BytesIO(window.pdf(prefer_css_page_size=True))).pages
    assert len(pages) == 1
    text = close(pages[0].extract_text())
    for words in (LONG, "D, nguy hiểm", "VN-2000", "10,460200; 105,632100", "và 3 trạm nữa"):
        assert close(words) in text, words
    # Words of the small map: its source line and the circle's label.
    assert close("Nền: các lớp dữ liệu của Sở") in text
    assert close("bán kính đổ 45 m") in text
    assert close("Việc của tôi") not in text
