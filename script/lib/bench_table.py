"""What a run of benches found, as one table, as a file, and beside an earlier run."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from script.lib.bench import Row

Results = Mapping[str, list[Row]]
HEAD = ("what", "tenth", "full", "p95", "unit", "reference", "against", "ratio", "growth", "note")
COMPARED = ("what", "before", "after", "unit", "quicker", "growth", "growth now", "ratio", "now")


def with_growth(small: Sequence[Row], full: Sequence[Row]) -> list[Row]:
    """The rows of the full size, each knowing what it took at the small one."""
    before = {row.name: row.ours for row in small}
    return [replace(row, small=before.get(row.name)) for row in full]


def table(results: Results) -> list[str]:
    """Lines for people, a heading for each bench."""
    return _aligned(HEAD, {name: [_cells(row) for row in rows] for name, rows in results.items()})


def compared(before: Results, after: Results) -> list[str]:
    """What both runs measured, and how many times quicker it became."""
    lines = {}
    for name in (name for name in after if name in before):
        known = {row.name: row for row in before[name]}
        lines[name] = [_pair(known[row.name], row) for row in after[name] if row.name in known]
    return _aligned(COMPARED, lines)


def read(path: Path) -> Results:
    """The rows that a run kept. Raises ValueError for what is no such file."""
    try:
        facts = json.loads(path.read_text(encoding="utf-8"))
        return {
            name: [Row.from_json(row) for row in rows] for name, rows in facts["benches"].items()
        }
    except (OSError, KeyError, TypeError, AttributeError, ValueError) as error:
        msg = f"{path} không phải tệp kết quả của script/bench ({error})."
        raise ValueError(msg) from error


def as_json(results: Results, **facts: Any) -> str:
    """The file that is kept beside the table."""
    rows = {name: [row.as_json() for row in found] for name, found in results.items()}
    return json.dumps(facts | {"benches": rows}, ensure_ascii=False, indent=2)


def _cells(row: Row) -> tuple[str, ...]:
    return (
        row.name,
        _number(row.small),
        _number(row.ours),
        _number(row.p95),
        row.unit,
        _number(row.reference),
        row.against,
        _times(row.ratio),
        _times(row.growth),
        row.note,
    )


def _pair(old: Row, new: Row) -> tuple[str, ...]:
    quicker = old.ours / new.ours if new.ours else None
    return (
        new.name,
        _number(old.ours),
        _number(new.ours),
        new.unit,
        _times(quicker),
        _times(old.growth),
        _times(new.growth),
        _times(old.ratio),
        _times(new.ratio),
    )


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}"


def _times(value: float | None) -> str:
    return "" if value is None else f"{value:.1f}×"


def _aligned(head: Sequence[str], groups: Mapping[str, Iterable[Sequence[str]]]) -> list[str]:
    rows = {name: [tuple(cells) for cells in found] for name, found in groups.items()}
    every = [tuple(head), *(cells for found in rows.values() for cells in found)]
    widths = [max(map(len, column)) for column in zip(*every, strict=True)]
    lines = [_line(head, widths)]
    for name, found in rows.items():
        lines += ["", name, *(_line(cells, widths) for cells in found)]
    return lines


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    words = [
        cell.rjust(width) if place else cell.ljust(width)
        for place, (cell, width) in enumerate(zip(cells[:-1], widths[:-1], strict=True))
    ]
    return "  ".join([*words, cells[-1]]).rstrip()
