"""Numbers, lengths, money and dates the Vietnamese way."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation


def drawn(expression: str, value: object) -> str:
    with translation.override("vi"):
        return Template("{% load formats %}{{ value|" + expression + " }}").render(
            Context({"value": value})
        )


@pytest.mark.parametrize(
    ("expression", "value", "words"),
    [
        ("number", 1412, "1.412"),
        ("number", Decimal("2.50"), "2,5"),
        ("number:2", 31.5, "31,50"),
        ("number", 1000000, "1.000.000"),
        ("number", None, "–"),
        ("number", "", "–"),
        ("number", 0, "0"),
        ('measure:"m"', Decimal("2.5"), "2,5\u00a0m"),
        ('measure:"m"', None, "–"),
        ("metres", 212.04, "212\u00a0m"),
        ("metres", 31500, "31,50\u00a0km"),
        ("money", 1500000, "1.500.000\u00a0đồng"),
        ("day", date(2026, 12, 2), "02/12/2026"),
        ("day", datetime(2026, 12, 1, 18, 0, tzinfo=UTC), "02/12/2026"),
        ("moment", datetime(2026, 12, 1, 18, 5, tzinfo=UTC), "01:05 02/12/2026"),
        ("day", None, "–"),
    ],
)
def test_people_read(expression: str, value: object, words: str) -> None:
    assert drawn(expression, value) == words


def test_numbers_in_attributes_stay_plain() -> None:
    with translation.override("vi"):
        assert Template('<a data-year="{{ year }}">').render(Context({"year": 2026})) == (
            '<a data-year="2026">'
        )
