"""Working days, Tết, swaps, receipts after hours, pauses, late by rule."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from infra.cases.clock import (
    DueState,
    OfficeCalendar,
    clock_of,
    is_on_time,
    recompute_due,
)
from infra.cases.clock.calendar import load_calendar
from infra.cases.clock.dossiers import recompute_open
from infra.ground.choices import DayKind, DossierState
from infra.models import CalendarDay, ClockPause, Dossier, RegulationLimit, SupplementRequest
from tests.cast import Cast
from tests.workflow.casework import dossier_of_a

pytestmark = pytest.mark.django_db
HOME = ZoneInfo("Asia/Ho_Chi_Minh")


@pytest.fixture(autouse=True)
def calendar(db: None) -> None:
    load_calendar()


@pytest.fixture
def dossier(cast: Cast) -> Dossier:
    """Received on Thursday 05/02/2026 at nine; ten working days."""
    return dossier_of_a(cast, received_at=at(2026, 2, 5, 9), due_on=None)


def at(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=HOME)


def test_tet_2026_is_skipped() -> None:
    # 16–20/02 off: five working days after Friday 13/02 end on Friday 27/02.
    assert OfficeCalendar().add(date(2026, 2, 13), 5) == date(2026, 2, 27)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2024, 5, 4), True),  # a Saturday, swapped with 29/04
        (date(2024, 4, 29), False),
        (date(2025, 4, 26), True),
        (date(2025, 5, 2), False),
        (date(2026, 1, 2), False),  # the seed library omits it
        (date(2026, 1, 10), True),  # and the Saturday that was worked for it
        (date(2026, 4, 27), False),  # in lieu of Sunday 26/04
        (date(2026, 8, 22), True),
        (date(2026, 8, 31), False),
        (date(2026, 3, 7), False),  # a plain Saturday
        (date(2026, 3, 9), True),  # a plain Monday
    ],
)
def test_swaps_and_days_in_lieu(day: date, works: bool) -> None:
    assert OfficeCalendar().works(day) is works


def test_loading_twice_adds_nothing_and_keeps_edits() -> None:
    CalendarDay.objects.filter(date=date(2026, 1, 1)).update(name="Sửa tay")
    assert load_calendar() == 0
    assert CalendarDay.objects.get(date=date(2026, 1, 1)).name == "Sửa tay"


def test_every_mended_day_says_where_it_was_read() -> None:
    assert "24h.com.vn" in CalendarDay.objects.get(date=date(2026, 1, 10)).source
    assert "chưa có kế hoạch" in CalendarDay.objects.get(date=date(2027, 1, 1)).source


def test_counting_back_and_forth_agrees() -> None:
    start = date(2026, 2, 3)
    for days in range(1, 40):
        assert OfficeCalendar().between(start, OfficeCalendar().add(start, days)) == days
    assert OfficeCalendar().between(date(2026, 2, 9), date(2026, 2, 5)) == -2


def test_a_long_way_leaves_the_first_stretch_of_the_calendar() -> None:
    assert OfficeCalendar().add(date(2026, 1, 5), 200) > date(2026, 9, 30)


DAYS = st.dates(date(2023, 1, 1), date(2028, 12, 31))


@given(a=DAYS, b=DAYS, days=st.integers(0, 400))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_counting_by_arithmetic_agrees_with_counting_day_by_day(
    a: date, b: date, days: int
) -> None:
    calendar = OfficeCalendar()
    one = timedelta(days=1)
    first, last = min(a, b), max(a, b)
    between = sum(calendar.works(first + one * n) for n in range(1, (last - first).days + 1))
    assert calendar.between(first, last) == between == -calendar.between(last, first)
    day, left = a, days
    while left:
        day += one
        left -= calendar.works(day)
    assert calendar.add(a, days) == day


@pytest.mark.parametrize(
    ("moment", "counts_as"),
    [
        (at(2026, 3, 3, 16, 59), date(2026, 3, 3)),
        (at(2026, 3, 3, 17, 1), date(2026, 3, 4)),
        (at(2026, 3, 6, 17, 1), date(2026, 3, 9)),  # Friday evening
        (at(2026, 3, 7, 10), date(2026, 3, 9)),  # Saturday
        (at(2026, 2, 13, 18), date(2026, 2, 23)),  # the evening before Tết
    ],
)
def test_a_receipt_after_hours_counts_for_the_next_working_day(
    moment: datetime, counts_as: date
) -> None:
    assert OfficeCalendar().counting_starts(moment) == counts_as


def test_the_closing_hour_is_a_row() -> None:
    RegulationLimit.objects.filter(code="office_closing_hour").update(value="16.5")
    assert OfficeCalendar().counting_starts(at(2026, 3, 3, 16, 45)) == date(2026, 3, 4)


def test_the_day_of_receipt_is_not_counted(dossier: Dossier) -> None:
    recompute_due(dossier)
    assert dossier.due_on == date(2026, 2, 26)


def test_a_due_date_from_the_national_portal_stays_as_given(dossier: Dossier) -> None:
    dossier.given_due_on = date(2026, 3, 2)
    recompute_due(dossier)
    assert dossier.due_on == date(2026, 3, 2)


def test_a_pause_moves_the_due_date_by_its_working_days(dossier: Dossier) -> None:
    ClockPause.objects.create(
        dossier=dossier,
        paused_at=at(2026, 2, 9),
        resumed_at=at(2026, 2, 12),
        reason="bổ sung",
    )
    recompute_due(dossier)
    assert dossier.due_on == date(2026, 3, 3)


def test_while_paused_the_chip_says_so(dossier: Dossier) -> None:
    recompute_due(dossier)
    ClockPause.objects.create(dossier=dossier, paused_at=at(2026, 2, 9), reason="bổ sung")
    clock = clock_of(dossier, OfficeCalendar(), date(2026, 2, 27))
    assert clock is not None
    assert (clock.is_paused, clock.state) == (True, DueState.PAUSED)


@pytest.mark.parametrize(
    ("today", "state"),
    [
        (date(2026, 2, 9), DueState.NORMAL),
        (date(2026, 2, 23), DueState.SOON),
        (date(2026, 2, 26), DueState.SOON),
        (date(2026, 2, 27), DueState.OVERDUE),
    ],
)
def test_the_chip_turns_three_working_days_before(today: date, state: DueState) -> None:
    assert OfficeCalendar().due_state(date(2026, 2, 26), today) == state


def test_a_new_holiday_moves_open_dossiers_only(dossier: Dossier, cast: Cast) -> None:
    recompute_due(dossier)
    closed = dossier_of_a(
        cast,
        state=DossierState.RETURNED,
        received_at=at(2026, 2, 5),
        due_on=date(2026, 2, 26),
    )
    CalendarDay.objects.create(date=date(2026, 2, 25), kind=DayKind.OFF, name="Bão")
    assert recompute_open() == 1
    dossier.refresh_from_db()
    closed.refresh_from_db()
    assert (dossier.due_on, closed.due_on) == (date(2026, 2, 27), date(2026, 2, 26))


def test_an_administrator_who_adds_a_day_moves_due_dates(
    dossier: Dossier, cast: Cast, client: Client
) -> None:
    recompute_due(dossier)
    client.force_login(cast.administrator)
    answer = client.post(
        reverse("admin:infra_calendarday_add"),
        {"date": "25/02/2026", "kind": "off", "name": "Bão", "source": "Công điện"},
    )
    assert answer.status_code == 302
    dossier.refresh_from_db()
    assert dossier.due_on == date(2026, 2, 27)


def test_more_than_one_supplement_request_is_late_by_rule(dossier: Dossier, cast: Cast) -> None:
    recompute_due(dossier)
    dossier.completed_at = at(2026, 2, 10)
    assert is_on_time(dossier) is True
    for item in ("Bản vẽ", "Hợp đồng"):
        SupplementRequest.objects.create(
            dossier=dossier, items=[item], requested_by=cast.officer, answered_at=at(2026, 2, 9)
        )
    assert is_on_time(dossier) is False


def test_on_time_is_judged_by_the_day_it_was_done(dossier: Dossier) -> None:
    recompute_due(dossier)
    dossier.completed_at = at(2026, 2, 26, 23)
    assert is_on_time(dossier) is True
    dossier.completed_at = at(2026, 2, 27, 1)
    assert is_on_time(dossier) is False
