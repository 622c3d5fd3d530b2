"""A real browser on the real pages: Debian's Chromium, offline, at two sizes.

What a journey needs to know:
- `live_server` empties every table after each test. Make what you need with `tests.factories`
  (or `cast`, `world`); ask for `reference_rows` before them, into empty tables, when the page
  needs units, limits, procedures.
- `page` is 1440×900, `phone` is 390×844 with touch; `both` runs the test once with each.
- `sign_in(page, person)` needs no password and counts as both factors.
- Scripts and styles are built once per run. A page that reaches beyond this machine, breaks the
  content security policy or throws an error fails its test when it closes.
"""

import os
from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import cache
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    ConsoleMessage,
    Page,
    expect,
    sync_playwright,
)
from pytest_django import DjangoDbBlocker
from pytest_django.live_server_helper import LiveServer

from infra.models import User
from tests.browser.reference import bring_reference_rows, forget_reference_rows

# Playwright's sync API runs a loop of its own; Django must not take it for an async view.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
OFFLINE = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", OFFLINE]
SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
HOME = {"127.0.0.1", "localhost", "[::1]"}
TIMEOUT_MS = 10_000

SignIn = Callable[[Page, User], None]
OpenPage = Callable[[str], Page]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run."""
    expect.set_options(timeout=TIMEOUT_MS)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        yield chromium
        chromium.close()


@pytest.fixture
def open_page(
    browser: Browser, live_server: LiveServer, assets: None
) -> Iterator[Callable[[str], Page]]:
    """`open_page("desktop")`: a page in a window of its own, as of another person."""
    cache.clear()
    opened: list[tuple[BrowserContext, list[str]]] = []

    def opener(size: str) -> Page:
        width, height = SIZES[size]
        context = browser.new_context(
            base_url=live_server.url,
            viewport={"width": width, "height": height},
            has_touch=size == "phone",
            is_mobile=size == "phone",
            locale="vi-VN",
            timezone_id="Asia/Ho_Chi_Minh",
        )
        context.set_default_timeout(TIMEOUT_MS)
        complaints: list[str] = []
        _watch(context, complaints)
        opened.append((context, complaints))
        return context.new_page()

    yield opener
    found = [complaint for _context, complaints in opened for complaint in complaints]
    for context, _complaints in opened:
        context.close()
    assert not found, "\n".join(found)


@pytest.fixture
def page(open_page: OpenPage) -> Page:
    """A desktop window."""
    return open_page("desktop")


@pytest.fixture
def phone(open_page: OpenPage) -> Page:
    """A phone."""
    return open_page("phone")


@pytest.fixture(params=sorted(SIZES))
def both(request: pytest.FixtureRequest, open_page: OpenPage) -> Page:
    """The test runs twice: in a desktop window and on a phone."""
    return open_page(request.param)


@pytest.fixture
def sign_in(live_server: LiveServer) -> SignIn:
    """`sign_in(page, person)` gives the window a session of the person."""

    def signer(page: Page, person: User) -> None:
        client = Client()
        client.force_login(person)
        name = settings.SESSION_COOKIE_NAME
        session = client.cookies[name].value
        page.context.add_cookies([{"name": name, "value": session, "url": live_server.url}])

    return signer


@pytest.fixture(scope="session")
def no_kept_rows(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    """Reference rows are loaded anew in each run."""
    with django_db_blocker.unblock():
        forget_reference_rows()


@pytest.fixture
def reference_rows(no_kept_rows: None, transactional_db: None) -> None:
    """Units, limits, procedures, checklist: what `manage.py load_reference` gives an office."""
    bring_reference_rows()


def _watch(context: BrowserContext, complaints: list[str]) -> None:
    def on_console(message: ConsoleMessage) -> None:
        if message.type == "error" and "Content Security Policy" in message.text:
            complaints.append(f"content security policy: {message.text}")

    def on_request(request: object) -> None:
        url = str(getattr(request, "url", ""))
        parts = urlsplit(url)
        if parts.scheme in {"http", "https", "ws", "wss"} and parts.hostname not in HOME:
            complaints.append(f"reached beyond this machine: {url}")

    context.on("console", on_console)
    context.on("request", on_request)
    context.on("weberror", lambda error: complaints.append(f"script error: {error.error}"))
