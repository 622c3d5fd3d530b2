"""The grade is fail-closed: the worst finding decides, and silence is never safety."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from infra.ground.rules import Citation, Limit
from sites.safety.rules.grading import CheckedItem, grade_visit

PLUMB = Limit("plumb.guyed", 0.0025, "ratio", Citation("ANSI/TIA-222", valid_from=date(2024, 1, 1)))


def item(
    result: str | None, severity: int | None = None, *, is_critical: bool = False
) -> CheckedItem:
    return CheckedItem("bolts", "Bu lông", is_critical, result, severity)


@pytest.mark.parametrize(
    ("checked", "grade"),
    [
        ([item("pass")], "A"),
        ([item("not_applicable")], "A"),
        ([item("fail", 1)], "B"),
        ([item("fail", 2)], "B"),
        ([item("fail", 3)], "C"),
        ([item("fail", 4)], "D"),
        ([item("fail", None)], "C"),
        ([item("unable")], "B"),
        ([item("unable", is_critical=True)], "C"),
        ([item(None)], "B"),
        ([item(None, is_critical=True)], "C"),
        ([item("pass")] * 30 + [item("fail", 4)], "D"),
    ],
)
def test_the_worst_item_decides(checked: list[CheckedItem], grade: str) -> None:
    assert grade_visit(checked).grade == grade


def test_a_leaning_mast_is_no_better_than_c_and_the_reason_names_its_source() -> None:
    verdict = grade_visit([item("pass")], plumb_ratio=0.004, plumb_limit=PLUMB)
    assert verdict.grade == "C"
    assert verdict.reasons[0].params["limit_percent"] == 0.25
    assert verdict.reasons[0].params["is_binding"] is False


def test_a_lean_within_the_limit_changes_nothing() -> None:
    assert grade_visit([item("pass")], plumb_ratio=0.0025, plumb_limit=PLUMB).grade == "A"


results = st.sampled_from(["pass", "fail", "unable", "not_applicable", None])
items = st.builds(item, results, st.sampled_from([None, 1, 2, 3, 4]), is_critical=st.booleans())


@given(st.lists(items, max_size=12), items)
def test_one_more_finding_never_improves_the_grade(
    before: list[CheckedItem], more: CheckedItem
) -> None:
    assert grade_visit([*before, more]).grade >= grade_visit(before).grade
