"""Fills the calendar: the `holidays` library as seed, mended by cited rows of our own."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from importlib import metadata

import holidays

from infra.ground.choices import Confidence, DayKind
from infra.ground.loading import Report
from infra.models import CalendarDay, RegulationLimit

FIRST_YEAR, LAST_YEAR = 2024, 2027
PLANNED_UNTIL = 2026  # later years: the Prime Minister's yearly plan is not out yet


@dataclass(frozen=True)
class Day:
    """One row of the calendar before it is stored."""

    date: date
    kind: DayKind
    name: str
    source: str


# What the library omits or keeps outside its list, each with where it was read.
MENDED = (
    Day(
        date(2026, 1, 2),
        DayKind.COMPENSATORY,
        "Nghỉ Tết Dương lịch (hoán đổi với ngày 10/01/2026)",
        "24h.com.vn 26/12/2025; thanhnien.vn 13/01/2026",
    ),
    Day(
        date(2026, 1, 10),
        DayKind.WORKING_SWAP,
        "Làm bù cho ngày 02/01/2026",
        "24h.com.vn 26/12/2025",
    ),
)


def seed() -> Iterator[Day]:
    """The days of 2024–2027 that are not what their week day says."""
    version = metadata.version("holidays")
    source = f"Thư viện holidays {version}"
    found = holidays.country_holidays(
        "VN", years=range(FIRST_YEAR, LAST_YEAR + 1), language="vi", observed=True
    )
    for day, name in sorted(found.items()):
        kind = DayKind.COMPENSATORY if "thay cho" in name or "bù" in name else DayKind.OFF
        yield Day(day, kind, name, _sure(source, day))
    for day in sorted(found.weekend_workdays):
        if day.year >= FIRST_YEAR:
            yield Day(day, DayKind.WORKING_SWAP, "Làm bù theo hoán đổi", _sure(source, day))
    yield from MENDED


def load_calendar() -> int:
    """Add the days that are missing; rows somebody edited stay. Says how many were added."""
    before = CalendarDay.objects.count()
    CalendarDay.objects.bulk_create(
        (
            CalendarDay(date=day.date, kind=day.kind, name=day.name[:120], source=day.source)
            for day in seed()
        ),
        ignore_conflicts=True,
    )
    _load_closing_hour()
    return CalendarDay.objects.count() - before


def _load_closing_hour() -> None:
    RegulationLimit.objects.get_or_create(
        code="office_closing_hour",
        province="",
        instrument="Giờ làm việc của cơ quan",
        valid_from=date(2024, 1, 1),
        defaults={
            "value": 17,
            "unit": "h",
            "label": "Giờ kết thúc tiếp nhận trong ngày",
            "citation": "",
            "confidence": Confidence.UNVERIFIED,
            "note": "Tiếp nhận sau giờ này tính từ ngày làm việc sau; sửa theo quy chế cơ quan.",
        },
    )


def _sure(source: str, day: date) -> str:
    if day.year <= PLANNED_UNTIL:
        return source
    return f"{source}; chưa có kế hoạch nghỉ của năm"


def load_office_calendar(report: Report) -> None:
    """What a fresh database gets."""
    report(f"Lịch làm việc {FIRST_YEAR}–{LAST_YEAR}: thêm {load_calendar()} ngày.")
