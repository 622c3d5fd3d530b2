"""What the server refuses stays on the phone, with its reason, until the person decides."""

import json
from pathlib import Path

from django.urls import reverse
from PIL import Image
from playwright.sync_api import Page, Route, expect

from infra.models import Attachment
from sites.models import Inspection
from tests.browser.conftest import OpenPage, SignIn
from tests.browser.test_survey_journey import answer_everything, fail_members, mark, open_form
from tests.cast import Cast
from tests.factories import make_inspection, make_mast

ALL_RECEIVED = "Mọi phiếu trên máy đã được nhận."


def take_photo(page: Page, folder: Path, item: str = "all") -> None:
    file = folder / "cot.jpg"
    Image.new("RGB", (320, 240), "darkred").save(file)
    page.locator(f"#p-{item}").set_input_files(file)
    expect(page.locator("[data-photos] img")).to_be_visible()


def test_a_refused_photo_stays_in_sight_until_it_is_received(
    phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    mast = make_mast(code="GTEL-T-11")
    sign_in(phone, cast.inspector)
    open_form(phone, mast)
    answer_everything(phone)
    fail_members(phone)
    take_photo(phone, tmp_path, "members")
    body = json.dumps({"sentences": ["Ảnh bị hỏng, không đọc được."]})
    phone.route(
        "**/anh/",
        lambda route: route.fulfill(status=422, content_type="application/json", body=body),
    )
    phone.get_by_role("button", name="Gửi phiếu").click()
    box = phone.locator("[data-refusals]")
    expect(box).to_contain_text("Ảnh bị hỏng, không đọc được.")
    expect(box).to_contain_text("GTEL-T-11")
    expect(box.locator("img")).to_be_visible()
    expect(phone.locator("[data-sync]")).to_contain_text("1 ảnh bị từ chối")
    assert Inspection.objects.count() == 1

    phone.goto(reverse("sites:inspection_list"))
    expect(box.locator("img")).to_be_visible()
    phone.unroute("**/anh/")
    box.get_by_role("button", name="Gửi lại").click()
    expect(phone.locator("[data-sync]")).to_have_text(ALL_RECEIVED)
    expect(box).to_be_hidden()
    assert Attachment.objects.get().component == "members"


def test_a_refused_photo_is_thrown_away_only_after_a_question(
    phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    mast = make_mast()
    sign_in(phone, cast.inspector)
    open_form(phone, mast)
    answer_everything(phone)
    take_photo(phone, tmp_path)
    phone.route("**/anh/", lambda route: route.fulfill(status=413, body="<html>"))
    phone.get_by_role("button", name="Gửi phiếu").click()
    box = phone.locator("[data-refusals]")
    expect(box).to_contain_text("lớn hơn mức máy chủ nhận")
    box.get_by_role("button", name="Bỏ").click()
    dialog = phone.locator("dialog#confirm")
    expect(dialog).to_contain_text("không lấy lại được")
    dialog.locator('button[value="no"]').click()
    expect(box).to_be_visible()
    box.get_by_role("button", name="Bỏ").click()
    dialog.locator('button[value="yes"]').click()
    expect(box).to_be_hidden()
    expect(phone.locator("[data-sync]")).to_have_text(ALL_RECEIVED)
    assert Inspection.objects.count() == 1
    assert not Attachment.objects.exists()


def test_a_refused_visit_keeps_every_answer_and_is_corrected_from_the_list(
    both: Page, reference_rows: None, cast: Cast, sign_in: SignIn, tmp_path: Path
) -> None:
    mast = make_mast(code="GTEL-T-12")
    sign_in(both, cast.inspector)
    open_form(both, mast)
    answer_everything(both)
    fail_members(both)
    take_photo(both, tmp_path, "members")

    def with_an_unknown_item(route: Route) -> None:
        payload = json.loads(route.request.post_data or "{}")
        payload["checklist"]["codes"].append("muc-la")
        route.continue_(post_data=json.dumps(payload))

    both.route("**/gui/", with_an_unknown_item)
    both.get_by_role("button", name="Gửi phiếu").click()
    box = both.locator("[data-refusals]")
    expect(box).to_contain_text("không có mục “muc-la”")
    expect(both.locator("[data-sync]")).to_contain_text("1 phiếu bị từ chối")
    assert not Inspection.objects.exists()

    both.unroute("**/gui/")
    both.goto(reverse("sites:inspection_list"))
    box.get_by_role("button", name="Mở lại để sửa").click()
    expect(both.locator("#n-members")).to_have_value("Thanh cánh thủng, có thể gãy")
    expect(both.locator("[data-photos='members'] img")).to_be_visible()
    both.get_by_role("button", name="Gửi phiếu").click()
    expect(both.locator("[data-receipt] [data-grade]")).to_have_text("D")
    expect(both.locator("[data-sync]")).to_have_text(ALL_RECEIVED)
    assert Inspection.objects.get().results.get(item__code="members").severity == 4
    assert Attachment.objects.count() == 1


def test_the_inspector_is_told_why_the_mast_stays_d(
    phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn, open_page: OpenPage
) -> None:
    mast = make_mast(code="GTEL-T-13", grade="D")
    make_inspection(mast, cast.inspector)
    sign_in(phone, cast.inspector)
    open_form(phone, mast)
    expect(phone.get_by_text("Cột đang ở cấp D.")).to_be_visible()
    phone.locator("#kind").select_option("verification")
    expect(phone.locator("[data-verification]")).to_be_visible()
    answer_everything(phone)
    phone.get_by_role("button", name="Gửi phiếu").click()
    standing = phone.locator("[data-standing]")
    expect(standing).to_contain_text("Cột vẫn ở cấp D")
    expect(standing).to_contain_text("ít nhất một ảnh")

    desk = open_page("desktop")
    sign_in(desk, cast.officer)
    desk.goto(reverse("sites:mast_detail", args=[mast.uuid]))
    expect(desk.get_by_text("Vì sao cột ở cấp D")).to_be_visible()
    desk.get_by_role("link", name="Sửa chữa").click()
    expect(desk.get_by_role("button", name="Ghi sửa chữa")).to_be_visible()


def test_a_visit_without_an_answer_is_not_queued(
    phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn
) -> None:
    mast = make_mast()
    sign_in(phone, cast.inspector)
    open_form(phone, mast)
    said: list[str] = []

    def answer(dialog: object) -> None:
        said.append(str(getattr(dialog, "message", "")))
        dialog.accept()  # type: ignore[attr-defined]

    phone.on("dialog", answer)
    phone.get_by_role("button", name="Gửi phiếu").click()
    expect(phone.locator("[data-receipt]")).to_be_hidden()
    assert "Chưa trả lời mục nào" in said[0]
    mark(phone, "members", "pass")
    expect(phone.locator("[data-saved]")).to_have_text("Đã lưu trên máy")
