"""Construction permit in an urban area: asked of the classes that need it, A1 is exempt."""

from infra.ground.rules import Finding, Limit, Severity
from sites.appraisal.rules.measured import Limits, Measures, features

RULE = "urban_area"
NEEDED = "permit-urban"
EXEMPT = "permit-exempt-a1"
EXEMPT_CLASSES = frozenset({"A1a", "A1b"})


def judge(measures: Measures, limits: Limits) -> Finding:
    """Advisory inside (the landscape is looked at in any case), pass outside."""
    layer = measures.inside.get(RULE)
    if layer is None:
        return Finding(
            rule=RULE, severity=Severity.UNDETERMINED, code="layer.absent", params={"kind": RULE}
        )
    nearest = layer.nearest
    if nearest is None:
        return Finding(
            rule=RULE,
            severity=Severity.PASS,
            code="constraint.outside",
            params={"kind": RULE, "name": ""},
            datasets=(layer.dataset,),
        )
    code, row = _asked(measures.structure.mast_class, limits)
    return Finding(
        rule=RULE,
        severity=Severity.ADVISORY,
        code=code,
        params={"kind": RULE, "name": nearest.name, "class": measures.structure.mast_class},
        citation=row.citation if row else None,
        evidence=features(*(hit.geometry for hit in layer.hits)),
        datasets=(layer.dataset,),
    )


def _asked(mast_class: str, limits: Limits) -> tuple[str, Limit | None]:
    if not mast_class:
        return "urban_area.class_missing", limits.get(NEEDED)
    if mast_class in EXEMPT_CLASSES and (row := limits.get(EXEMPT)):
        return "urban_area.permit_exempt", row
    return "urban_area.permit_needed", limits.get(NEEDED)
