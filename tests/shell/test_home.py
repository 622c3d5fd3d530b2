"""Việc của tôi: what waits for a person, ordered and grouped by due date."""

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from infra.models import User
from infra.people import worklist
from infra.people.worklist import WorkItem
from tests.cast import Cast
from tests.factories import make_notice
from tests.reading import page_text


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


@pytest.fixture
def only_these() -> Iterator[list[WorkItem]]:
    """A worklist that holds just what the test puts in."""
    items: list[WorkItem] = []
    with worklist.PROVIDERS.temporarily({"these": lambda person: items}, only=True):
        yield items


def item(title: str, days: int | None, *, is_paused: bool = False) -> WorkItem:
    due_on = None if days is None else in_days(days)
    return WorkItem(title, "Cần xem", "/tim/", due_on, is_paused=is_paused)


def test_work_comes_by_due_date_in_four_groups(
    client: Client, cast: Cast, only_these: list[WorkItem]
) -> None:
    only_these += [
        item("Không hạn", None),
        item("Tuần này", 3),
        item("Chờ bổ sung", 1, is_paused=True),
        item("Quá hạn", -12),
        item("Sau", 30),
    ]
    client.force_login(cast.officer)
    page = page_text(client.get("/"))
    order = ["Quá hạn", "Tuần này", "Sau", "Không hạn", "Chờ bổ sung"]
    places = [page.index(f'<span class="workitem-title">{title}') for title in order]
    assert places == sorted(places)
    assert "quá hạn 12 ngày" in page
    assert "tạm dừng thời hạn" in page


def test_nothing_to_do_says_so(client: Client, cast: Cast, only_these: list[WorkItem]) -> None:
    client.force_login(cast.planner)
    assert "Không có việc nào đang chờ bạn." in page_text(client.get("/"))


def test_many_of_one_kind_are_folded_and_the_rest_is_counted(
    client: Client, cast: Cast, only_these: list[WorkItem]
) -> None:
    only_these += [item(f"Việc {number:03}", 10 + number) for number in range(75)]
    client.force_login(cast.officer)
    page = page_text(client.get("/"))
    assert page.split("việc cùng loại")[0].count("workitem-title") == 10
    assert "Còn 65 việc cùng loại" in page
    assert page.count("workitem-title") == 70
    assert "Còn 5 việc chưa hiện" in page
    assert "Có 75 việc đang chờ bạn." in page


def test_strangers_read_what_is_public(client: Client, db: None) -> None:
    page = page_text(client.get("/"))
    assert "Những gì công khai" in page
    assert "Xác minh văn bản" in page


# Session, person, organisation, notices, their count, own acts, and at most three per provider.
SHELL_QUERIES = 7
PER_PROVIDER_QUERIES = 3


@pytest.mark.parametrize("role", ["officer", "operator", "inspector", "planner", "leader"])
def test_home_asks_the_database_a_bounded_number_of_times(
    client: Client,
    cast: Cast,
    role: str,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    person: User = getattr(cast, role)
    for number in range(30):
        make_notice(person, f"Thông báo {number}")
    client.force_login(person)
    budget = SHELL_QUERIES + PER_PROVIDER_QUERIES * len(worklist.PROVIDERS)
    with django_assert_max_num_queries(budget):
        client.get("/")
