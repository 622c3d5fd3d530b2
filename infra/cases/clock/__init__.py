"""Working days on the office's editable calendar, and the legal clock of a dossier."""

from infra.cases.clock.dossiers import Clock, clock_of, is_on_time, recompute_due, recompute_open
from infra.cases.clock.workdays import (
    DueState,
    add_working_days,
    counting_starts,
    due_state,
    is_working_day,
    working_days_between,
)

__all__ = [
    "Clock",
    "DueState",
    "add_working_days",
    "clock_of",
    "counting_starts",
    "due_state",
    "is_on_time",
    "is_working_day",
    "recompute_due",
    "recompute_open",
    "working_days_between",
]
