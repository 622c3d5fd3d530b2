"""The README's pictures, taken from a running demo by the people who use each page."""

import re
import sys
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

FOLDER = Path(__file__).resolve().parents[2] / "docs" / "images"
PASSWORD = "tram-va-tuyen"  # noqa: S105 - the demo's, printed on its sign-in page
DESKTOP, PHONE = (1440, 900), (390, 844)
COLOURS = 256


@dataclass(frozen=True)
class Shot:
    """One picture: who looks, from where, at which page; `opens` are clicked on, one by one."""

    name: str
    account: str
    path: str
    size: tuple[int, int] = DESKTOP
    opens: tuple[str, ...] = ()


SHOTS = (
    Shot("home", "chuyenvien", "/"),
    Shot("map", "chuyenvien", "/ban-do/?v=15,10.4602,105.6321"),
    Shot("register", "chuyenvien", "/cot/?grade=D"),
    Shot(
        "appraisal",
        "chuyenvien",
        "/tham-dinh/",
        opens=(
            "tr:has-text('đợt 2') a",
            "a[href*='/tham-dinh/vi-tri/']:has-text('Viettel Cao Lãnh 04')",
        ),
    ),
    Shot(
        "route",
        "quyhoach",
        "/ngam-hoa/?state=draft",
        opens=("main a:has-text('NH-2026')", "a[href$='/ve/']"),
    ),
    Shot("survey", "khaosat", "/kiem-tra/", PHONE, opens=("a[href*='/kiem-tra/cot/']",)),
    Shot("map-phone", "khaosat", "/ban-do/?v=15,10.291,105.757", PHONE),
)


def main() -> None:
    """Take them all from the address given, or from the one script/server uses first."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        for shot in SHOTS:
            _take(browser, address, shot)
        browser.close()


def _take(browser: Browser, address: str, shot: Shot) -> None:
    width, height = shot.size
    window = browser.new_context(
        base_url=address, viewport={"width": width, "height": height}, locale="vi-VN"
    )
    page = window.new_page()
    _sign_in(page, shot.account)
    page.goto(shot.path)
    for wanted in shot.opens:
        page.locator(wanted).first.click()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1500)
    picture = Image.open(BytesIO(page.screenshot())).convert("RGB")
    picture.quantize(COLOURS, method=Image.Quantize.MAXCOVERAGE).save(
        FOLDER / f"{shot.name}.png", optimize=True
    )
    print(f"docs/images/{shot.name}.png")
    window.close()


def _sign_in(page: Page, account: str) -> None:
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=login]", f"{account}@demo.local")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/$"))


if __name__ == "__main__":
    main()
