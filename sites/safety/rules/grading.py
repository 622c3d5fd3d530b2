"""The safety grade of a visit, fail-closed (a scale of our own: no national one was found)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.ground.rules import Limit

# Severity of a failed item (1 slight … 4 dangerous) → the best grade it allows.
BEST_BY_SEVERITY = {1: "B", 2: "B", 3: "C", 4: "D"}
_DEFAULT_SEVERITY = 3  # a failure whose severity nobody gave is not taken lightly


@dataclass(frozen=True, slots=True)
class CheckedItem:
    """One checklist line as the inspector left it; `result` None: not answered."""

    code: str
    label: str
    is_critical: bool
    result: str | None
    severity: int | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why the grade is no better than `best`; code and params make the sentence."""

    code: str
    best: str
    params: Mapping[str, Any] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return {"code": self.code, "best": self.best, "params": dict(self.params)}


@dataclass(frozen=True, slots=True)
class Verdict:
    """The grade and everything that kept it from being better, worst first."""

    grade: str
    reasons: tuple[Reason, ...]


def grade_visit(
    items: Iterable[CheckedItem],
    *,
    plumb_ratio: float | None = None,
    plumb_limit: Limit | None = None,
) -> Verdict:
    """The worst of all reasons: nothing is averaged, nothing unanswered counts as sound.

    `plumb_ratio` is the deviation of the top divided by the height (1/400 = 0.0025).
    """
    found = [reason for item in items if (reason := _reason_of(item))]
    if tilt := _tilt_reason(plumb_ratio, plumb_limit):
        found.append(tilt)
    found.sort(key=lambda reason: reason.best, reverse=True)
    return Verdict(found[0].best if found else "A", tuple(found))


def _reason_of(item: CheckedItem) -> Reason | None:
    about = {"item": item.code, "label": item.label}
    if item.result == "fail":
        severity = item.severity or _DEFAULT_SEVERITY
        best = BEST_BY_SEVERITY[severity]
        return Reason("item_failed", best, {**about, "severity": severity})
    if item.result in {None, "unable"}:
        code = "item_unanswered" if item.result is None else "item_unable"
        return Reason(code, "C" if item.is_critical else "B", about)
    return None


def _tilt_reason(ratio: float | None, limit: Limit | None) -> Reason | None:
    if ratio is None or limit is None or ratio <= limit.value:
        return None
    citation = limit.citation
    params = {
        "measured_percent": round(ratio * 100, 2),
        "limit_percent": round(limit.value * 100, 2),
        "instrument": citation.instrument,
        "confidence": citation.confidence,
        "is_binding": limit.is_binding,
    }
    return Reason("out_of_plumb", "C", params)
