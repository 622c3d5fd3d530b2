"""What a form asks about again: editable rows of the kind plausibility, never a prohibition."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import Confidence, LimitKind
from infra.ground.decimals import show_decimal
from infra.ground.loading import Report
from infra.ground.number_field import Question
from infra.models import RegulationLimit
from infra.places.territory.selectors import limits_on

LEAST, MOST = "least", "most"
HOUSE = "Mức hỏi lại của phần mềm, không phải quy định"
_FROM = date(2024, 1, 1)
_ROWS = (
    ("mast-height", 2, 150, "m", "Chiều cao cột"),
    ("building-height", 2, 100, "m", "Chiều cao công trình dưới cột"),
    ("half-width", None, 10, "m", "Nửa bề rộng cột"),
    ("position-accuracy", None, 1000, "m", "Sai số vị trí"),
    ("past-day", -50, 0, "năm", "Ngày đã qua, tính từ hôm nay"),
    ("valid-day", -20, 30, "năm", "Ngày bắt đầu, hết hạn, tính từ hôm nay"),
)
"""None of these figures is law: beyond them a person is asked, and may say that it is right."""


def row_code(quantity: str, end: str) -> str:
    """`plausible-mast-height-most`: the row of one end."""
    return f"plausible-{quantity}-{end}"


def number_question(quantity: str) -> Question:
    """Asks about a number outside the rows of a quantity."""

    def ask(value: Decimal | int) -> str:
        least, most = _bounds(quantity)
        if (least is None or value >= least[0]) and (most is None or value <= most[0]):
            return ""
        return _sentence(least, most)

    return ask


def day_question(quantity: str) -> Question:
    """Asks about a day too many years before or after today."""

    def ask(value: date) -> str:
        today = timezone.localdate()
        least, most = _bounds(quantity)
        if least is not None and value < _years_from(today, least[0]):
            return _("More than %s years ago. Is the date right?") % show_decimal(-least[0])
        if most is not None and value > _years_from(today, most[0]):
            if most[0] == 0:
                return _("This day has not come yet. Is the date right?")
            return _("More than %s years ahead. Is the date right?") % show_decimal(most[0])
        return ""

    return ask


def plausible_range(quantity: str) -> dict[str, float]:
    """The same rows for a page that asks in the browser: least and most, as far as they stand."""
    ends = zip((LEAST, MOST), _bounds(quantity), strict=True)
    return {end: float(bound[0]) for end, bound in ends if bound}


def load_plausibility(report: Report) -> None:
    """Create the rows where missing; edited ones stay."""
    made = 0
    for quantity, least, most, unit, label in _ROWS:
        for end, value in ((LEAST, least), (MOST, most)):
            if value is None:
                continue
            made += RegulationLimit.objects.get_or_create(
                code=row_code(quantity, end),
                province="",
                instrument=HOUSE,
                valid_from=_FROM,
                defaults={
                    "kind": LimitKind.PLAUSIBILITY,
                    "value": value,
                    "unit": unit,
                    "label": f"{label}: hỏi lại khi {'dưới' if end == LEAST else 'trên'} mức này",
                    "confidence": Confidence.UNVERIFIED,
                },
            )[1]
    report(f"Mức hỏi lại: thêm {made}.")


Bound = tuple[Decimal, str]


def _bounds(quantity: str) -> tuple[Bound | None, Bound | None]:
    today = timezone.localdate()
    rows: Any = (limits_on(row_code(quantity, end), today) for end in (LEAST, MOST))
    least, most = ((Decimal(str(row.value)), row.unit) if row else None for row in rows)
    return least, most


def _sentence(least: Bound | None, most: Bound | None) -> str:
    if least and most:
        return _("Usually between %(least)s and %(most)s %(unit)s. Is the number right?") % {
            "least": show_decimal(least[0]),
            "most": show_decimal(most[0]),
            "unit": most[1],
        }
    if most:
        return _("Usually at most %(most)s %(unit)s. Is the number right?") % {
            "most": show_decimal(most[0]),
            "unit": most[1],
        }
    return _("An unusual number. Is it right?")


def _years_from(today: date, years: Decimal) -> date:
    year = min(9999, max(1, today.year + int(years)))
    leap_day = (today.month, today.day) == (2, 29)
    return today.replace(year=year, day=28) if leap_day else today.replace(year=year)
