"""What waits for a person: every part registers kinds of work, the home page folds what they give.

A kind is a question with all its rows for a person in order, so that the line on the home
page, its count and the list behind it are one question and cannot disagree.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import IntegerField, QuerySet, Subquery
from django.urls import reverse
from django.utils.functional import Promise

from infra.ground.registry import Registry
from infra.models import User

FIRST = 5
"""So many of a leading kind are shown before the rest is folded."""
FEW = 3
"""So many of any other kind are lines of their own; more are one line."""
MOST_COUNTED = 1000
"""Counting goes no further: nobody plans a day by the difference of 1,001 and 90,000."""


@dataclass(frozen=True)
class WorkItem:
    """One thing to do, in a sentence, with the page where it is done."""

    title: str
    sentence: str
    url: str
    due_on: date | None = None
    state_label: str = ""
    is_paused: bool = False
    """True when somebody else has to act first."""

    @property
    def order(self) -> tuple[bool, date, str]:
        """What can be done before what waits for others, then by due date."""
        return (self.is_paused, self.due_on or date.max, self.title)


@dataclass(frozen=True)
class Fold:
    """All of one kind as one line: how many, until when the first, and the list behind."""

    label: str
    count: int
    is_capped: bool
    url: str
    due_on: date | None
    is_paused: bool

    @property
    def order(self) -> tuple[bool, date, str]:
        """Among items and folds, as its most urgent item."""
        return (self.is_paused, self.due_on or date.max, self.label)


Rows = QuerySet[Any]


@dataclass(frozen=True)
class WorkKind:
    """One kind of work. `rows` gives all that waits, soonest due first; None: not this person's.

    `page` is a list of the product that shows exactly these rows; without one they have the page
    of their kind (`work_list`).
    """

    key: str
    label: str | Promise
    rows: Callable[[User], Rows | None]
    item: Callable[[Any, User], WorkItem]
    is_leading: bool = False
    page: Callable[[], str] | None = None

    @property
    def url(self) -> str:
        """The list of all of them."""
        return self.page() if self.page else reverse("work_list", args=[self.key])


class Waiting:
    """One person's rows of one kind, read once: the first few together with how many there are."""

    def __init__(self, kind: WorkKind, user: User, rows: Rows) -> None:
        self.kind, self.user, self.rows = kind, user, rows
        self.shown = FIRST if kind.is_leading else FEW

    @cached_property
    def _first(self) -> list[Any]:
        counted = self.rows.annotate(waiting_count=BoundedCount(self.rows))
        return list(counted[: self.shown + 1])

    @cached_property
    def _items(self) -> list[WorkItem]:
        return [self.kind.item(row, self.user) for row in self._first]

    @property
    def count(self) -> int:
        """How many, no further than MOST_COUNTED."""
        return min(self._first[0].waiting_count, MOST_COUNTED) if self._first else 0

    @property
    def is_capped(self) -> bool:
        """Whether there are more than were counted."""
        return bool(self._first) and self._first[0].waiting_count > MOST_COUNTED

    @property
    def is_folded(self) -> bool:
        """Whether there are more than the home page shows one by one."""
        return len(self._first) > self.shown

    @property
    def items(self) -> list[WorkItem]:
        """Those that stand on the home page by themselves."""
        if not self.is_folded:
            return self._items
        return self._items[: self.shown] if self.kind.is_leading else []

    @property
    def fold(self) -> Fold | None:
        """The line for all of them, where there are too many."""
        if not self.is_folded:
            return None
        first = self._items[0]
        return Fold(
            label=str(self.kind.label),
            count=self.count,
            is_capped=self.is_capped,
            url=self.kind.url,
            due_on=first.due_on,
            is_paused=first.is_paused,
        )


class BoundedCount(Subquery):
    """How many rows a query has, read no further than one beyond MOST_COUNTED."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted_rows)"
    output_field = IntegerField()

    def __init__(self, rows: Rows) -> None:
        super().__init__(rows.order_by().values("pk")[: MOST_COUNTED + 1])


KINDS: Registry[WorkKind] = Registry("kind of work")


def register_work(*kinds: WorkKind) -> None:
    """Adds kinds of work; call it from `AppConfig.ready()`."""
    for kind in kinds:
        KINDS.register(kind.key, kind)


def waiting_for(user: User) -> list[Waiting]:
    """What waits for the person, kind by kind; one query for each kind that is theirs."""
    asked = ((kind, kind.rows(user)) for kind in KINDS.values())
    return [Waiting(kind, user, rows) for kind, rows in asked if rows is not None]
