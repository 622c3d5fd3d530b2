"""How fluently the map pans in software rendering: frame times while a mouse drags it.

Frames are `requestAnimationFrame` deltas; what the page's main thread worked is told beside them
in CPU time, which says the same on a busy machine as on an idle one.
"""

import re
import sys
from dataclasses import dataclass
from statistics import quantiles

from playwright.sync_api import Browser, CDPSession, Page, ViewportSize, sync_playwright

PASSWORD = "tram-va-tuyen"  # noqa: S105 - the demo's, printed on its sign-in page
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
READY = ".tt-map[data-ready]:not([data-busy])"
SIZE: ViewportSize = {"width": 1440, "height": 900}
LAYERS = "masts,routes"
VIEWS = {"all masts, z10": "10,10.45,105.85", "town, z14": "14,10.4602,105.6321"}
STROKES = ((-360, -120), (360, 40), (-240, 160), (240, -80))
STEPS, PAUSE_MS = 24, 12
SLOW_MS = 50
_WATCH = """() => {
  window.frames_ms = [];
  let last = performance.now();
  const tick = (now) => {
    window.frames_ms.push(now - last);
    last = now;
    window.watch = requestAnimationFrame(tick);
  };
  window.watch = requestAnimationFrame(tick);
}"""
_TELL = "() => { cancelAnimationFrame(window.watch); return window.frames_ms.slice(1); }"


@dataclass(frozen=True)
class Pan:
    """The frames of one run of strokes, and the main thread's work in it."""

    frames_ms: list[float]
    work_ms: float

    def __str__(self) -> str:
        parts = quantiles(self.frames_ms, n=20)
        slow = sum(1 for frame in self.frames_ms if frame > SLOW_MS) / len(self.frames_ms)
        return (
            f"median {parts[9]:5.1f} ms · p95 {parts[18]:6.1f} ms · worst "
            f"{max(self.frames_ms):6.1f} ms · over {SLOW_MS} ms {slow:4.0%} · "
            f"{len(self.frames_ms):4d} frames · work {self.work_ms:5.0f} ms"
        )


def main() -> None:
    """Pan each view at full speed and at a quarter of it, at the address of a running demo."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=ARGUMENTS)
        page = _signed_in(browser, address)
        for name, view in VIEWS.items():
            for slower in (1, 4):
                print(f"{name:16} CPU ÷ {slower}  {_panned(page, view, slower)}", flush=True)
        browser.close()


def _signed_in(browser: Browser, address: str) -> Page:
    page = browser.new_context(base_url=address, viewport=SIZE, locale="vi-VN").new_page()
    page.set_default_timeout(120_000)
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=login]", "chuyenvien@demo.local")
    page.fill("input[name=password]", PASSWORD)
    page.locator("form:has(input[name=password]) button[type=submit]").first.click()
    page.wait_for_url(re.compile(r"/$"))
    return page


def _panned(page: Page, view: str, slower: int) -> Pan:
    page.goto(f"/ban-do/?v={view}&lop={LAYERS}")
    page.locator(READY).wait_for()
    page.wait_for_timeout(1500)
    session = page.context.new_cdp_session(page)
    session.send("Performance.enable", {"timeDomain": "threadTicks"})
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    before = _worked(session)
    page.evaluate(_WATCH)
    for dx, dy in STROKES:
        _drag(page, dx, dy)
    frames: list[float] = page.evaluate(_TELL)
    work_ms = _worked(session) - before
    session.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    return Pan(frames, work_ms)


def _drag(page: Page, dx: int, dy: int) -> None:
    box = page.locator(".tt-map-canvas").bounding_box()
    assert box  # noqa: S101 - a page without a map has no frames
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    for step in range(1, STEPS + 1):
        page.mouse.move(x + dx * step / STEPS, y + dy * step / STEPS)
        page.wait_for_timeout(PAUSE_MS)
    page.mouse.up()
    page.wait_for_timeout(400)


def _worked(session: CDPSession) -> float:
    metrics = session.send("Performance.getMetrics")["metrics"]
    return float(next(one["value"] for one in metrics if one["name"] == "TaskDuration")) * 1000


if __name__ == "__main__":
    main()
