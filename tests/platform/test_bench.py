"""script/bench: what it computes, and a whole run over a small province."""

import json
from pathlib import Path

import pytest

from script.benches.tiles import tile_of
from script.lib import run_benches
from script.lib.bench import Row, compare, p95
from script.lib.bench_table import as_json, compared, read, table, with_growth


def row(name: str = "plain", ours: float = 30.0, **facts: float) -> Row:
    return Row(name, ours, reference=10.0, against="own SQL", **facts)  # type: ignore[arg-type]


def test_ratio_and_growth_are_times() -> None:
    assert (row().ratio, row(small=3.0).growth) == (3.0, 10.0)


def test_without_a_reference_or_a_smaller_size_there_is_no_ratio_and_no_growth() -> None:
    alone = Row("first view", 900.0, unit="kB")
    assert (alone.ratio, alone.growth) == (None, None)


def test_p95_is_what_nearly_all_stay_under() -> None:
    assert p95([7.0]) == 7.0
    assert p95([1.0] * 99 + [1000.0]) == 1.0
    assert p95([float(number) for number in range(101)]) == 95.0


def test_ours_and_the_reference_are_done_in_turns_after_what_prepares_each() -> None:
    done: list[str] = []
    found = compare(
        "x",
        lambda: done.append("ours"),
        lambda: done.append("reference"),
        before=lambda: done.append("before"),
    )
    assert done[:4] == ["before", "ours", "before", "reference"]
    assert done == ["before", "ours", "before", "reference"] * (len(done) // 4)
    assert len(done) // 4 > 1
    assert found.reference is not None
    assert found.p95 is not None


def test_rows_of_two_sizes_meet_by_name() -> None:
    full = with_growth([row("a", 5.0), row("gone", 1.0)], [row("a", 50.0), row("new", 2.0)])
    assert [(one.name, one.growth) for one in full] == [("a", 10.0), ("new", None)]


def test_the_table_says_what_it_was_held_against_and_how_it_grew() -> None:
    lines = table({"register": [row(small=3.0), Row("weight", 900.0, unit="kB")]})
    assert lines[0].split()[:3] == ["what", "tenth", "full"]
    assert "register" in lines
    assert lines[3].split() == ["plain", "3.0", "30.0", "ms", "10.0", "own", "SQL", "3.0×", "10.0×"]
    assert lines[4].split() == ["weight", "900.0", "kB"]


def test_a_file_gives_the_same_rows_back(tmp_path: Path) -> None:
    path = tmp_path / "run.json"
    path.write_text(as_json({"register": [row(small=3.0, p95=40.0)]}, size=10), encoding="utf-8")
    assert read(path) == {"register": [row(small=3.0, p95=40.0)]}
    assert json.loads(path.read_text(encoding="utf-8"))["benches"]["register"][0]["growth"] == 10


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"benches": {"a": [1]}}', '{"benches": 3}'])
def test_any_other_file_is_refused_with_its_name(tmp_path: Path, text: str) -> None:
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"other\.json"):
        read(path)


def test_two_runs_beside_each_other_say_how_many_times_quicker() -> None:
    before = {"register": [row(small=3.0), row("gone")], "other": [row()]}
    lines = compared(before, {"register": [row("plain", 6.0, small=6.0), row("new")]})
    assert len(lines) == 4
    assert lines[3].split() == [
        "plain",
        "30.0",
        "6.0",
        "ms",
        "5.0×",
        "10.0×",
        "1.0×",
        "3.0×",
        "0.6×",
    ]


def test_an_unknown_bench_and_a_province_too_small_are_refused(
    capsys: pytest.CaptureFixture[str],
) -> None:
    for arguments in (["registre"], ["--size", "3"], ["--compare", "a", "b", "c"]):
        with pytest.raises(SystemExit):
            run_benches.parse(arguments)
    assert "registre" in capsys.readouterr().err


def test_to_compare_with_nothing_is_a_sentence(capsys: pytest.CaptureFixture[str]) -> None:
    assert run_benches.main(["--compare", "khong-co.json", "khong-co.json"]) == 1
    assert "khong-co.json" in capsys.readouterr().err


def test_a_place_lies_in_its_tile() -> None:
    assert tile_of(105.6321, 10.4602, 0) == (0, 0)
    assert tile_of(105.6321, 10.4602, 1) == (1, 0)
    assert tile_of(105.6321, 10.4602, 6) == (50, 30)
