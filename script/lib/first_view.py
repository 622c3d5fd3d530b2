"""What the first and a later view of a page cost on a phone: bytes, requests, when it shows.

A real Chromium at 390 px on Lighthouse's slow 4G (150 ms there and back, 1.6 Mbit/s) and a quarter
of this machine's speed, against a running demo. `measure` is free of printing, for a bench too.
"""

import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize, sync_playwright

from script.lib.speech import say

PASSWORD = "tram-va-tuyen"  # noqa: S105 - the demo's, printed on its sign-in page
PHONE = ViewportSize(width=390, height=844)
RTT_MS, DOWN_BITS, UP_BITS, CPU_SLOWDOWN = 150, 1_600_000, 750_000, 4
QUIET_MS = 2500
KINDS = ("Document", "Stylesheet", "Script", "Font", "Image", "Fetch", "Other")
WATCH_PAINT = """
window.ttPainted = 0;
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) window.ttPainted = entry.startTime;
}).observe({ type: "largest-contentful-paint", buffered: true });
"""


@dataclass(frozen=True)
class Place:
    """A page and who looks at it; `opens` is followed from `path` when it stands there."""

    name: str
    account: str
    path: str
    opens: str = ""


PLACES = (
    Place("map", "chuyenvien", "/ban-do/"),
    Place("home", "chuyenvien", "/"),
    Place("survey form", "khaosat", "/kiem-tra/", "a[href*='/kiem-tra/cot/']"),
    Place("register", "chuyenvien", "/cot/"),
)


@dataclass
class View:
    """One view of one page."""

    name: str
    bytes_of: Counter[str] = field(default_factory=Counter)
    requests: int = 0
    painted_ms: float = 0
    warm_requests: int = 0
    warm_bytes: int = 0

    @property
    def total(self) -> int:
        """All that came over the line, heads included."""
        return sum(self.bytes_of.values())


class Line:
    """What crosses the line of one window, as the browser itself counts it."""

    def __init__(self, page: Page) -> None:
        self.kinds: dict[str, str] = {}
        self.weights: dict[str, int] = {}
        self._cached: set[str] = set()
        self.session = page.context.new_cdp_session(page)
        self.session.send("Network.enable")
        self.session.on("Network.requestWillBeSent", self._asked)
        self.session.on("Network.requestServedFromCache", self._from_memory)
        self.session.on("Network.responseReceived", self._answered)
        self.session.on("Network.loadingFinished", self._finished)

    def slow_down(self) -> None:
        """A phone in the country."""
        conditions = {
            "offline": False,
            "latency": RTT_MS,
            "downloadThroughput": DOWN_BITS / 8,
            "uploadThroughput": UP_BITS / 8,
        }
        self.session.send("Network.emulateNetworkConditions", conditions)
        self.session.send("Emulation.setCPUThrottlingRate", {"rate": CPU_SLOWDOWN})

    def forget(self) -> None:
        """Begin to count anew."""
        self.kinds.clear()
        self.weights.clear()

    def _asked(self, event: dict[str, Any]) -> None:
        if not event["request"]["url"].startswith(("data:", "blob:")):
            self.kinds[event["requestId"]] = event.get("type", "Other")

    def _from_memory(self, event: dict[str, Any]) -> None:
        self.kinds.pop(event["requestId"], None)

    def _answered(self, event: dict[str, Any]) -> None:
        if event["response"].get("fromDiskCache"):
            self.kinds.pop(event["requestId"], None)

    def _finished(self, event: dict[str, Any]) -> None:
        if event["requestId"] in self.kinds:
            self.weights[event["requestId"]] = int(event["encodedDataLength"])

    def by_kind(self) -> Counter[str]:
        """Bytes of each kind."""
        told: Counter[str] = Counter()
        for number, weight in self.weights.items():
            kind = self.kinds[number]
            told[kind if kind in KINDS else "Other"] += weight
        return told


def measure(address: str, places: Sequence[Place] = PLACES) -> Iterator[View]:
    """The views of these pages of the demo at this address."""
    with sync_playwright() as playwright:
        arguments = ["--no-sandbox", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=arguments)
        for place in places:
            yield _look(browser, address, place)
        browser.close()


def _look(browser: Browser, address: str, place: Place) -> View:
    cookies, path = _sign_in(browser, address, place)
    window = _phone(browser, address)
    window.add_cookies(cookies)
    window.add_init_script(WATCH_PAINT)
    page = window.new_page()
    line = Line(page)
    line.slow_down()
    _open(page, path)
    view = View(place.name, line.by_kind(), len(line.kinds), page.evaluate("window.ttPainted"))
    line.forget()
    _open(page, path)
    view.warm_requests, view.warm_bytes = len(line.kinds), line.by_kind().total()
    window.close()
    return view


def _open(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle", timeout=120_000)
    page.wait_for_timeout(QUIET_MS)
    page.wait_for_load_state("networkidle")


def _sign_in(browser: Browser, address: str, place: Place) -> tuple[Any, str]:
    """Cookies of the person and the page's own address, got in a window whose cache is not ours."""
    window = _phone(browser, address)
    page = window.new_page()
    page.goto("/tai-khoan/dang-nhap/")
    page.fill("input[name=login]", f"{place.account}@demo.local")
    page.fill("input[name=password]", PASSWORD)
    page.press("input[name=password]", "Enter")
    page.wait_for_url(f"{address}/")
    path = place.path
    if place.opens:
        page.goto(path)
        path = page.locator(place.opens).first.get_attribute("href") or path
    cookies = window.cookies()
    window.close()
    return cookies, path


def _phone(browser: Browser, address: str) -> BrowserContext:
    return browser.new_context(
        base_url=address,
        viewport=PHONE,
        device_scale_factor=2,
        has_touch=True,
        is_mobile=True,
        locale="vi-VN",
    )


def table(views: Sequence[View]) -> Iterator[str]:
    """One line for each page, sizes in kB of 1000 bytes."""
    heads = ["page", *KINDS, "all kB", "requests", "LCP ms", "warm requests", "warm kB"]
    yield "  ".join(f"{head:>{_width(head)}}" for head in heads)
    for view in views:
        sizes = [f"{view.bytes_of[kind] / 1000:.1f}" for kind in KINDS]
        figures = [f"{view.total / 1000:.1f}", view.requests, f"{view.painted_ms:.0f}"]
        cells = [view.name, *sizes, *figures, view.warm_requests, f"{view.warm_bytes / 1000:.1f}"]
        yield "  ".join(
            f"{cell!s:>{_width(head)}}" for head, cell in zip(heads, cells, strict=True)
        )


def _width(head: str) -> int:
    return max(len(head), 11 if head == "page" else 6)


def main() -> None:
    """Against the address given, or the one script/server uses first."""
    address = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8000"
    for line in table(list(measure(address))):
        say(line)


if __name__ == "__main__":
    main()
