"""Costs come from rates people entered; without a rate there is no figure."""

from datetime import date
from decimal import Decimal

import pytest

from infra.ground.choices import Confidence
from tests.undergrounding.drawing_samples import make_route
from undergrounding.costing import Rate, estimate
from undergrounding.models import CostRate
from undergrounding.selectors.rates import estimate_of, rates_on

HDD = Rate("hdd", Decimal(2_000_000), "Báo giá 01/2026", "reported", date(2026, 1, 1))


def test_an_amount_is_the_shown_length_times_the_rate() -> None:
    result = estimate([(1, "hdd", 12.3449)], {"hdd": HDD})
    assert result.total == Decimal(24_680_000)
    assert result.is_complete


def test_a_method_without_a_rate_has_no_amount_and_the_total_says_so() -> None:
    result = estimate([(1, "hdd", 10.0), (2, "tidy", 90.0)], {"hdd": HDD})
    assert result.lines[1].amount is None
    assert result.total == Decimal(20_000_000)
    assert not result.is_complete
    assert result.uncosted_m == 90.0
    assert estimate([(1, "tidy", 90.0)], {}).is_empty


def test_an_illustrative_rate_marks_the_whole_estimate() -> None:
    shown = Rate("tidy", Decimal(1), "Minh họa", "illustrative", date(2026, 1, 1))
    assert estimate(
        [(1, "tidy", 1.0), (2, "hdd", 1.0)], {"tidy": shown, "hdd": HDD}
    ).is_illustrative


@pytest.mark.django_db
def test_the_rate_of_the_day_counts_the_newest_first() -> None:
    def rate(first: date, last: date | None, amount: int) -> None:
        CostRate.objects.create(
            method="hdd",
            vnd_per_m=amount,
            source="Báo giá",
            confidence=Confidence.REPORTED,
            valid_from=first,
            valid_to=last,
        )

    rate(date(2025, 1, 1), None, 100)
    rate(date(2026, 1, 1), date(2026, 6, 30), 200)
    assert rates_on(date(2024, 12, 31)) == {}
    assert rates_on(date(2026, 6, 30))["hdd"].vnd_per_m == 200
    assert rates_on(date(2026, 7, 1))["hdd"].vnd_per_m == 100


@pytest.mark.django_db
def test_without_any_rate_a_route_has_no_cost() -> None:
    result = estimate_of(make_route(), date(2026, 7, 1))
    assert result.is_empty
    assert len(result.lines) == 2
