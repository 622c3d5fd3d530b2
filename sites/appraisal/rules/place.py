"""Whether the point lies where the applicant says it does."""

from infra.ground.rules import Finding, Severity
from sites.appraisal.rules.measured import Measures, Place

RULE = "place"
KINDS = ("xa", "phuong", "thi tran", "xã", "phường", "thị trấn")


def judge(measures: Measures) -> Finding:
    """Pass in the declared commune; advisory in another; outside the province blocks."""
    place = measures.place
    params = {
        "unit": place.unit or "",
        "declared": place.declared,
        "approximate": place.boundary_is_approximate,
    }
    severity, code = _verdict(place)
    return Finding(rule=RULE, severity=severity, code=code, params=params)


def _verdict(place: Place) -> tuple[Severity, str]:
    if not place.boundaries_loaded:
        return Severity.UNDETERMINED, "place.no_boundaries"
    if place.unit is None:
        sure = not place.boundary_is_approximate
        return (Severity.BLOCKING if sure else Severity.ADVISORY), "place.outside_province"
    if place.declared and not same_name(place.unit, place.declared):
        return Severity.ADVISORY, "place.other_unit"
    return Severity.PASS, "place.in_unit"


def same_name(found: str, declared: str) -> bool:
    """Whether two names of a commune are one, whatever the case or the word before them."""
    return _bare(found) == _bare(declared)


def _bare(name: str) -> str:
    words = " ".join(name.casefold().replace("tp.", " ").split())
    for kind in KINDS:
        words = words.removeprefix(f"{kind} ")
    return words
