"""Areas that ask for a look before agreeing: heritage, erosion, border zone, urban area."""

from infra.ground.rules import Finding, Severity
from sites.appraisal.rules.measured import Measures, features

KINDS = ("heritage", "erosion", "border_zone", "urban_area")


def judge(measures: Measures) -> list[Finding]:
    """Advisory inside, pass outside, undetermined where the layer is absent."""
    return [_judge_kind(kind, measures) for kind in KINDS]


def _judge_kind(kind: str, measures: Measures) -> Finding:
    layer = measures.inside.get(kind)
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
        evidence=features(*(hit.geometry for hit in layer.hits)),
        datasets=(layer.dataset,),
    )
