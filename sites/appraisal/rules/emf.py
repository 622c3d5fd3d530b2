"""Exposure: far-field distance d = √(EIRP / 4πS) to where people stay (QCVN 8:2022/BTTTT)."""

from math import pi, sqrt

from infra.ground.rules import Finding, Limit, Severity
from sites.appraisal.rules.measured import Limits, Measures, features

RULE = "emf"
LIMIT = "emf-power-density"


def exposure_distance_m(eirp_w: float, density: Limit) -> float:
    """Metres on the main lobe within which the power density exceeds the limit (W/m²)."""
    return sqrt(eirp_w / (4 * pi * density.value))


def judge(measures: Measures, limits: Limits) -> Finding:
    """Undetermined without radiated power; advisory when people stay nearer than the distance."""
    limit = limits.get(LIMIT)
    eirp_w = measures.structure.eirp_w
    public = measures.public
    if limit is None or eirp_w is None or public is None:
        code = "emf.no_limit" if limit is None else "emf.no_data"
        if limit is not None and eirp_w is not None:
            code = "emf.no_layer"
        return Finding(
            rule=RULE,
            severity=Severity.UNDETERMINED,
            code=code,
            citation=limit.citation if limit else None,
        )
    distance_m = exposure_distance_m(eirp_w, limit)
    nearest = public.nearest
    near = nearest is not None and nearest.distance_m < distance_m
    return Finding(
        rule=RULE,
        severity=Severity.ADVISORY if near else Severity.PASS,
        code="emf.near" if near else "emf.far",
        params={
            "exposure_m": distance_m,
            "eirp_w": eirp_w,
            "density": limit.value,
            "name": nearest.name if nearest else "",
            "kind": public.kind,
            "distance_m": nearest.distance_m if nearest else None,
        },
        measured=nearest.distance_m if nearest else None,
        limit=distance_m,
        unit="m",
        citation=limit.citation,
        evidence=features(nearest.geometry, nearest.link) if nearest and near else None,
        datasets=(public.dataset,),
    )
