"""Việc của tôi: what waits for a person, the most urgent first, many of one kind as one line."""

import re
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from infra.models import Notice, User
from infra.people import worklist
from infra.people.worklist import FEW, FIRST, MOST_COUNTED, Fold, WorkItem, WorkKind
from infra.web.shell.worklines import lines_of
from tests.cast import Cast
from tests.factories import make_notice
from tests.reading import page_text


def in_days(days: int) -> date:
    return timezone.localdate() + timedelta(days=days)


def kind_of(key: str, *, is_leading: bool = False) -> WorkKind:
    """A kind of work whose rows are the person's notices under this address.

    The body of a notice is the day it is due, from today; "chờ" waits for others.
    """

    def item(row: Notice, _user: User) -> WorkItem:
        days = re.search(r"-?\d+", row.body)
        due_on = in_days(int(days.group())) if days else None
        return WorkItem(row.subject, "Cần xem", "/tim/", due_on, is_paused="chờ" in row.body)

    def rows(user: User) -> worklist.Rows:
        return Notice.objects.filter(recipient=user, url=key).order_by("pk")

    return WorkKind(key, f"Loại {key}", rows=rows, item=item, is_leading=is_leading)


@pytest.fixture
def only_these() -> Iterator[None]:
    """A worklist of one leading kind and two others."""
    kinds = [kind_of("a", is_leading=True), kind_of("b"), kind_of("c")]
    with worklist.KINDS.temporarily({kind.key: kind for kind in kinds}, only=True):
        yield


def give(person: User, key: str, *days: object) -> None:
    Notice.objects.bulk_create(
        Notice(recipient=person, url=key, subject=f"{key} việc {number:04}", body=str(day))
        for number, day in enumerate(days)
    )


def titles(page: str) -> list[str]:
    return re.findall(r'workitem-title">([^<]+)<', page)


@pytest.mark.usefixtures("only_these")
def test_leading_work_stands_first_and_each_part_goes_by_due_date(
    client: Client, cast: Cast
) -> None:
    give(cast.officer, "a", 3, "", "1 chờ", -12)
    give(cast.officer, "b", -30, 2)
    client.force_login(cast.officer)
    page = page_text(client.get("/"))
    assert [title.lower() for title in titles(page)] == [
        *("a việc 0003", "a việc 0000", "a việc 0001", "a việc 0002"),
        *("b việc 0000", "b việc 0001"),
    ]
    assert "quá hạn 12 ngày" in page
    assert "tạm dừng thời hạn" in page
    assert "Có 6 việc đang chờ bạn." in page


@pytest.mark.usefixtures("only_these")
def test_nothing_to_do_says_so_and_shows_where_to_look(client: Client, cast: Cast) -> None:
    client.force_login(cast.auditor)
    page = page_text(client.get("/"))
    assert "Không có việc nào đang chờ bạn." in page
    assert reverse("sites:mast_list") in page.split("home-ways")[1]


@pytest.mark.usefixtures("only_these")
def test_hundreds_of_one_kind_are_one_line_and_its_list_shows_them_all(
    client: Client, cast: Cast
) -> None:
    give(cast.officer, "b", *range(5, 240))
    give(cast.officer, "c", *range(1, FEW + 1))
    client.force_login(cast.officer)
    page = page_text(client.get("/"))
    assert [title.lower() for title in titles(page)] == [
        *(f"c việc {number:04}" for number in range(FEW)),
        "loại b",
    ]
    assert "xem tất cả 235" in page
    assert "Có 238 việc đang chờ bạn." in page
    assert walked(client, reverse("work_list", args=["b"])) == [
        f"b việc {number:04}" for number in range(235)
    ]


@pytest.mark.usefixtures("only_these")
def test_of_a_leading_kind_the_most_urgent_stand_above_the_line_for_all(
    client: Client, cast: Cast
) -> None:
    give(cast.officer, "a", *range(60))
    client.force_login(cast.officer)
    page = page_text(client.get("/"))
    assert [title.lower() for title in titles(page)] == [
        *(f"a việc {number:04}" for number in range(FIRST)),
        "loại a",
    ]
    assert "xem tất cả 60" in page


@pytest.mark.usefixtures("only_these")
def test_counting_stops_and_says_that_there_are_more(client: Client, cast: Cast) -> None:
    give(cast.officer, "b", *range(MOST_COUNTED + 1))
    client.force_login(cast.officer)
    page = page_text(client.get("/"))
    assert "xem tất cả, hơn 1.000" in page
    assert "Hơn 1.000 việc đang chờ bạn." in page
    assert len(walked(client, reverse("work_list", args=["b"]))) == MOST_COUNTED + 1


def walked(client: Client, url: str) -> list[str]:
    """The titles on all pages of a list of work."""
    found: list[str] = []
    page = page_text(client.get(url))
    while True:
        found += [title[:1].lower() + title[1:] for title in titles(page)]
        more = re.search(r'rel="next" href="([^"]+)"', page)
        if not more:
            return found
        page = page_text(client.get(url + more.group(1)))


def test_the_list_of_a_kind_that_is_not_ones_own_does_not_exist(client: Client, cast: Cast) -> None:
    client.force_login(cast.planner)
    assert client.get(reverse("work_list", args=["proposals"])).status_code == 404
    assert client.get(reverse("work_list", args=["nothing"])).status_code == 404


class Rows:
    """Stands for what one kind has waiting, without a database."""

    def __init__(self, kind: WorkKind, items: list[WorkItem]) -> None:
        self.kind, self.shown = kind, FIRST if kind.is_leading else FEW
        self.count, self.is_capped = min(len(items), MOST_COUNTED), len(items) > MOST_COUNTED
        is_folded = len(items) > self.shown
        head = items[: self.shown] if kind.is_leading else []
        self.items = head if is_folded else items
        self.fold = (
            Fold(str(kind.label), self.count, self.is_capped, kind.url, None, is_paused=False)
            if is_folded
            else None
        )


items = st.lists(
    st.builds(
        WorkItem,
        title=st.text("ab", min_size=1, max_size=3),
        sentence=st.just(""),
        url=st.uuids().map(str),
        due_on=st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        is_paused=st.booleans(),
    ),
    max_size=9,
)


@given(st.lists(st.tuples(st.booleans(), items), max_size=5))
def test_no_item_is_lost_between_the_lines(kinds: list[tuple[bool, list[WorkItem]]]) -> None:
    waiting = [
        Rows(kind_of(f"k{at}", is_leading=leads), found) for at, (leads, found) in enumerate(kinds)
    ]
    lines = lines_of(waiting)  # type: ignore[arg-type]
    shown = [*lines.leading, *lines.others]
    folded = {line.label for line in shown if isinstance(line, Fold)}
    urls = [line.url for line in shown if isinstance(line, WorkItem)]
    assert len(urls) == len(set(urls))
    for each, (_leads, found) in zip(waiting, kinds, strict=True):
        assert str(each.kind.label) in folded or {item.url for item in found} <= set(urls)
    assert lines.count == sum(len(found) for _leads, found in kinds)
    for part in (lines.leading, lines.others):
        loose = [line.order for line in part if isinstance(line, WorkItem)]
        assert loose == sorted(loose)


def test_strangers_read_what_is_public(client: Client, db: None) -> None:
    page = page_text(client.get("/"))
    assert "Những gì công khai" in page
    assert "Xác minh văn bản" in page


@pytest.mark.parametrize("role", ["officer", "operator", "inspector", "planner", "leader"])
def test_a_home_full_of_notices_shows_five(client: Client, cast: Cast, role: str) -> None:
    person: User = getattr(cast, role)
    for number in range(30):
        make_notice(person, f"Thông báo {number}")
    client.force_login(person)
    assert page_text(client.get("/")).count("Thông báo 2") == 5
