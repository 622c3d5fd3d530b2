"""The grade of a mast from its whole record: pure, in any order, with any repetition."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sites.safety.rules.standing import (
    Assessment,
    Repair,
    SafetyRecord,
    Visit,
    needs_of,
    standing_of,
)

DAY = datetime(2026, 11, 1, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))


def at(hours: float) -> datetime:
    return DAY + timedelta(hours=hours)


def visit(grade: str, hours: float, **facts: bool) -> Visit:
    return Visit(f"v{hours}{grade}", at(hours), grade, **facts)


def verification(grade: str, hours: float, **changes: bool) -> Visit:
    facts = {"is_verification": True, "has_photos": True, "is_near": True} | changes
    return visit(grade, hours, **facts)


def assessed(day: int, *, passes: bool = True, good_days: int | None = None) -> Assessment:
    begins = at(24 * day)
    until = None if good_days is None else begins + timedelta(days=good_days)
    return Assessment(f"a{day}", begins, begins + timedelta(days=1), passes, until)


def grade(*pieces: Visit | Assessment | Repair) -> str:
    return standing_of(record(*pieces)).grade


def record(*pieces: Visit | Assessment | Repair) -> SafetyRecord:
    return SafetyRecord(
        frozenset(one for one in pieces if isinstance(one, Visit)),
        frozenset(one for one in pieces if isinstance(one, Assessment)),
        frozenset(one for one in pieces if isinstance(one, Repair)),
    )


D = visit("D", 10)
REPAIR = Repair("r", at(12))


@pytest.mark.parametrize(
    ("pieces", "expected"),
    [
        ([], ""),
        ([visit("B", 1)], "B"),
        ([visit("C", 1), visit("A", 2)], "A"),
        ([visit("A", 1), visit("C", 1)], "C"),
        ([visit("A", 9), D], "D"),
        ([D, visit("A", 10.01)], "D"),
        ([D, visit("A", 900), assessed(2), REPAIR], "D"),
        ([D, verification("A", 30)], "D"),
        ([D, verification("B", 30), REPAIR], "B"),
        ([D, verification("B", 30), assessed(1)], "B"),
        ([D, verification("B", 13), assessed(40)], "B"),
        ([D, verification("B", 30), assessed(0)], "D"),
        ([D, verification("B", 100), assessed(1, good_days=2)], "D"),
        ([D, verification("B", 30), assessed(1, passes=False)], "D"),
        ([D, verification("A", 11), REPAIR], "D"),
        ([D, verification("A", 30, has_photos=False), REPAIR], "D"),
        ([D, verification("A", 30, is_near=False), REPAIR], "D"),
        ([D, verification("A", 30, clock_is_sure=False), REPAIR], "D"),
        ([D, verification("D", 30), REPAIR], "D"),
        ([D, verification("A", 10), REPAIR], "D"),
        ([D, verification("A", 30), Repair("r", at(9))], "D"),
        ([D, verification("A", 30), REPAIR, visit("D", 31)], "D"),
        ([D, verification("A", 30), REPAIR, visit("D", 11)], "A"),
        ([D, verification("A", 30), REPAIR, visit("D", 13)], "D"),
        ([D, verification("C", 30), REPAIR, visit("A", 31)], "A"),
        ([visit("A", 5), assessed(1, passes=False)], "D"),
        ([assessed(1, passes=False), verification("B", 60), assessed(2)], "B"),
        ([visit("C", 5), visit("A", 9, clock_is_sure=False)], "C"),
        ([visit("A", 5), visit("C", 9, clock_is_sure=False)], "C"),
        ([visit("A", 5), visit("C", 9, clock_is_sure=False), visit("A", 10)], "A"),
    ],
)
def test_the_whole_record_decides(pieces: list[Visit | Assessment | Repair], expected: str) -> None:
    assert grade(*pieces) == expected
    assert grade(*reversed(pieces), *pieces) == expected


def test_what_is_missing_is_named() -> None:
    pieces = record(D, verification("A", 11, is_near=False), REPAIR)
    (danger,) = standing_of(pieces).dangers
    needs = {need.code: need.is_met for need in needs_of(danger, pieces)}
    assert needs == {"verification": True, "photos": True, "near": False, "paper": True}


def test_a_verification_before_the_repair_is_told_that_it_came_too_early() -> None:
    pieces = record(D, verification("A", 11), REPAIR)
    (danger,) = standing_of(pieces).dangers
    assert needs_of(danger, pieces)[-1].code == "order"


hours = st.integers(0, 100)
visits = st.builds(
    visit,
    st.sampled_from("ABCD"),
    hours,
    is_verification=st.booleans(),
    has_photos=st.booleans(),
    is_near=st.booleans(),
    clock_is_sure=st.booleans(),
)
papers = st.one_of(
    st.builds(assessed, st.integers(0, 4), passes=st.booleans()),
    st.builds(lambda hour: Repair(f"r{hour}", at(hour)), hours),
)
records = st.lists(st.one_of(visits, papers), max_size=9)


@given(records, st.randoms())
def test_neither_order_nor_repetition_matters(pieces: list[object], chance: object) -> None:
    shuffled = [*pieces, *pieces]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert standing_of(record(*pieces)) == standing_of(record(*shuffled))  # type: ignore[arg-type]


@given(records, visits)
def test_an_ordinary_visit_never_lifts_a_d(pieces: list[object], more: Visit) -> None:
    before = grade(*pieces)  # type: ignore[arg-type]
    ordinary = Visit(more.key, more.at, more.grade, has_photos=True, is_near=True)
    if before == "D":
        assert grade(*pieces, ordinary) == "D"  # type: ignore[arg-type]


@given(records)
def test_a_danger_that_stands_keeps_the_mast_at_d_and_says_what_is_missing(
    pieces: list[object],
) -> None:
    whole = record(*pieces)  # type: ignore[arg-type]
    standing = standing_of(whole)
    assert (standing.grade == "D") is bool(standing.dangers)
    for danger in standing.dangers:
        assert any(not need.is_met for need in needs_of(danger, whole))
