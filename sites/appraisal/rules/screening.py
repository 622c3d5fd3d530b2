"""All rules on one position, the gravest finding first."""

from datetime import date

from infra.ground.rules import Finding, Severity
from sites.appraisal.rules import (
    constraints,
    emf,
    fall_zone,
    height,
    permit,
    place,
    planning,
    power_line,
    spacing,
)
from sites.appraisal.rules.measured import Limits, Measures

ORDER = (Severity.BLOCKING, Severity.ADVISORY, Severity.UNDETERMINED, Severity.PASS)


def judge(measures: Measures, limits: Limits, on: date) -> list[Finding]:
    """Every rule once, as of a day; a rule that cannot be measured says so."""
    findings = [
        power_line.judge_corridor(measures, limits),
        power_line.judge(measures, limits),
        spacing.judge(measures, limits),
        *fall_zone.judge(measures, limits),
        *height.judge(measures, limits),
        height.judge_airport(measures, limits),
        *constraints.judge(measures, limits),
        permit.judge(measures, limits),
        place.judge(measures),
        emf.judge(measures, limits),
        planning.judge(limits, on),
    ]
    return sorted(findings, key=lambda finding: ORDER.index(finding.severity))


def worst(findings: list[Finding]) -> Severity:
    """The gravest severity; a list without findings is undetermined."""
    if not findings:
        return Severity.UNDETERMINED
    return min((finding.severity for finding in findings), key=ORDER.index)
