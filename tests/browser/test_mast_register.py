"""The register and an import in a real browser, at a desk and on a phone."""

import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django import Settings

from infra.models import AdministrativeUnit, ImportRun, Job, User
from infra.places.geo.crs import to_vn2000
from infra.work.jobs.runner import execute
from sites.choices import Grade
from sites.models import Mast
from tests.cast import Cast
from tests.exchange.files import csv_file
from tests.factories import home, make_mast, make_station

SignIn = Callable[[Page, User], None]
pytestmark = pytest.mark.django_db(transaction=True)


def do_waiting_jobs() -> None:
    """What the worker does, in a thread: the browser's loop must not be the database's."""

    def work() -> None:
        for job in Job.objects.filter(state="queued"):
            execute(str(job.uuid))
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()


def test_filters_live_in_the_address_and_list_and_map_follow(
    cast: Cast, both: Page, sign_in: SignIn
) -> None:
    one = make_mast(code="DT-001", name="Cột chợ Đất Sét", grade=Grade.D)
    make_station(one, home(cast.operator))
    make_mast(at=(105.64, 10.47), code="DT-002", name="Cột bến đò", grade=Grade.A)
    sign_in(both, cast.officer)
    both.goto("/cot/")
    expect(both.locator("#register li[data-id]")).to_have_count(2)
    both.fill("#id_q", "dat set")
    expect(both.locator("#register li[data-id]")).to_have_count(1)
    assert "q=dat" in both.url
    both.goto("/cot/?grade=A")
    expect(both.locator(".register-chips")).to_contain_text("A, an toàn")
    expect(both.locator("#register li[data-id]")).to_contain_text("DT-002")
    both.click(".register-chips a.chip")
    expect(both.locator("#register li[data-id]")).to_have_count(2)
    both.wait_for_selector(".tt-map[data-ready]", state="attached")
    both.click(f'#register li[data-id="{one.uuid}"] [data-show-on-map]')
    chosen = both.locator(f'#register li[data-id="{one.uuid}"]')
    expect(chosen).to_have_class("is-selected")


def test_a_mast_clicked_on_the_map_is_marked_in_the_list(
    cast: Cast, page: Page, sign_in: SignIn
) -> None:
    one = make_mast(code="DT-001")
    make_mast(at=(105.64, 10.47), code="DT-002")
    sign_in(page, cast.officer)
    page.goto("/cot/")
    page.wait_for_selector(".tt-map[data-ready]:not([data-busy])")
    x, y = page.evaluate(
        """([lon, lat]) => {
            const { leaflet } = document.querySelector("[data-map]").ttMap;
            leaflet.setView([lat, lon], 17, { animate: false });
            const at = leaflet.latLngToContainerPoint([lat, lon]);
            const box = leaflet.getContainer().getBoundingClientRect();
            return [box.left + at.x, box.top + at.y];
        }""",
        [one.point.x, one.point.y],
    )
    page.mouse.click(x, y)
    row = page.locator(f'#register li[data-id="{one.uuid}"]')
    expect(row).to_have_class("is-selected")


def test_a_mast_is_changed_and_its_history_tells_why(
    reference_rows: None, cast: Cast, both: Page, sign_in: SignIn
) -> None:
    mast = make_mast(code="DT-001", name="Tên cũ")
    sign_in(both, cast.officer)
    both.goto(f"/cot/{mast.uuid}/")
    both.get_by_role("link", name="Sửa", exact=True).click()
    both.fill("#id_name", "Tên mới")
    both.fill("#id_why", "Theo biên bản số 7")
    both.get_by_role("button", name="Lưu", exact=True).click()
    expect(both.locator("body")).to_contain_text("Đã lưu cột DT-001")
    both.get_by_role("link", name="Lịch sử", exact=True).click()
    expect(both.locator("main")).to_contain_text("Tên mới")
    expect(both.locator("main")).to_contain_text("Theo biên bản số 7")


def test_a_wrong_meridian_is_stopped_mended_and_imported(
    reference_rows: None,
    cast: Cast,
    both: Page,
    sign_in: SignIn,
    settings: Settings,
    tmp_path: Path,
) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    unit = AdministrativeUnit.objects.filter(valid_to=None, level=3, boundary__isnull=False)
    here = unit.filter(boundary__covers="SRID=4326;POINT(105.6321 10.4602)").get()
    x, y = to_vn2000(105.6321, 10.4602, "105-00")
    rows = [[f"CL-{n}", str(here), f"{x:.2f}", f"{y + n:.2f}"] for n in range(3)]
    content = csv_file([["Mã cột", "Xã/Phường", "X (m)", "Y (m)"], *rows])
    sign_in(both, cast.officer)
    both.goto("/du-lieu/nhap/")
    both.set_input_files(
        "#import-file", {"name": "cot.csv", "mimeType": "text/csv", "buffer": content}
    )
    both.get_by_role("button", name="Gửi và xem các cột").click()
    expect(both.locator("h1")).to_contain_text("cot.csv")
    both.select_option("#id_o-meridian", "105-45")
    both.get_by_role("button", name="Kiểm tra tệp").click()
    do_waiting_jobs()
    mend = both.get_by_role("button", name="Áp dụng cho cả 3")
    expect(mend).to_contain_text("105°00′")
    expect(both.get_by_role("button", name="Nhập toàn bộ")).to_have_count(0)
    mend.click()
    do_waiting_jobs()
    expect(both.get_by_role("button", name="Nhập toàn bộ")).to_be_visible()
    both.wait_for_function("() => document.readyState === 'complete' && window.htmx")
    both.get_by_role("button", name="Nhập toàn bộ").click()
    both.locator("#confirm button[value=yes]").click()
    expect(both.locator("main")).to_contain_text("Bước 3/3")
    do_waiting_jobs()
    expect(both.locator("main")).to_contain_text("cột mới: 3")
    assert Mast.objects.count() == 3
    assert ImportRun.objects.get().state == "done"
