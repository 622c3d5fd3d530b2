"""What a first and a later view of a page may weigh on a phone, as an office's server sends it."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.management import call_command
from django.test import override_settings
from playwright.sync_api import Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from infra.ground.choices import Publicity
from script.lib.first_view import Line
from tests.browser.conftest import SignIn
from tests.cast import Cast
from tests.factories import make_mast

MASTS = 60


@dataclass(frozen=True)
class Budget:
    """Bytes of the first view, all its requests; requests of the next view of the same page."""

    path: str
    person: str
    first_bytes: int
    first_requests: int
    next_requests: int


BUDGETS = {
    "map": Budget("/ban-do/", "officer", 300_000, 36, 7),
    "home": Budget("/", "officer", 160_000, 14, 3),
    "survey form": Budget("/kiem-tra/cot/{mast}/", "inspector", 160_000, 16, 3),
    "register": Budget("/cot/", "officer", 300_000, 30, 6),
    "sign-in": Budget("/tai-khoan/dang-nhap/", "", 120_000, 14, 3),
}


@pytest.fixture(scope="module")
def collected(assets: None, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """Settings under which the files lie collected and compressed, as an office has them."""
    kept = {"BACKEND": "infra.web.delivery.static_files.KeptForGoodStorage"}
    as_served = {
        "STATIC_ROOT": tmp_path_factory.mktemp("static"),
        "STORAGES": django_settings.STORAGES | {"staticfiles": kept},
    }
    ignored = ["admin", "gis", "draw", "leaflet-src*", "proj4*"]
    with override_settings(**as_served):
        call_command("collectstatic", interactive=False, verbosity=0, ignore_patterns=ignored)
    return as_served


@pytest.fixture
def live_server(collected: dict[str, Any], plain_settings: Settings) -> Iterator[LiveServer]:
    """The application itself serves its files, without the help that other tests give it."""
    for name, value in collected.items():
        setattr(plain_settings, name, value)
    server = LiveServer("localhost", start=False)
    setattr(server.thread, "static_handler", lambda application: application)  # noqa: B010
    server.start()
    yield server
    server.stop()


@pytest.mark.parametrize("name", BUDGETS)
def test_a_page_keeps_its_budget(
    name: str, phone: Page, reference_rows: None, cast: Cast, sign_in: SignIn
) -> None:
    budget = BUDGETS[name]
    for number in range(MASTS):
        mast = make_mast(
            code=f"CÂN-{number:03}", grade="ABCD"[number % 4], publicity=Publicity.PUBLIC
        )
    if budget.person:
        sign_in(phone, getattr(cast, budget.person))
    line = Line(phone)
    path = budget.path.format(mast=mast.uuid)
    _open(phone, path)
    first, requests = line.by_kind(), len(line.kinds)
    assert first["Script"] > 10_000
    assert first["Font"] > 10_000
    assert sum(first.values()) <= budget.first_bytes, dict(first)
    assert requests <= budget.first_requests
    line.forget()
    _open(phone, path)
    assert 1 <= len(line.kinds) <= budget.next_requests


def _open(page: Page, path: str) -> None:
    page.goto(path, wait_until="networkidle")
    for drawn in page.locator(".tt-map").all():
        if drawn.is_visible():
            page.locator(".tt-map[data-ready]:not([data-busy])").wait_for()
    page.wait_for_load_state("networkidle")


def test_files_of_a_page_are_kept_for_good(phone: Page, db: None) -> None:
    heads: dict[str, dict[str, str]] = {}
    phone.on("response", lambda answer: heads.update({answer.url: answer.headers}))
    phone.goto("/tai-khoan/dang-nhap/", wait_until="networkidle")
    files = {url: head for url, head in heads.items() if "/static/" in url}
    assert len(files) >= 6
    for url, head in files.items():
        assert "immutable" in head["cache-control"], url
        if re.search(r"\.(js|css)$", url) and int(head.get("content-length", "0")) > 500:
            assert head["content-encoding"] in {"br", "gzip"}, url
