"""Power works: no antenna where a falling mast could damage them (NĐ 62/2025/NĐ-CP)."""

from infra.ground.rules import Citation, Finding, Severity
from sites.appraisal.rules.fall_zone import fall_evidence, hit_params, radius_params
from sites.appraisal.rules.measured import Limits, Measures

RULE = "power_line"
LIMIT = "power-line-beyond-fall"


def judge(measures: Measures, limits: Limits) -> Finding:
    """Blocking when the fall circle reaches a power line; the circle itself is in-house."""
    limit = limits.get(LIMIT)
    layer = measures.fall.get("power_line")
    radius_m = measures.fall_radius_m
    if limit is None:
        return _undetermined("power_line.no_limit")
    if radius_m is None:
        return _undetermined("fall_zone.height_missing", limit.citation)
    if layer is None:
        return _undetermined("layer.absent", limit.citation)
    nearest = layer.nearest
    worst = Severity.BLOCKING if limit.is_binding else Severity.ADVISORY
    return Finding(
        rule=RULE,
        severity=worst if nearest else Severity.PASS,
        code="power_line.inside" if nearest else "power_line.clear",
        params={"kind": "power_line", **radius_params(measures.structure, radius_m)}
        | hit_params(layer),
        measured=nearest.distance_m if nearest else None,
        limit=radius_m + limit.value,
        unit="m",
        citation=limit.citation,
        evidence=fall_evidence(measures, layer),
        datasets=(layer.dataset,),
    )


def _undetermined(code: str, citation: Citation | None = None) -> Finding:
    return Finding(
        rule=RULE,
        severity=Severity.UNDETERMINED,
        code=code,
        params={"kind": "power_line"},
        citation=citation,
    )
