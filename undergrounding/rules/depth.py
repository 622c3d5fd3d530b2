"""Cover depth of ducts: TCVN 8700:2011 4.1.2, from the limits' table."""

from collections.abc import Mapping
from dataclasses import dataclass

from infra.ground.rules import Finding, Limit, Severity
from undergrounding.rules.facts import SegmentFact, line

RULE = "cover_depth"
DUG = frozenset({"open_trench_pavement", "open_trench_road", "hdd"})
LIMIT_OF_SURFACE = {"pavement": "cover-depth-pavement", "road": "cover-depth-road"}


def judge_depth(segment: SegmentFact, limits: Mapping[str, Limit | None]) -> Finding | None:
    """A verdict for a segment that is dug or drilled; None where no duct is laid.

    Too shallow blocks only by a limit that binds; else it warns and names the concrete slab that
    the standard asks for instead. No depth, or no limit for the surface, is undetermined.
    """
    if segment.method not in DUG:
        return None
    known = _Known(segment, limits.get(LIMIT_OF_SURFACE.get(segment.surface, "")))
    if known.limit is None:
        code = "depth_no_limit" if segment.surface else "depth_no_surface"
        return known.finding(Severity.UNDETERMINED, code)
    if segment.cover_depth_m is None:
        return known.finding(Severity.UNDETERMINED, "depth_missing")
    measured = round(segment.cover_depth_m * 1000, 3)
    if measured >= known.limit.value:
        return known.finding(Severity.PASS, "depth_enough", measured)
    severity = Severity.BLOCKING if known.limit.is_binding else Severity.ADVISORY
    return known.finding(severity, "depth_shallow", measured)


@dataclass(frozen=True)
class _Known:
    segment: SegmentFact
    limit: Limit | None

    def finding(self, severity: Severity, code: str, measured: float | None = None) -> Finding:
        limit = self.limit
        facts = {
            "segment": self.segment.number,
            "limit_mm": limit.value if limit else None,
            "measured_mm": measured,
        }
        return Finding(
            rule=RULE,
            severity=severity,
            code=code,
            params={key: value for key, value in facts.items() if value is not None},
            measured=measured,
            limit=limit.value if limit else None,
            unit=limit.unit if limit else "",
            citation=limit.citation if limit else None,
            evidence=line(self.segment.vertices),
        )
