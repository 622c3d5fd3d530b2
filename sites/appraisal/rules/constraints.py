"""Areas that ask for a look before agreeing: heritage, erosion, border zone."""

from infra.ground.rules import Finding, Severity
from sites.appraisal.rules.measured import Limits, Measures, features

KINDS = ("heritage", "erosion", "border_zone")
DUTY = {kind: f"duty-{kind.replace('_', '-')}" for kind in KINDS}
"""The row that names the act behind a kind's duty; a kind without one says it has no basis."""


def judge(measures: Measures, limits: Limits) -> list[Finding]:
    """Advisory inside, pass outside, undetermined where the layer is absent."""
    return [_judge_kind(kind, measures, limits) for kind in KINDS]


def _judge_kind(kind: str, measures: Measures, limits: Limits) -> Finding:
    layer = measures.inside.get(kind)
    duty = limits.get(DUTY[kind])
    if layer is None:
        return Finding(
            rule=kind, severity=Severity.UNDETERMINED, code="layer.absent", params={"kind": kind}
        )
    nearest = layer.nearest
    return Finding(
        rule=kind,
        severity=Severity.ADVISORY if nearest else Severity.PASS,
        code=f"{kind}.inside" if nearest else "constraint.outside",
        params={"kind": kind, "name": nearest.name if nearest else ""},
        citation=duty.citation if duty and nearest else None,
        evidence=features(*(hit.geometry for hit in layer.hits)),
        datasets=(layer.dataset,),
    )
