"""A position from the operator's click on the map to the public page behind the QR code."""

import re
from io import BytesIO

import pytest
from playwright.sync_api import Locator, Page, expect
from pypdf import PdfReader
from pytest_django import Settings

from infra.cases.documents.selectors import current_document
from infra.cases.workflow.engine import fire
from infra.ground.choices import ConstraintKind, DocumentType, DossierState
from infra.models import Dossier, User
from sites.appraisal.services.outcomes import candidate_decide
from sites.appraisal.services.screening import run_screening
from sites.choices import Outcome
from sites.models import CandidateLocation
from tests.browser.conftest import OpenPage, SignIn
from tests.cast import Cast
from tests.factories import make_mast
from tests.files import papers
from tests.sites import appraisal_cast as rows
from tests.workflow.casework import let_sign

PAPER = {
    "name": "giay-to.pdf",
    "mimeType": "application/pdf",
    "buffer": papers.plain(),
}
SET_VIEW = """([lat, lon]) =>
  document.querySelector('[data-map]').ttMap.leaflet.setView([lat, lon], 17, {animate: false})"""
CLEAR = rows.away(700)


@pytest.fixture
def place(reference_rows: None, settings: Settings, cast: Cast) -> None:
    """Empty layers all around, one power line 20 m beside the first click, a mast 120 m away."""
    settings.OWN_DOCUMENT_NUMBERS = True
    for kind in ConstraintKind.values:
        if kind != ConstraintKind.POWER_LINE:
            rows.layer(kind)
    rows.blocked_by_a_line()
    make_mast((rows.away(120, 270).x, rows.away(120, 270).y), owner=cast.operator.organisation)
    let_sign(cast.leader)
    let_sign(cast.second_leader)


def test_from_the_click_on_the_map_to_the_public_page(
    place: None, both: Page, open_page: OpenPage, sign_in: SignIn, cast: Cast
) -> None:
    sign_in(both, cast.operator)
    dossier = _draft(both)
    _pick_the_first_place(both)
    corridor = both.locator("[data-rule=power_corridor].finding-blocking")
    expect(corridor).to_contain_text("nằm trong hành lang bảo vệ rộng 30 m mỗi bên")
    power_line = both.locator("[data-rule=power_line].finding-advisory")
    expect(power_line).to_contain_text("cần thẩm tra kết cấu và ý kiến đơn vị điện lực")
    expect(power_line).to_contain_text("NĐ 62/2025/NĐ-CP")
    expect(power_line).to_contain_text("(đã kiểm chứng, Sở chưa có quyết định áp dụng)")
    both.fill("#id_point_0", f"{CLEAR.y:.6f}, {CLEAR.x:.6f}")
    expect(power_line).to_have_count(0)
    expect(both.locator(".finding-blocking")).to_have_count(0)
    expect(both.locator("[data-rule=emf]")).to_contain_text("Chưa đủ dữ liệu")
    expect(both.locator("[data-saved]")).to_contain_text("Đã lưu lúc")
    both.locator("#position-form button[type=submit]").click()
    _give_papers(both)
    _take(both, "submit")

    _as(both, sign_in, cast.officer, dossier)
    _take(both, "receive")
    both.locator(".position-rows a").click()
    expect(both.locator(".finding")).to_have_count(17)
    _decide(both, "agreed_with_conditions", reason="Thẩm tra kết cấu trước khi thi công.")
    both.goto(f"/tham-dinh/{dossier.uuid}/")
    _take(both, "propose")
    _as(both, sign_in, cast.head, dossier)
    expect(both.locator("[data-letter]")).to_be_visible()
    _take(both, "submit_to_leader")
    _as(both, sign_in, cast.leader, dossier)
    _take(both, "sign")
    _as(both, sign_in, cast.clerk, dossier)
    _take(both, "issue")

    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    assert letter is not None
    stranger = open_page("phone")
    stranger.goto(f"/xac-minh/{letter.uuid}/")
    expect(stranger.locator(".verify")).to_contain_text(letter.full_number)
    expect(stranger.locator(".verify-verdict .tone-good")).to_be_visible()
    _as(both, sign_in, cast.operator, dossier)
    expect(both.locator(".position-rows")).to_contain_text("Thống nhất có điều kiện")
    content = both.request.get(f"/van-ban/{letter.uuid}/pdf/").body()
    fonts = _fonts(content)
    assert fonts
    assert all("LiberationSerif" in name or "Liberation" in name for name in fonts)


def test_two_leaders_at_once_the_second_reads_who_and_when(
    place: None, page: Page, open_page: OpenPage, sign_in: SignIn, cast: Cast
) -> None:
    dossier = _with_leader(cast)
    other = open_page("desktop")
    _as(page, sign_in, cast.leader, dossier)
    _as(other, sign_in, cast.second_leader, dossier)
    _take(page, "sign")
    _press(other, "sign")
    expect(other.locator(".problem")).to_contain_text(cast.leader.full_name)
    expect(other.locator(".problem")).to_contain_text(re.compile(r"\d\d:\d\d \d\d/\d\d/\d{4}"))
    dossier.refresh_from_db()
    assert dossier.state == DossierState.SIGNED


def test_a_draft_comes_back_after_the_page_is_closed_without_a_connection(
    place: None, page: Page, sign_in: SignIn, cast: Cast
) -> None:
    sign_in(page, cast.operator)
    dossier = _draft(page)
    site = rows.candidate(dossier, CLEAR)
    page.goto(f"/tham-dinh/vi-tri/{site.uuid}/sua/")
    page.route("**/luu/**", lambda call: call.abort())
    page.fill("#id_height_m", "38,5")
    expect(page.locator("[data-saved]")).to_have_attribute("data-kind", "waiting")
    page.unroute("**/luu/**")
    page.reload()
    expect(page.locator("#id_height_m")).to_have_value("38,5")
    expect(page.locator("[data-saved]")).to_have_attribute("data-kind", "good")
    site.refresh_from_db()
    assert str(site.height_m) == "38.5"


def test_the_workbench_turns_pages_by_key_and_draws_what_is_chosen(
    place: None, page: Page, sign_in: SignIn, cast: Cast
) -> None:
    dossier = rows.dossier(cast.operator, state=DossierState.APPRAISING, code="HS-2026-9001")
    first = rows.candidate(dossier, name="A-0001")
    second = rows.candidate(dossier, CLEAR, name="A-0002")
    for site in (first, second):
        run_screening(candidate=site, actor=cast.officer)
    sign_in(page, cast.officer)
    page.goto(f"/tham-dinh/vi-tri/{first.uuid}/")
    worst = page.locator("[data-rule=power_corridor] button")
    expect(worst).to_have_attribute("aria-pressed", "true")
    page.locator("[data-rule=spacing] button").click()
    expect(page.locator("[data-rule=spacing] button")).to_have_attribute("aria-pressed", "true")
    page.locator("h1").click()
    page.keyboard.press("ArrowRight")
    expect(page.locator("h1")).to_have_text("A-0002")
    expect(page.locator(".tt-map[data-ready]")).to_be_visible()  # its keys listen from here on
    page.keyboard.press("ArrowLeft")
    expect(page.locator("h1")).to_have_text("A-0001")
    _decide(page, "agreed")
    expect(page.locator(".error-summary")).to_contain_text("Hành lang bảo vệ")
    page.locator("label:has(input[value=adjust])").click()
    page.fill("#id_reason", "Dịch ra ngoài vùng ngã đổ tới đường dây.")
    page.locator(".tt-map-canvas").click(position={"x": 300, "y": 300})
    expect(page.locator("[data-adjusted]")).to_contain_text("Vị trí điều chỉnh")
    page.locator(".outcome button[type=submit]").click()
    expect(page.locator("h1")).to_have_text("A-0002")
    first.refresh_from_db()
    assert first.outcome == Outcome.ADJUST
    assert first.proposed_point is not None


def _draft(page: Page) -> Dossier:
    page.goto("/tham-dinh/moi/")
    page.fill("#id_title", "Đề nghị thẩm định vị trí mới")
    page.fill("#id_letter_number", "123/A")
    page.locator("form.page-narrow button[type=submit]").click()
    page.wait_for_url(re.compile(r"/tham-dinh/[0-9a-f-]{36}/$"))
    return Dossier.objects.get(uuid=page.url.rstrip("/").rsplit("/", 1)[1])


def _pick_the_first_place(page: Page) -> None:
    page.locator("a[href$='/vi-tri/']").click()
    page.fill("#id_name", "A-0001")
    page.fill("#id_height_m", "42")
    page.select_option("#id_mast_class", "A2b")
    page.select_option("#id_structure", "guyed")
    here = rows.HERE
    page.locator("[data-coordinate-pick]").click()
    page.wait_for_function("document.querySelector('[data-map]').clientHeight > 100")
    page.evaluate(SET_VIEW, [here.y, here.x])
    canvas = page.locator(".tt-map-canvas")
    box = canvas.bounding_box()
    assert box is not None
    canvas.click(position={"x": box["width"] / 2, "y": box["height"] / 2})
    expect(page.locator("#id_point_0")).to_have_value(re.compile(r"^10\.460\d+, 105\.632\d+$"))


def _give_papers(page: Page) -> None:
    required = page.locator(".paper:has(.tone-waiting)")
    while required.count():
        before = required.count()
        # The button leaves once the page sends chosen files by itself.
        expect(required.first.locator("button[type=submit]")).to_be_hidden()
        required.first.locator("input[type=file]").set_input_files(PAPER)  # type: ignore[arg-type]
        expect(required).to_have_count(before - 1)


def _press(page: Page, name: str) -> None:
    form: Locator = page.locator(f"form[action$='/{name}/']")
    asks = page.locator(f"details:has(form[action$='/{name}/']) > summary")
    if asks.count():
        asks.first.click()
    form.locator("button[type=submit]").click()


def _take(page: Page, name: str) -> None:
    _press(page, name)
    expect(page.locator(".message-success")).to_be_visible()


def _as(page: Page, sign_in: SignIn, person: User, dossier: Dossier) -> None:
    sign_in(page, person)
    page.goto(f"/tham-dinh/{dossier.uuid}/")


def _decide(page: Page, outcome: str, reason: str = "") -> None:
    page.locator(f"label:has(input[value={outcome}])").click()
    if reason:
        page.fill("#id_reason", reason)
    page.locator(".outcome button[type=submit]").click()


def _with_leader(cast: Cast) -> Dossier:
    dossier = rows.dossier(cast.operator, state=DossierState.APPRAISING, code="HS-2026-9002")
    site: CandidateLocation = rows.candidate(dossier, CLEAR)
    run_screening(candidate=site, actor=cast.officer)
    candidate_decide(candidate=site, actor=cast.officer, version=1, outcome=Outcome.AGREED)
    for step, actor in (("propose", cast.officer), ("submit_to_leader", cast.head)):
        fire(
            workflow="dossier",
            target=dossier,
            transition=step,
            actor=actor,
            version=dossier.version,
        )
    return dossier


def _fonts(content: bytes) -> set[str]:
    names: set[str] = set()
    for page in PdfReader(BytesIO(content)).pages:
        for font in page["/Resources"]["/Font"].values():  # type: ignore[index]
            names.add(str(font.get_object()["/BaseFont"]))
    return names
