"""Height above ground (NĐ 32/2016/NĐ-CP): marking from a limit up; an approval to ask about."""

from infra.ground.rules import Finding, Severity
from sites.appraisal.rules.measured import Limits, Measures, features

MARKING = "height-marking"
APPROVAL = "height-approval"
CODES = {
    MARKING: ("height", "height.marking_needed"),
    APPROVAL: ("height_approval", "height.approval_to_ask"),
}
"""Two rows, two findings: which works need an approval stands in a part nobody has read."""


def judge(measures: Measures, limits: Limits) -> list[Finding]:
    """Advisory from a limit up; undetermined without heights."""
    return [_judge_row(code, measures, limits) for code in CODES]


def _judge_row(row: str, measures: Measures, limits: Limits) -> Finding:
    rule, needed = CODES[row]
    limit = limits.get(row)
    total = measures.structure.total_height_m
    if limit is None or total is None:
        code = "height.no_limit" if limit is None else "height.missing"
        return Finding(rule=rule, severity=Severity.UNDETERMINED, code=code)
    high = total >= limit.value
    return Finding(
        rule=rule,
        severity=Severity.ADVISORY if high else Severity.PASS,
        code=needed if high else "height.below",
        params={
            "total_m": total,
            "limit_m": limit.value,
            "height_m": measures.structure.height_m,
            "building_height_m": (
                measures.structure.building_height_m if measures.structure.on_roof else None
            ),
        },
        measured=total,
        limit=limit.value,
        unit="m",
        citation=limit.citation,
    )


def judge_airport(measures: Measures, limits: Limits) -> Finding:
    """Advisory inside an airport's vicinity: height counts there from the airport's level."""
    layer = measures.inside.get("airport")
    if layer is None:
        return Finding(
            rule="airport",
            severity=Severity.UNDETERMINED,
            code="layer.absent",
            params={"kind": "airport"},
        )
    nearest = layer.nearest
    marking = limits.get(MARKING)
    return Finding(
        rule="airport",
        severity=Severity.ADVISORY if nearest else Severity.PASS,
        code="airport.inside" if nearest else "airport.outside",
        params={"kind": "airport", "name": nearest.name if nearest else ""},
        citation=marking.citation if marking and nearest else None,
        evidence=features(*(hit.geometry for hit in layer.hits)),
        datasets=(layer.dataset,),
    )
