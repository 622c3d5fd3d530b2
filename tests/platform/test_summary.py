"""script/test's last line counts every step and every test, and hides no failure."""

import pytest

from script.lib.checks import Result, Step, node_counts, pytest_counts, summary


def _result(status: int, output: str = "", *, tests: bool = False) -> Result:
    return Result(Step("step", "step", [], pytest_counts if tests else None), status, 0.1, output)


def test_steps_and_tests_are_added_up() -> None:
    results = [_result(0), _result(1), _result(1, "1 failed, 20 passed in 3.1s", tests=True)]
    assert summary(results, 12.3) == "2 failed, 21 passed in 12.30s"


def test_a_green_run_names_no_failure() -> None:
    assert summary([_result(0), _result(0, "5 passed in 1s", tests=True)], 2) == "6 passed in 2.00s"


def test_a_runner_that_broke_before_its_first_test_is_a_failure() -> None:
    assert summary([_result(4, "ImportError", tests=True)], 1) == "1 failed, 0 passed in 1.00s"


@pytest.mark.parametrize(
    ("line", "counts"),
    [
        ("== 3 failed, 9 passed, 1 error in 2s ==", (9, 4)),
        ("12 passed, 2 warnings in 2s", (12, 0)),
        ("no tests ran in 0.1s", (0, 0)),
    ],
)
def test_pytests_last_line_is_read(line: str, counts: tuple[int, int]) -> None:
    assert pytest_counts(line) == counts


def test_nodes_report_is_read() -> None:
    assert node_counts("ℹ tests 5\nℹ pass 4\nℹ fail 1\n") == (4, 1)
    assert node_counts("# tests 5\n# pass 5\n# fail 0\n") == (5, 0)
