"""Working days: Monday to Friday, mended by the rows of `CalendarDay`."""

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from functools import cached_property

from django.http import HttpRequest
from django.utils import timezone

from infra.ground.choices import DayKind
from infra.models import CalendarDay
from infra.places.territory.selectors import limits_on

SATURDAY = 5
DAYS_A_WEEK, WORKING_DAYS_A_WEEK = 7, 5
ONE_DAY = timedelta(days=1)
SOON_WORKING_DAYS = 3  # ui.md: the chip turns amber
CLOSING_HOUR = "office_closing_hour"


class DueState(StrEnum):
    """How near a due date is."""

    NORMAL = "normal"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"


class OfficeCalendar:
    """The office's calendar as it stands: read at its first use, once, then counted in memory.

    The table holds the few days a year that are not what their week day says, so all of it is one
    short read, and counting does not grow with the distance of two days. Give one to whatever
    counts in a loop; a page shares the one of its request (`calendar_of`).
    """

    def __init__(self) -> None:
        self._closing: dict[date, time | None] = {}

    @cached_property
    def _known(self) -> Mapping[date, str]:
        return dict(CalendarDay.objects.values_list("date", "kind"))

    @cached_property
    def _mends(self) -> tuple[list[date], list[int]]:
        """The days that differ from their week day, and by how much up to and with each."""
        days, sums = [], [0]
        for day in sorted(self._known):
            difference = int(self.works(day)) - int(day.weekday() < SATURDAY)
            if difference:
                days.append(day)
                sums.append(sums[-1] + difference)
        return days, sums

    def works(self, day: date) -> bool:
        """Whether the office works that day."""
        if kind := self._known.get(day):
            return kind == DayKind.WORKING_SWAP
        return day.weekday() < SATURDAY

    def add(self, start: date, days: int) -> date:
        """The day on which the `days`-th working day after `start` falls; `start` is not counted.

        Leaps by what is surely missing, then walks.
        """
        day, left = start, days
        while left > 0:
            leap = timedelta(days=max(1, left))
            left -= self.between(day, day + leap)
            day += leap
        return day if days <= 0 else self._last_working(day)

    def between(self, a: date, b: date) -> int:
        """Working days after `a` up to and with `b`; negative when `b` is before `a`."""
        return self._until(b) - self._until(a)

    def closing_time(self, on: date) -> time | None:
        """The hour after which a receipt counts for the next working day, as it stood on a date."""
        if on not in self._closing:
            limit = limits_on(CLOSING_HOUR, on)
            minutes = round(limit.value * 60) if limit else 0
            self._closing[on] = time(minutes // 60, minutes % 60) if limit else None
        return self._closing[on]

    def counting_starts(self, received_at: datetime) -> date:
        """The day a receipt counts as received: after closing, or on a day off, the next one.

        The closing hour is the `office_closing_hour` row of the regulation limits; none: midnight.
        """
        moment = timezone.localtime(received_at)
        closing = self.closing_time(moment.date())
        late = closing is not None and moment.time() > closing
        if self.works(moment.date()) and not late:
            return moment.date()
        return self.add(moment.date(), 1)

    def due_state(self, due_on: date, today: date, *, is_paused: bool = False) -> DueState:
        """How a due date stands today."""
        if is_paused:
            return DueState.PAUSED
        if today > due_on:
            return DueState.OVERDUE
        if self.between(today, due_on) <= SOON_WORKING_DAYS:
            return DueState.SOON
        return DueState.NORMAL

    def _until(self, day: date) -> int:
        """Working days from the first Monday of the era up to and with a day."""
        weeks, rest = divmod(day.toordinal(), DAYS_A_WEEK)
        days, sums = self._mends
        mended = sums[bisect_right(days, day)]
        return weeks * WORKING_DAYS_A_WEEK + min(rest, WORKING_DAYS_A_WEEK) + mended

    def _last_working(self, day: date) -> date:
        while not self.works(day):
            day -= ONE_DAY
        return day


def calendar_of(request: HttpRequest) -> OfficeCalendar:
    """The one calendar of a request, whatever part of the page counts first."""
    kept: OfficeCalendar | None = getattr(request, "office_calendar", None)
    if kept is None:
        kept = OfficeCalendar()
        request.office_calendar = kept  # type: ignore[attr-defined]
    return kept
