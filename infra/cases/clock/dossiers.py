"""The legal clock of a dossier: due date, pauses, late by rule (QĐ 766/QĐ-TTg, as quoted)."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from infra.cases.clock.workdays import DueState, OfficeCalendar
from infra.ground.choices import CLOSED_DOSSIER
from infra.models import Dossier

CLOSED = frozenset(CLOSED_DOSSIER)


@dataclass(frozen=True)
class Clock:
    """What the chip shows: `days_left` in working days, negative when late."""

    due_on: date
    state: DueState
    days_left: int
    is_paused: bool
    is_closed: bool


def due_date(dossier: Dossier, calendar: OfficeCalendar) -> date | None:
    """The due date as calendar and pauses stand: the one given from outside, or counted."""
    if dossier.given_due_on:
        base = dossier.given_due_on
    elif dossier.received_at:
        start = calendar.counting_starts(dossier.received_at)
        base = calendar.add(start, dossier.procedure.working_days)
    else:
        return None
    return calendar.add(base, paused_days(dossier, calendar))


def paused_days(dossier: Dossier, calendar: OfficeCalendar) -> int:
    """Working days for which the clock stood, over pauses that ended."""
    return sum(
        calendar.between(
            timezone.localtime(pause.paused_at).date(), timezone.localtime(pause.resumed_at).date()
        )
        for pause in dossier.pauses.all()
        if pause.resumed_at
    )


def recompute_due(dossier: Dossier, calendar: OfficeCalendar | None = None) -> bool:
    """Write the due date anew; says whether it moved."""
    due_on = due_date(dossier, calendar or OfficeCalendar())
    if due_on == dossier.due_on:
        return False
    dossier.due_on = due_on
    dossier.save(update_fields=["due_on", "updated_at"])
    return True


def recompute_open() -> int:
    """Recompute every dossier that is on its way, after a new holiday; says how many moved."""
    calendar = OfficeCalendar()
    rows = Dossier.objects.exclude(state__in=CLOSED).filter(received_at__isnull=False)
    rows = rows.select_related("procedure").prefetch_related("pauses")
    return sum(recompute_due(row, calendar) for row in rows)


def clock_of(dossier: Dossier, calendar: OfficeCalendar, today: date | None = None) -> Clock | None:
    """How the dossier's clock stands; None before reception."""
    if dossier.due_on is None:
        return None
    today = today or timezone.localdate()
    is_closed = dossier.state in CLOSED
    is_paused = not is_closed and _is_paused(dossier)
    return Clock(
        due_on=dossier.due_on,
        state=calendar.due_state(dossier.due_on, today, is_paused=is_paused),
        days_left=calendar.between(today, dossier.due_on),
        is_paused=is_paused,
        is_closed=is_closed,
    )


def is_on_time(dossier: Dossier, today: date | None = None) -> bool | None:
    """On time by the national rule; more than one supplement request is late. None: no due date."""
    if dossier.due_on is None:
        return None
    requests = list(dossier.supplements.all())
    if len(requests) > 1:
        return False
    end = today or timezone.localdate()
    if dossier.completed_at:
        end = timezone.localtime(dossier.completed_at).date()
    elif waiting := [one for one in requests if one.answered_at is None]:
        end = timezone.localtime(waiting[0].requested_at).date()
    return end <= dossier.due_on


def _is_paused(dossier: Dossier) -> bool:
    return any(pause.resumed_at is None for pause in dossier.pauses.all())
