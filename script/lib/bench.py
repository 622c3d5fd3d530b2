"""What a bench is made of: rows of ours against a reference, measured in turns within one run."""

import os
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from typing import Any

Act = Callable[[], object]
ROUNDS = 20
# How long one thing is measured; a smoke test of all of them gives 0, and each is done once.
SECONDS = float(os.environ.get("BENCH_SECONDS", "1.5"))
OWN_SQL = "own SQL"
"""The reference is the page's own statements, replayed by a bare cursor."""


class BenchError(Exception):
    """A thing cannot be measured: which, and why."""


@dataclass(frozen=True)
class Row:
    """One thing measured: ours and the reference in the same unit, less is better.

    In time, ours and the reference are medians. `small` is ours with a tenth of the masts.
    """

    name: str
    ours: float
    reference: float | None = None
    unit: str = "ms"
    against: str = ""
    p95: float | None = None
    note: str = ""
    small: float | None = None

    @property
    def ratio(self) -> float | None:
        """How many times the reference ours takes; None where there is none."""
        return self.ours / self.reference if self.reference else None

    @property
    def growth(self) -> float | None:
        """How many times ours takes with ten times the masts: 1 is flat, 10 grows with them."""
        return self.ours / self.small if self.small else None

    def as_json(self) -> dict[str, object]:
        """For the file that is kept beside the table."""
        return asdict(self) | {"ratio": self.ratio, "growth": self.growth}

    @classmethod
    def from_json(cls, facts: dict[str, Any]) -> "Row":
        """A row as a file keeps it."""
        return cls(**{name: facts.get(name) for name in cls.__dataclass_fields__})  # type: ignore[arg-type]


def milliseconds(act: Act) -> float:
    """How long it takes once."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def compare(
    name: str,
    ours: Act,
    reference: Act | None = None,
    *,
    against: str = OWN_SQL,
    note: str = "",
    before: Act | None = None,
) -> Row:
    """Ours and the reference in turns, so that a busy moment falls on both alike.

    Each is done once unmeasured; then at most ROUNDS times or SECONDS long, at least once.
    `before` is done, unmeasured, ahead of each.
    """
    prepare = before or (lambda: None)
    acts = [ours] if reference is None else [ours, reference]
    for act in acts:
        prepare()
        act()
    rounds: list[list[float]] = []
    until = time.monotonic() + SECONDS
    while not rounds or (len(rounds) < ROUNDS and time.monotonic() < until):
        rounds.append([_prepared(prepare, act) for act in acts])
    mine, *theirs = zip(*rounds, strict=True)
    return Row(
        name,
        statistics.median(mine),
        statistics.median(theirs[0]) if theirs else None,
        against=against if theirs else "",
        p95=p95(mine),
        note=note,
    )


def p95(times: Sequence[float]) -> float:
    """What 95 of 100 stay under; the only one of a single measurement."""
    if len(times) == 1:
        return times[0]
    return statistics.quantiles(times, n=20, method="inclusive")[-1]


def _prepared(prepare: Act, act: Act) -> float:
    prepare()
    return milliseconds(act)
