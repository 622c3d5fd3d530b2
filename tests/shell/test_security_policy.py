"""The content security policy: strict on every page, and nothing inline for it to stop."""

import re
from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from tests.access.matrix import MATRIX
from tests.access.rows import Row
from tests.access.test_matrix import rows_of, url_names
from tests.access.world import World
from tests.cast import Cast
from tests.reading import page_text

INLINE_SCRIPT = re.compile(
    r"<script(?![^>]*\b(?:src=|type=\"application/json\"|nonce=))[^>]*>", re.I
)
INLINE_STYLE = re.compile(r"<style|\sstyle=[\"']", re.I)
HANDLER = re.compile(r"<[^>]+\son[a-z]+\s*=\s*[\"']", re.I)
JAVASCRIPT_URL = re.compile(r"(?:href|src|action)=[\"']javascript:", re.I)
STRICT = {"default-src 'self'", "object-src 'none'", "base-uri 'none'", "frame-ancestors 'none'"}

# What a file or a document of somebody's is served with: nothing runs at all.
SEALED = {"default-src 'none'", "sandbox"}


def offences(html: str) -> list[str]:
    """Everything inline that a strict policy would stop."""
    found = [INLINE_SCRIPT, INLINE_STYLE, HANDLER, JAVASCRIPT_URL]
    return [match[0][:160] for pattern in found for match in pattern.finditer(html)]


def assert_strict(policy: str) -> None:
    directives = {part.strip() for part in policy.split(";")}
    assert directives >= STRICT or directives >= SEALED
    assert "unsafe" not in policy
    assert "http:" not in policy


def pages() -> Iterator[tuple[str, Row]]:
    """Every address that answers a GET with a page for somebody."""
    for name in url_names():
        for row in rows_of(name):
            if row.method == "get" and 200 in row.expected.values():
                yield name, row


CASES = list(pages())


@pytest.mark.parametrize(("name", "row"), CASES, ids=[f"{n}{r.query}" for n, r in CASES])
def test_every_page_is_strict_and_has_nothing_inline(name: str, row: Row, cast: Cast) -> None:
    who = next(person for person, status in sorted(row.expected.items()) if status == 200)
    client = Client()
    if who != "anonymous":
        client.force_login(getattr(cast, who))
    answer = client.get(reverse(name, kwargs=row.kwargs(World(cast))) + row.query)
    assert_strict(answer.headers["Content-Security-Policy"])
    is_download = "attachment" in answer.headers.get("Content-Disposition", "")
    if answer.headers["Content-Type"].startswith("text/html") and not is_download:
        assert offences(page_text(answer)) == []


@pytest.mark.parametrize("path", ["/khong-co-trang-nay/", "/quan-tri/"])
def test_error_pages_are_strict_too(client: Client, cast: Cast, path: str) -> None:
    client.force_login(cast.operator)
    answer = client.get(path)
    assert answer.status_code in {403, 404}
    assert_strict(answer.headers["Content-Security-Policy"])
    assert offences(page_text(answer)) == []


def test_a_request_for_a_foreign_host_is_refused_strictly(client: Client, db: None) -> None:
    answer = client.get("/", headers={"host": "evil.test"})
    assert answer.status_code == 400
    assert_strict(answer.headers["Content-Security-Policy"])


def test_the_page_for_demo_strangers_is_strict(
    client: Client, settings: Settings, db: None
) -> None:
    settings.DEMO_MODE = True
    answer = client.get("/", REMOTE_ADDR="192.0.2.7")
    assert_strict(answer.headers["Content-Security-Policy"])
    assert offences(page_text(answer)) == []


def test_the_matrix_names_pages_for_this_walk() -> None:
    assert len(CASES) > len(MATRIX) // 4
