"""What a rule says of a measured fact."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any, Self

from infra.ground.rules.citation import Citation


class Severity(StrEnum):
    """How far a finding goes; what could not be measured is never a pass."""

    PASS = "pass"  # noqa: S105 - a verdict, not a password
    ADVISORY = "advisory"
    BLOCKING = "blocking"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Finding:
    """A verdict with its measured value, limit, source, evidence (GeoJSON, EPSG:4326) and data.

    `code` and `params` make the sentence (values here, words in a catalogue); `datasets` names
    the dataset versions that were measured against, such as "school v3".
    """

    rule: str
    severity: Severity
    code: str
    params: Mapping[str, Any] = field(default_factory=dict)
    measured: float | None = None
    limit: float | None = None
    unit: str = ""
    citation: Citation | None = None
    evidence: Mapping[str, Any] | None = None
    datasets: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {
            "rule": self.rule,
            "severity": self.severity.value,
            "code": self.code,
            "params": dict(self.params),
            "measured": self.measured,
            "limit": self.limit,
            "unit": self.unit,
            "citation": self.citation.to_json() if self.citation else None,
            "evidence": dict(self.evidence) if self.evidence is not None else None,
            "datasets": list(self.datasets),
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Self:
        citation = data.get("citation")
        return cls(
            rule=data["rule"],
            severity=Severity(data["severity"]),
            code=data["code"],
            params=data.get("params") or {},
            measured=data.get("measured"),
            limit=data.get("limit"),
            unit=data.get("unit", ""),
            citation=Citation.from_json(citation) if citation else None,
            evidence=data.get("evidence"),
            datasets=tuple(data.get("datasets") or ()),
        )
