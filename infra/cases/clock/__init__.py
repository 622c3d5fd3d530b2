"""Working days on the office's editable calendar, and the legal clock of a dossier."""

from infra.cases.clock.dossiers import Clock, clock_of, is_on_time, recompute_due, recompute_open
from infra.cases.clock.workdays import DueState, OfficeCalendar, calendar_of

__all__ = [
    "Clock",
    "DueState",
    "OfficeCalendar",
    "calendar_of",
    "clock_of",
    "is_on_time",
    "recompute_due",
    "recompute_open",
]
