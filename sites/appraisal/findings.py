"""Findings as people read them: sign, sentence, measured, limit, source and how sure it is."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.rules import Citation, Finding, Severity
from infra.ground.standing import standing
from sites.appraisal.sentences import DUTIES, metres, rule_title, sentence

LABELS: dict[Severity, Promise] = {
    Severity.PASS: gettext_lazy("Passed"),
    Severity.ADVISORY: gettext_lazy("To note"),
    Severity.BLOCKING: gettext_lazy("Not passed"),
    Severity.UNDETERMINED: gettext_lazy("Not enough data"),
}
ICONS = {
    Severity.PASS: "check-circle",
    Severity.ADVISORY: "exclamation-triangle",
    Severity.BLOCKING: "x-octagon",
    Severity.UNDETERMINED: "question-circle",
}


@dataclass(frozen=True)
class FindingRow:
    """One line of the list of rules; `evidence` is GeoJSON in EPSG:4326 or None."""

    rule: str
    title: str
    severity: str
    label: str
    icon: str
    sentence: str
    measured: str
    limit: str
    source: str
    confidence: str
    datasets: str
    evidence: Mapping[str, Any] | None


def finding_rows(findings: Iterable[Finding]) -> list[FindingRow]:
    """The lines of a list of findings."""
    return [_row(finding) for finding in findings]


def severity_label(severity: str) -> str:
    """The word for a severity."""
    return str(LABELS[Severity(severity)])


def _row(finding: Finding) -> FindingRow:
    return FindingRow(
        rule=finding.rule,
        title=rule_title(finding.rule),
        severity=finding.severity.value,
        label=severity_label(finding.severity),
        icon=ICONS[finding.severity],
        sentence=sentence(finding),
        measured=_with_unit(finding.measured, finding.unit),
        limit=_with_unit(finding.limit, finding.unit),
        source=_source(finding),
        confidence=_confidence(finding.citation),
        datasets=", ".join(finding.datasets),
        evidence=finding.evidence,
    )


def _with_unit(value: float | None, unit: str) -> str:
    return "" if value is None else f"{metres(value)} {unit}".strip()


def _source(finding: Finding) -> str:
    citation = finding.citation
    if citation is None:
        return _("no basis on record") if finding.code in DUTIES else ""
    return ", ".join(part for part in (citation.instrument, citation.article) if part)


def _confidence(citation: Citation | None) -> str:
    return ", ".join(standing(citation)) if citation else ""
