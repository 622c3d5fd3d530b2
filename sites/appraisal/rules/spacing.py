"""Spacing to existing masts: nearer than the limit, sharing is advised."""

from infra.ground.rules import Finding, Limit, Severity
from sites.appraisal.rules.measured import Limits, Measures, features

RULE = "spacing"


def spacing_codes(
    mast_class: str, height_m: float | None, *, urban: bool, split: Limit | None
) -> tuple[str, ...]:
    """Codes of the limit rows that apply, the most particular first."""
    area = "urban" if urban else "rural"
    codes = [f"spacing-{area}-{mast_class.lower()}", f"spacing-{area}"]
    if mast_class == "A2a" and split is not None and height_m is not None:
        band = "low" if height_m <= split.value else "high"
        codes.insert(0, f"spacing-{area}-a2a-{band}")
    return tuple(codes)


def limit_for(measures: Measures, limits: Limits) -> Limit | None:
    """The spacing limit of the class and the area, or None when none is on record."""
    structure = measures.structure
    codes = spacing_codes(
        structure.mast_class,
        structure.height_m,
        urban=bool(measures.is_urban),
        split=limits.get("spacing-a2a-split"),
    )
    return next((found for code in codes if (found := limits.get(code))), None)


def judge(measures: Measures, limits: Limits) -> Finding:
    """Pass when no mast is nearer than the limit; nearer blocks only under an adopted limit."""
    if measures.is_urban is None:
        return Finding(rule=RULE, severity=Severity.UNDETERMINED, code="spacing.area_unknown")
    limit = limit_for(measures, limits)
    if limit is None:
        return Finding(rule=RULE, severity=Severity.UNDETERMINED, code="spacing.no_limit")
    if measures.neighbour_reach_m < limit.value:
        return Finding(rule=RULE, severity=Severity.UNDETERMINED, code="spacing.not_measured")
    return _compare(measures, limit)


def _compare(measures: Measures, limit: Limit) -> Finding:
    near = [hit for hit in measures.neighbours if hit.distance_m < limit.value]
    nearest = measures.neighbours[0] if measures.neighbours else None
    severity, code = Severity.PASS, "spacing.far_enough" if nearest else "spacing.none_near"
    if near and limit.is_binding:
        severity, code = Severity.BLOCKING, "spacing.too_near"
    elif near:
        severity, code = Severity.ADVISORY, "spacing.too_near_reference"
    shown = [*near[:5]] or ([nearest] if nearest else [])
    return Finding(
        rule=RULE,
        severity=severity,
        code=code,
        params={
            "mast": nearest.name if nearest else "",
            "distance_m": nearest.distance_m if nearest else None,
            "limit_m": limit.value,
            "reach_m": measures.neighbour_reach_m,
            "count": len(near),
            "province": limit.citation.province,
            "urban": bool(measures.is_urban),
            "all_masts": measures.sees_all_masts,
        },
        measured=nearest.distance_m if nearest else None,
        limit=limit.value,
        unit="m",
        citation=limit.citation,
        evidence=features(*(part for hit in shown for part in (hit.geometry, hit.link))),
        datasets=(),
    )
