"""Whether a phone's clock can be believed, and from when a visit counts.

A wrong clock loses nothing: the visit is kept with the time it was told, but it counts from its
receipt (the latest it can have been), can only worsen a grade and lifts no danger.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

# A request needs seconds and clocks of phones drift by a few minutes: more is another clock.
SLACK = timedelta(minutes=10)


@dataclass(frozen=True, slots=True)
class ClockReading:
    """Four moments: of the visit and of sending by the phone, of receipt, of the checklist."""

    visited_at: datetime
    sent_at: datetime
    received_at: datetime
    checklist_from: datetime


@dataclass(frozen=True, slots=True)
class ClockVerdict:
    """From when the visit counts; `doubt` says why that is not what the phone told."""

    counts_from: datetime
    doubt: str = ""

    @property
    def is_sure(self) -> bool:
        """Whether the phone's time stands."""
        return not self.doubt


def judge_clock(reading: ClockReading) -> ClockVerdict:
    """The told moment where nothing contradicts it, the receipt otherwise."""
    doubt = _doubt(reading)
    return ClockVerdict(reading.received_at if doubt else reading.visited_at, doubt)


def _doubt(reading: ClockReading) -> str:
    if abs(reading.received_at - reading.sent_at) > SLACK:
        return "clock_off"
    if reading.visited_at > reading.received_at + SLACK:
        return "clock_ahead"
    if reading.visited_at < reading.checklist_from:
        return "clock_before_checklist"
    return ""
