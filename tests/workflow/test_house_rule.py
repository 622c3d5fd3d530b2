"""Nothing but the engine writes the state of what a workflow rules."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# The engine itself; demo rows, jobs, letters and loads, which no workflow rules; migrations.
FREE = (
    "infra/cases/workflow/records.py",
    "infra/demo/",
    "/demo.py",
    "undergrounding/demo/",
    "infra/work/jobs/",
    "infra/exchange/",
    "infra/people/deliveries.py",
    "infra/places/territory/load",
    "/migrations/",
)
WRITES = {"update", "update_or_create", "bulk_update"}


def writes_of_state(path: Path) -> Iterator[str]:
    """Lines that assign `.state`, or name it in an update."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        targets = []
        if isinstance(node, ast.Assign):
            targets = [part for one in node.targets for part in ast.walk(one)]
        elif isinstance(node, ast.AnnAssign | ast.AugAssign):
            targets = [node.target]
        assigned = any(isinstance(one, ast.Attribute) and one.attr == "state" for one in targets)
        called = (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and node.func.attr in WRITES
            and any(word.arg == "state" for word in node.keywords)
        )
        if assigned or called:
            yield f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 0)}"


def test_nothing_else_writes_a_state() -> None:
    found = [
        line
        for half in ("infra", "sites", "undergrounding")
        for path in sorted((ROOT / half).rglob("*.py"))
        if not any(free in path.relative_to(ROOT).as_posix() for free in FREE)
        for line in writes_of_state(path)
    ]
    assert not found, "Fire a transition instead: " + ", ".join(found)


def test_the_rule_sees_what_it_should() -> None:
    seen = ROOT / "infra/cases/workflow/records.py"
    assert list(writes_of_state(seen))
