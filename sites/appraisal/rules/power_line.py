"""Power works (NĐ 62/2025/NĐ-CP): what a falling mast could reach, and the line's own corridor."""

from infra.ground.rules import Citation, Finding, Limit, Severity
from sites.appraisal.rules.fall_zone import fall_evidence, hit_params, radius_params
from sites.appraisal.rules.measured import Hit, Limits, Measures, features

RULE = "power_line"
LIMIT = "power-line-beyond-fall"
CORRIDOR_RULE = "power_corridor"
CORRIDOR_PREFIX = "power-corridor-"
"""Rows `power-corridor-22kv`: metres from the line's axis to each side, one row per voltage."""


def judge(measures: Measures, limits: Limits) -> Finding:
    """Advisory when the fall circle reaches a line: the act forbids, but the circle is in-house."""
    limit = limits.get(LIMIT)
    layer = measures.fall.get("power_line")
    radius_m = measures.fall_radius_m
    if limit is None:
        return _undetermined(RULE, "power_line.no_limit")
    if radius_m is None:
        return _undetermined(RULE, "fall_zone.height_missing", limit.citation)
    if layer is None:
        return _undetermined(RULE, "layer.absent", limit.citation)
    nearest = layer.nearest
    return Finding(
        rule=RULE,
        severity=Severity.ADVISORY if nearest else Severity.PASS,
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


def corridor_code(voltage_kv: float) -> str:
    """The code of the row that gives the corridor of a voltage: 22 → `power-corridor-22kv`."""
    return f"{CORRIDOR_PREFIX}{voltage_kv:g}kv".replace(".", "-")


def judge_corridor(measures: Measures, limits: Limits) -> Finding:
    """Blocking inside a line's own corridor by an adopted width; no width, no verdict."""
    layer = measures.lines
    if layer is None:
        return _undetermined(CORRIDOR_RULE, "layer.absent")
    judged = [(hit, _width(hit, limits)) for hit in layer.hits]
    within = [(hit, row) for hit, row in judged if row and hit.distance_m < row.value]
    within.sort(key=lambda pair: not pair[1].is_binding)
    unknown = [hit for hit, row in judged if row is None]
    if within:
        return _inside(*within[0], layer.dataset)
    if unknown:
        return _no_width(unknown[0], layer.dataset)
    return Finding(
        rule=CORRIDOR_RULE,
        severity=Severity.PASS,
        code="power_corridor.outside" if judged else "power_corridor.none_near",
        params={"reach_m": measures.line_reach_m},
        datasets=(layer.dataset,),
    )


def _width(hit: Hit, limits: Limits) -> Limit | None:
    return limits.get(corridor_code(hit.voltage_kv)) if hit.voltage_kv else None


def _inside(hit: Hit, row: Limit, dataset: str) -> Finding:
    return Finding(
        rule=CORRIDOR_RULE,
        severity=Severity.BLOCKING if row.is_binding else Severity.ADVISORY,
        code="power_corridor.inside",
        params={**_line_params(hit), "width_m": row.value},
        measured=hit.distance_m,
        limit=row.value,
        unit="m",
        citation=row.citation,
        evidence=features(hit.geometry, hit.link),
        datasets=(dataset,),
    )


def _no_width(hit: Hit, dataset: str) -> Finding:
    return Finding(
        rule=CORRIDOR_RULE,
        severity=Severity.UNDETERMINED,
        code="power_corridor.no_width" if hit.voltage_kv else "power_corridor.no_voltage",
        params=_line_params(hit),
        measured=hit.distance_m,
        unit="m",
        evidence=features(hit.geometry, hit.link),
        datasets=(dataset,),
    )


def _line_params(hit: Hit) -> dict[str, object]:
    return {"name": hit.name, "distance_m": hit.distance_m, "voltage_kv": hit.voltage_kv}


def _undetermined(rule: str, code: str, citation: Citation | None = None) -> Finding:
    return Finding(
        rule=rule,
        severity=Severity.UNDETERMINED,
        code=code,
        params={"kind": "power_line"},
        citation=citation,
    )
