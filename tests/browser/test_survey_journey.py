"""The inspector's day: a form that survives, a network that does not, one record at the end."""

import json
from pathlib import Path

from django.urls import reverse
from PIL import Image
from playwright.sync_api import Dialog, Geolocation, Page, Route, expect

from infra.models import Attachment
from sites.models import Inspection, Mast, RemediationProposal
from tests.browser.conftest import OpenPage, SignIn
from tests.cast import Cast
from tests.factories import make_mast

HERE = Geolocation(latitude=10.46023, longitude=105.63208, accuracy=7)


def open_form(page: Page, mast: Mast) -> None:
    page.context.grant_permissions(["geolocation"])
    page.context.set_geolocation(HERE)
    page.goto(reverse("sites:survey_form", args=[mast.uuid]))
    expect(page.locator("[data-position]")).to_contain_text("10,460230")


def mark(page: Page, item: str, result: str) -> None:
    page.locator(f"label[for='r-{item}-{result}']").click()


def answer_everything(page: Page) -> None:
    for row in page.locator("[data-item]").all():
        mark(page, str(row.get_attribute("data-item")), "pass")


def fail_members(page: Page) -> None:
    mark(page, "members", "fail")
    page.locator("label[for='s-members-4']").click()
    page.locator("#n-members").locator("xpath=ancestor::details").locator("summary").click()
    page.locator("#n-members").fill("Thanh cánh thủng, có thể gãy")


def test_inspector_records_a_d_and_the_officer_accepts_the_proposal(
    both: Page,
    open_page: OpenPage,
    reference_rows: None,
    cast: Cast,
    sign_in: SignIn,
    tmp_path: Path,
) -> None:
    mast = make_mast(code="GTEL-T-07")
    picture = tmp_path / "cot.jpg"
    Image.new("RGB", (640, 480), "darkred").save(picture)
    sign_in(both, cast.inspector)
    both.goto(reverse("sites:inspection_list"))
    both.get_by_text("GTEL-T-07").click()
    open_form(both, mast)
    answer_everything(both)
    fail_members(both)
    both.locator("#p-members").set_input_files(picture)
    expect(both.locator("[data-photos='members'] img")).to_be_visible()
    both.get_by_role("button", name="Gửi phiếu").click()
    expect(both.locator("[data-receipt] [data-grade]")).to_have_text("D")
    expect(both.locator("[data-sync]")).to_have_text("Mọi phiếu trên máy đã được nhận.")
    assert Attachment.objects.get().component == "members"

    desk = open_page("desktop")
    sign_in(desk, cast.officer)
    desk.goto("/")
    desk.get_by_text("GTEL-T-07").first.click()
    desk.get_by_text("Chấp nhận đề xuất").first.click()
    desk.get_by_role("button", name="Chấp nhận đề xuất").last.click()
    desk.wait_for_load_state()
    assert RemediationProposal.objects.get().state == "accepted"


def test_the_form_survives_a_reload_with_its_photo(
    phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    mast = make_mast()
    picture = tmp_path / "mong.jpg"
    Image.new("RGB", (320, 240), "gray").save(picture)
    sign_in(phone, cast.inspector)
    open_form(phone, mast)
    fail_members(phone)
    phone.locator("#p-members").set_input_files(picture)
    expect(phone.locator("[data-photos='members'] img")).to_be_visible()
    expect(phone.locator("[data-saved]")).to_have_text("Đã lưu trên máy")
    phone.reload()
    expect(phone.locator("#n-members")).to_have_value("Thanh cánh thủng, có thể gãy")
    expect(phone.locator("#r-members-fail")).to_be_checked()
    expect(phone.locator("#s-members-4")).to_be_checked()
    expect(phone.locator("[data-photos='members'] img")).to_be_visible()


def test_a_visit_whose_answer_was_lost_is_sent_again_and_is_one_record(
    phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn
) -> None:
    mast = make_mast()
    sign_in(phone, cast.inspector)
    open_form(phone, mast)
    answer_everything(phone)
    lost: list[str] = []

    def lose_the_first_answer(route: Route) -> None:
        answer = route.fetch()
        if lost:
            route.fulfill(response=answer)
            return
        lost.append(json.loads(answer.text())["receipt"])
        route.abort()

    phone.route("**/gui/", lose_the_first_answer)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.locator("[data-sync]")).to_contain_text("1 phiếu chưa gửi")
    phone.reload()
    expect(phone.locator("[data-sync]")).to_have_text("Mọi phiếu trên máy đã được nhận.")
    assert Inspection.objects.get().content_sha256 == lost[0]


def test_without_a_network_the_phone_says_so_and_sends_by_itself_later(
    phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn
) -> None:
    mast = make_mast()
    sign_in(phone, cast.inspector)
    open_form(phone, mast)
    answer_everything(phone)
    phone.context.set_offline(True)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.locator("[data-sync]")).to_contain_text("đang chờ mạng")
    assert not Inspection.objects.exists()
    phone.context.set_offline(False)
    expect(phone.locator("[data-sync]")).to_have_text("Mọi phiếu trên máy đã được nhận.")
    assert Inspection.objects.count() == 1


def test_a_measured_height_is_read_once_or_refused_and_an_odd_one_is_asked_about(
    phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn
) -> None:
    mast = make_mast(code="GTEL-T-09")
    sign_in(phone, cast.inspector)
    open_form(phone, mast)
    answer_everything(phone)
    height = phone.locator("#m-height")
    height.fill("1.250")
    phone.locator("form[data-survey-form] [type=submit]").click()
    said = height.evaluate("field => field.validationMessage")
    assert "1,25 hoặc 1250" in said
    asked: list[str] = []

    def answer(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.accept()

    phone.on("dialog", answer)
    height.fill("365")
    phone.locator("form[data-survey-form] [type=submit]").click()
    expect(phone.locator("[data-received]")).to_be_visible()
    assert asked == ["365 m là con số khác thường. Có đúng không?"]
    visit = Inspection.objects.get()
    assert visit.measurements.get().value == 365
    assert "365 m — đúng, tôi chắc chắn" in visit.note
