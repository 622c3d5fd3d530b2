"""Fall zone, in-house model: a circle of height above ground; at worst a check is advised."""

from infra.ground.rules import Finding, Limit, Severity
from sites.appraisal.rules.measured import LayerHits, Limits, Measures, Structure, features

MODEL = "in-house"
MODEL_VERSION = "v1"
MULTIPLIER = "fall-radius-multiplier"
KINDS = ("house", "school", "hospital", "road")


def fall_radius_m(structure: Structure, multiplier: Limit | None) -> float | None:
    """Metres a falling mast may reach: height above ground times the row's multiplier."""
    total = structure.total_height_m
    if total is None or multiplier is None:
        return None
    return total * multiplier.value


def judge(measures: Measures, limits: Limits) -> list[Finding]:
    """One finding per kind of thing that a fall could reach; never blocking by itself."""
    limit = limits.get(MULTIPLIER)
    if measures.fall_radius_m is None or limit is None:
        code = "fall_zone.no_limit" if limit is None else "fall_zone.height_missing"
        return [Finding(rule="fall_zone", severity=Severity.UNDETERMINED, code=code)]
    return [_judge_kind(kind, measures, measures.fall_radius_m, limit) for kind in KINDS]


def _judge_kind(kind: str, measures: Measures, radius_m: float, limit: Limit) -> Finding:
    layer = measures.fall.get(kind)
    rule = f"fall_zone.{kind}"
    params = {"kind": kind, **radius_params(measures.structure, radius_m)}
    if layer is None:
        return Finding(
            rule=rule, severity=Severity.UNDETERMINED, code="layer.absent", params={"kind": kind}
        )
    nearest = layer.nearest
    return Finding(
        rule=rule,
        severity=Severity.ADVISORY if nearest else Severity.PASS,
        code="fall_zone.inside" if nearest else "fall_zone.clear",
        params={**params, **hit_params(layer)},
        measured=nearest.distance_m if nearest else None,
        limit=radius_m,
        unit="m",
        citation=limit.citation,
        evidence=fall_evidence(measures, layer),
        datasets=(layer.dataset,),
    )


def radius_params(structure: Structure, radius_m: float) -> dict[str, object]:
    """What a sentence says of the circle: radius, parts of the height, model and version."""
    return {
        "radius_m": radius_m,
        "height_m": structure.height_m,
        "building_height_m": structure.building_height_m if structure.on_roof else None,
        "model": MODEL,
        "model_version": MODEL_VERSION,
    }


def hit_params(layer: LayerHits) -> dict[str, object]:
    """What a sentence says of the things met: the nearest, and how many there are."""
    nearest = layer.nearest
    return {
        "name": nearest.name if nearest else "",
        "distance_m": nearest.distance_m if nearest else None,
        "count": layer.count,
    }


def fall_evidence(measures: Measures, layer: LayerHits) -> dict[str, object] | None:
    """The circle, and what lies in it."""
    return features(
        measures.fall_circle,
        *(part for hit in layer.hits for part in (hit.geometry, hit.link)),
    )
