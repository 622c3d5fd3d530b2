"""A typed number has one reading or is refused; the browser runs the same cases."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from infra.ground.decimals import NumberFault, read_decimal, show_decimal
from infra.ground.two_readings import unmistakable

CASES = json.loads((Path(__file__).parent / "number_cases.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize(("typed", "unit", "whole", "expected"), CASES)
def test_cases(typed: str, unit: str, whole: bool, expected: str | dict[str, Any]) -> None:
    if isinstance(expected, str):
        assert str(read_decimal(typed, unit=unit, whole=whole)) == expected
        return
    with pytest.raises(NumberFault) as fault:
        read_decimal(typed, unit=unit, whole=whole)
    assert {"fault": fault.value.code, **fault.value.readings} == expected


def test_what_can_be_read_twice_is_refused_with_both_readings() -> None:
    with (
        translation.override("vi"),
        pytest.raises(NumberFault, match=r"“1\.250 m” có thể hiểu là 1,25 hoặc 1250"),
    ):
        read_decimal("1.250 m", unit="m")


@given(st.decimals(min_value=-(10**7), max_value=10**7, places=3, allow_nan=False))
def test_what_is_shown_and_what_a_machine_wrote_is_read_back(value: Decimal) -> None:
    written = unmistakable(str(value))
    assert read_decimal(written) == value
    for language in ("vi", "en"):
        with translation.override(language):
            assert read_decimal(show_decimal(value)) == value


def test_a_number_is_shown_the_country_s_way() -> None:
    with translation.override("vi"):
        assert show_decimal(Decimal("36.50")) == "36,5"
        assert show_decimal(Decimal(1250)) == "1250"
