"""Working days: Monday to Friday, mended by the rows of `CalendarDay`."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from django.utils import timezone

from infra.ground.choices import DayKind
from infra.models import CalendarDay
from infra.places.territory.selectors import limits_on

SATURDAY = 5
ONE_DAY = timedelta(days=1)
SPAN = timedelta(days=120)
SOON_WORKING_DAYS = 3  # ui.md: the chip turns amber
CLOSING_HOUR = "office_closing_hour"


class DueState(StrEnum):
    """How near a due date is."""

    NORMAL = "normal"
    SOON = "soon"
    OVERDUE = "overdue"
    PAUSED = "paused"


def is_working_day(day: date) -> bool:
    """Whether the office works that day."""
    return _works(day, _exceptions(day, day))


def add_working_days(start: date, days: int) -> date:
    """The day on which the `days`-th working day after `start` falls; `start` is not counted."""
    day, left = start, days
    known, until = _exceptions(start, start + SPAN), start + SPAN
    while left > 0:
        day += ONE_DAY
        if day > until:
            known, until = _exceptions(day, day + SPAN), day + SPAN
        left -= _works(day, known)
    return day


def working_days_between(a: date, b: date) -> int:
    """Working days after `a` up to and with `b`; negative when `b` is before `a`."""
    if b < a:
        return -working_days_between(b, a)
    known = _exceptions(a, b)
    days = (b - a).days
    return sum(_works(a + timedelta(days=step), known) for step in range(1, days + 1))


def counting_starts(received_at: datetime) -> date:
    """The day a receipt counts as received: after closing, or on a day off, the next working day.

    The closing hour is the `office_closing_hour` row of the regulation limits; none: midnight.
    """
    moment = timezone.localtime(received_at)
    closing = closing_time(moment.date())
    late = closing is not None and moment.time() > closing
    if is_working_day(moment.date()) and not late:
        return moment.date()
    return add_working_days(moment.date(), 1)


def closing_time(on: date) -> time | None:
    """The hour after which a receipt counts for the next working day, as it stood on a date."""
    limit = limits_on(CLOSING_HOUR, on)
    if limit is None:
        return None
    minutes = round(limit.value * 60)
    return time(minutes // 60, minutes % 60)


def due_state(due_on: date, today: date, *, is_paused: bool = False) -> DueState:
    """How a due date stands today."""
    if is_paused:
        return DueState.PAUSED
    if today > due_on:
        return DueState.OVERDUE
    if working_days_between(today, due_on) <= SOON_WORKING_DAYS:
        return DueState.SOON
    return DueState.NORMAL


def _exceptions(first: date, last: date) -> Mapping[date, str]:
    rows = CalendarDay.objects.filter(date__range=(first, last))
    return dict(rows.values_list("date", "kind"))


def _works(day: date, known: Mapping[date, str]) -> bool:
    if kind := known.get(day):
        return kind == DayKind.WORKING_SWAP
    return day.weekday() < SATURDAY
