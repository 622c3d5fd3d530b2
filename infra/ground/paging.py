"""Long lists in pieces: pages for people, stretches for programs."""

from collections.abc import Sequence
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.utils.functional import cached_property

PAGE_SIZE = 50
MOST_IN_A_STRETCH = 200
MOST_OFFSET = 1_000_000


class BoundedPaginator(Paginator[Any]):
    """Counts no further than `cap`: a page of 100,000 rows is as quick as one of 100."""

    cap = 10_000

    @cached_property
    def counted(self) -> int:
        """The count, `cap` + 1 when there are more."""
        rows: Any = self.object_list
        return int(rows.order_by()[: self.cap + 1].count())

    @cached_property
    def count(self) -> int:
        """How many rows can be paged through."""
        return min(self.counted, self.cap)

    @property
    def is_capped(self) -> bool:
        """Whether there are more than can be paged through."""
        return self.counted > self.cap


def one_page(
    rows: "QuerySet[Any] | Sequence[Any]",
    number: str | int | None,
    size: int = PAGE_SIZE,
    paginator: type[Paginator[Any]] = Paginator,
) -> Page[Any]:
    """The page of that number; the first or the last where there is no such page."""
    return paginator(rows, size).get_page(number)


def stretch(rows: "QuerySet[Any]", offset: int, limit: int, furthest: int = MOST_OFFSET) -> Any:
    """The rows from `offset` on, at most 200; far beyond the end there are none."""
    first = max(0, min(offset, furthest))
    return rows[first : first + max(1, min(limit, MOST_IN_A_STRETCH))]
