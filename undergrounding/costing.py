"""What a route would cost by the rates people entered: pure, every figure with its why."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

DONG = Decimal(1)
ILLUSTRATIVE = "illustrative"


@dataclass(frozen=True)
class Rate:
    """One rate in đồng per metre with its source, confidence and first day."""

    method: str
    vnd_per_m: Decimal
    source: str
    confidence: str
    valid_from: date


@dataclass(frozen=True)
class CostLine:
    """One segment's share; `amount` is None where its method has no rate."""

    number: int
    method: str
    length_m: float
    rate: Rate | None
    amount: Decimal | None


@dataclass(frozen=True)
class Estimate:
    """The lines of all segments, in đồng. `total` counts only what has a rate."""

    lines: tuple[CostLine, ...]

    @property
    def total(self) -> Decimal:
        return sum((line.amount for line in self.lines if line.amount is not None), Decimal(0))

    @property
    def is_complete(self) -> bool:
        """Whether every segment has a rate: only then is the total the route's."""
        return bool(self.lines) and all(line.amount is not None for line in self.lines)

    @property
    def is_empty(self) -> bool:
        """Whether no segment has a rate."""
        return all(line.amount is None for line in self.lines)

    @property
    def is_illustrative(self) -> bool:
        """Whether any figure in it is only an illustration."""
        return any(line.rate and line.rate.confidence == ILLUSTRATIVE for line in self.lines)

    @property
    def uncosted_m(self) -> float:
        """Metres that have no rate."""
        return sum(line.length_m for line in self.lines if line.amount is None)

    def to_json(self) -> dict[str, Any]:
        """For evidence and for the editor: amounts as whole đồng."""
        return {
            "total": int(self.total),
            "is_complete": self.is_complete,
            "is_empty": self.is_empty,
            "is_illustrative": self.is_illustrative,
            "uncosted_m": round(self.uncosted_m, 2),
            "lines": [_line_json(line) for line in self.lines],
        }


def estimate(segments: Iterable[tuple[int, str, float]], rates: Mapping[str, Rate]) -> Estimate:
    """The cost of segments given as (number, method, length in metres), rounded to whole đồng."""
    lines = (
        _line(number, method, metres, rates.get(method)) for number, method, metres in segments
    )
    return Estimate(tuple(lines))


def _line(number: int, method: str, length_m: float, rate: Rate | None) -> CostLine:
    if rate is None:
        return CostLine(number, method, length_m, None, None)
    # The length is priced as it is shown: in hundredths of a metre.
    metres = Decimal(str(round(length_m, 2)))
    amount = (metres * rate.vnd_per_m).quantize(DONG, ROUND_HALF_UP)
    return CostLine(number, method, length_m, rate, amount)


def _line_json(line: CostLine) -> dict[str, Any]:
    rate = line.rate
    return {
        "number": line.number,
        "method": line.method,
        "length_m": round(line.length_m, 2),
        "amount": None if line.amount is None else int(line.amount),
        "rate": rate
        and {
            "vnd_per_m": int(rate.vnd_per_m),
            "source": rate.source,
            "confidence": rate.confidence,
            "valid_from": rate.valid_from.isoformat(),
        },
    }
