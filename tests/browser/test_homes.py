"""A full home page in the browser: calm at both widths, its folds lead to whole lists."""

from datetime import timedelta

from django.utils import timezone
from playwright.sync_api import Page, expect

from sites.choices import Grade
from sites.models import RemediationProposal
from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import complaints
from tests.cast import Cast
from tests.factories import home, make_dossier, make_inspection, make_mast


def is_as_wide_as_the_screen(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


def test_hundreds_of_duties_fit_on_one_screenful_and_stand_behind_a_link(
    both: Page, cast: Cast, sign_in: SignIn
) -> None:
    now = timezone.now()
    for number in range(70):
        mast = make_mast(code=f"CỘT-{number:03}", grade=Grade.D, height_m=None)
        inspection = make_inspection(mast, cast.inspector)
        RemediationProposal.objects.create(
            mast=mast,
            inspection=inspection,
            grade=Grade.D,
            action="Rào chắn, báo ngay UBND cấp xã, gia cố hoặc giảm tải cột; sau đó tháo dỡ.",
            due_at=now + timedelta(days=number - 5),
        )
        make_dossier(home(cast.operator), cast.operator, due_on=timezone.localdate())
    sign_in(both, cast.officer)
    both.goto("/")
    expect(both.locator(".workitem")).to_have_count(12)
    assert is_as_wide_as_the_screen(both)
    assert complaints(both) == []
    both.get_by_role("link", name="Đề xuất khắc phục").click()
    expect(both.get_by_role("heading", level=1)).to_have_text("Đề xuất khắc phục")
    expect(both.locator(".workitem")).to_have_count(50)
    expect(both.locator(".workitem").first).to_contain_text("CỘT-000")
    assert complaints(both) == []
    both.locator("a[rel=next]").click()
    expect(both.locator(".workitem")).to_have_count(20)
    both.goto("/")
    both.get_by_role("link", name="Hồ sơ đang chờ bạn").click()
    expect(both.get_by_label("Đang chờ tôi")).to_be_checked()
    expect(both.locator(".count-line")).to_have_text("70 hồ sơ")
    both.goto("/du-lieu/")
    assert is_as_wide_as_the_screen(both)
    both.get_by_role("link", name="Thiếu chiều cao").click()
    expect(both.locator(".count-line")).to_have_text("70 cột")
    assert complaints(both) == []
