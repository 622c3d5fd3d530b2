"""A limit is the one that stood on the day, adopted before proposed, own before foreign."""

from datetime import date

import pytest

from infra.ground.rules import Citation, Finding, Limit, Severity
from infra.models import RegulationLimit
from infra.places.territory.selectors import limits_on


def _limit(value: float, valid_from: date, **fields: object) -> RegulationLimit:
    defaults: dict[str, object] = {
        "code": "spacing_urban_m",
        "unit": "m",
        "label": "Spacing",
        "instrument": f"QĐ {value:g}",
        "confidence": "unverified",
    }
    return RegulationLimit.objects.create(
        **{**defaults, **fields, "value": value, "valid_from": valid_from}
    )


def _found(on: date) -> Limit:
    limit = limits_on("spacing_urban_m", on)
    assert limit is not None
    return limit


@pytest.mark.django_db
def test_a_dossier_of_2024_is_judged_by_the_row_of_2024() -> None:
    _limit(100, date(2018, 1, 1), valid_to=date(2025, 6, 30))
    _limit(150, date(2025, 7, 1))
    assert limits_on("spacing_urban_m", date(2017, 12, 31)) is None
    assert _found(date(2025, 6, 30)).value == 100
    assert _found(date(2025, 7, 1)).value == 150


@pytest.mark.django_db
def test_an_adopted_row_of_ours_goes_before_newer_proposals_and_other_provinces() -> None:
    on = date(2026, 1, 1)
    _limit(100, date(2025, 1, 1), province="Hải Dương", adopted_by="26/2018/QĐ-UBND")
    assert not _found(on).is_binding
    _limit(120, date(2024, 1, 1), province="Đồng Tháp")
    assert _found(on).value == 120
    assert not _found(on).is_binding
    _limit(80, date(2023, 1, 1), adopted_by="1/QĐ-SKHCN")
    assert _found(on).value == 80
    assert _found(on).is_binding


def test_a_finding_survives_json() -> None:
    citation = Citation("NĐ 62/2025/NĐ-CP", "Điều 5", "verified", "", date(2025, 3, 4))
    finding = Finding(
        rule="power_line",
        severity=Severity.BLOCKING,
        code="line_in_fall_zone",
        params={"distance_m": 31.2},
        measured=31.2,
        limit=45.0,
        unit="m",
        citation=citation,
        evidence={"type": "Point", "coordinates": [105.6, 10.4]},
        datasets=("power_line v2",),
    )
    assert Finding.from_json(finding.to_json()) == finding
    limit = Limit("x", 45.0, "m", citation)
    assert Limit.from_json(limit.to_json()) == limit
