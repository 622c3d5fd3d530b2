"""What a bench is made of: rows of ours against a reference, measured in turns within one run."""

import statistics
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass

Act = Callable[[], object]


@dataclass(frozen=True)
class Row:
    """One thing measured: ours and the reference in the same unit, less is better."""

    name: str
    ours: float
    reference: float
    unit: str = "ms"
    note: str = ""

    @property
    def ratio(self) -> float | None:
        """How many times the reference ours takes; None where the reference is nothing."""
        return self.ours / self.reference if self.reference else None

    def as_json(self) -> dict[str, object]:
        """For the file that is kept beside the table."""
        return asdict(self) | {"ratio": self.ratio}


def milliseconds(act: Act) -> float:
    """How long it takes once."""
    started = time.perf_counter()
    act()
    return (time.perf_counter() - started) * 1000


def compare(name: str, ours: Act, reference: Act, *, rounds: int = 30, note: str = "") -> list[Row]:
    """p50 and p95 of both, measured in turns so that a busy moment falls on both alike."""
    ours(), reference()
    pairs = [(milliseconds(ours), milliseconds(reference)) for _ in range(rounds)]
    mine, theirs = zip(*pairs, strict=True)
    return [
        Row(f"{name} p50", statistics.median(mine), statistics.median(theirs), note=note),
        Row(f"{name} p95", _p95(mine), _p95(theirs), note=note),
    ]


def _p95(times: tuple[float, ...]) -> float:
    return statistics.quantiles(times, n=20, method="inclusive")[-1]
