"""The permission matrix walks every address as every role."""

from collections.abc import Iterator
from fnmatch import fnmatchcase
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from infra.models import User
from tests.access.budgets import BUDGETS, budget_of
from tests.access.matrix import MATRIX
from tests.access.rows import PEOPLE, Row
from tests.access.world import World
from tests.cast import Cast


def url_names() -> list[str]:
    """Every URL name of the project, with its namespace."""
    return sorted({name for name, _pattern in walk(get_resolver()) if name})


def walk(resolver: URLResolver, namespace: str = "", prefix: str = "") -> Iterator[tuple[str, str]]:
    """Name and pattern of every address below a resolver; an empty name for a nameless one."""
    for entry in resolver.url_patterns:
        pattern = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from walk(entry, inner, pattern)
        elif isinstance(entry, URLPattern):
            yield f"{namespace}{entry.name}" if entry.name else "", pattern


def rows_of(name: str) -> list[Row]:
    """The rows that speak of a URL name; an exact one beats a pattern."""
    exact = [row for row in MATRIX if row.name == name]
    return exact or [row for row in MATRIX if fnmatchcase(name, row.name)]


CASES = [(name, row) for name in url_names() for row in rows_of(name)]


def test_every_url_is_listed() -> None:
    unlisted = [name for name in url_names() if not rows_of(name)]
    assert not unlisted, f"Say in tests/access/matrix.py who may open: {', '.join(unlisted)}"


def test_every_url_has_a_name() -> None:
    nameless = {pattern for name, pattern in walk(get_resolver()) if not name}
    foreign = {pattern for pattern in nameless if not pattern.startswith("quan-tri/")}
    assert not foreign, f"Give these a name: {foreign}"


def test_no_row_speaks_of_a_url_that_is_gone() -> None:
    names = url_names()
    stale = [row.name for row in MATRIX if not any(fnmatchcase(name, row.name) for name in names)]
    assert not stale


def test_no_budget_is_for_a_url_that_is_gone() -> None:
    assert not BUDGETS.keys() - set(url_names())


@pytest.mark.parametrize(("name", "row"), CASES, ids=[f"{n}-{r.method}{r.query}" for n, r in CASES])
def test_each_role_gets_what_the_matrix_says(name: str, row: Row, cast: Cast) -> None:
    world = World(cast)
    url = reverse(name, kwargs=row.kwargs(world)) + row.query
    people: dict[str, User | None] = {"anonymous": None} | dict(cast.people())
    data = row.data(world)
    seen = {who: ask(people[who], row.method, url, data) for who in sorted(PEOPLE)}
    wrong = {
        who: f"{status}, not {row.expected[who]}"
        for who, (status, _queries) in seen.items()
        if status != row.expected[who]
    }
    assert not wrong, f"{row.method.upper()} {url}: {wrong}"
    if row.method == "get":
        most = max(queries for _status, queries in seen.values())
        assert most <= budget_of(name), f"{url}: {most} queries (tests/access/budgets.py)"


def ask(person: User | None, method: str, url: str, data: dict[str, Any]) -> tuple[int, int]:
    """The status one person gets, and how many queries it took; what was changed is taken back."""
    with transaction.atomic():
        client = Client(raise_request_exception=False)
        if person:
            client.force_login(person)
        with CaptureQueriesContext(connection) as queries:
            status = int(getattr(client, method)(url, data or None).status_code)
        transaction.set_rollback(True)
    return status, len(queries)
