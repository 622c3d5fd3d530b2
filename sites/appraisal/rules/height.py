"""Height above ground: from the limit up, the height approval is needed (NĐ 32/2016/NĐ-CP)."""

from infra.ground.rules import Finding, Severity
from sites.appraisal.rules.measured import Limits, Measures, features

RULE = "height"
LIMIT = "height-approval"


def judge(measures: Measures, limits: Limits) -> Finding:
    """Advisory from the limit up: the paper is asked for; undetermined without heights."""
    limit = limits.get(LIMIT)
    total = measures.structure.total_height_m
    if limit is None or total is None:
        code = "height.no_limit" if limit is None else "height.missing"
        return Finding(rule=RULE, severity=Severity.UNDETERMINED, code=code)
    high = total >= limit.value
    return Finding(
        rule=RULE,
        severity=Severity.ADVISORY if high else Severity.PASS,
        code="height.approval_needed" if high else "height.below",
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


def judge_airport(measures: Measures) -> Finding:
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
    return Finding(
        rule="airport",
        severity=Severity.ADVISORY if nearest else Severity.PASS,
        code="airport.inside" if nearest else "airport.outside",
        params={"kind": "airport", "name": nearest.name if nearest else ""},
        evidence=features(*(hit.geometry for hit in layer.hits)),
        datasets=(layer.dataset,),
    )
