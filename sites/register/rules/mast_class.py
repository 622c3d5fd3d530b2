"""Class A1a is computable: small on a building. Pure; the limits come from the table."""

from dataclasses import dataclass

from infra.ground.rules import Citation, Finding, Limit, Severity

RULE = "mast_class"
HEIGHT_SHARE = "mast.a1a.height_share"
HEIGHT = "mast.a1a.height_m"
HALF_WIDTH = "mast.a1a.half_width_m"
LIMIT_CODES = (HEIGHT_SHARE, HEIGHT, HALF_WIDTH)


@dataclass(frozen=True, slots=True)
class MastShape:
    """What the class follows from; metres, the height without lightning rod above its footing."""

    is_on_building: bool
    height_m: float | None
    building_height_m: float | None
    half_width_m: float | None


def propose_class(shape: MastShape, limits: dict[str, Limit]) -> tuple[str, Finding]:
    """The class that follows from the shape ("" when it cannot be said) and why.

    On a building: A1a when height ≤ share of the building and ≤ limit and half-width ≤ limit,
    otherwise A2a (A1b, disguised, is for a person to confirm). On the ground: A2b.
    """
    if not shape.is_on_building:
        return "A2b", Finding(RULE, Severity.PASS, "class_ground", citation=_source(limits))
    missing = _missing(shape, limits)
    is_too_high = missing == ["half_width_m"] and _is_too_high(shape, limits)
    if missing and not is_too_high:
        told = {"missing": ", ".join(missing)}
        return "", Finding(
            RULE, Severity.UNDETERMINED, "class_unknown", told, citation=_source(limits)
        )
    return _on_building(shape, limits)


def _source(limits: dict[str, Limit]) -> Citation | None:
    """The text that the classes stand in, for verdicts that need none of its numbers."""
    return limits[HEIGHT].citation if HEIGHT in limits else None


def _allowed_m(shape: MastShape, limits: dict[str, Limit]) -> float:
    building = float(shape.building_height_m or 0)
    return min(limits[HEIGHT_SHARE].value * building, limits[HEIGHT].value)


def _is_too_high(shape: MastShape, limits: dict[str, Limit]) -> bool:
    return float(shape.height_m or 0) > _allowed_m(shape, limits)


def _missing(shape: MastShape, limits: dict[str, Limit]) -> list[str]:
    fields = ("height_m", "building_height_m", "half_width_m")
    missing = [name for name in fields if getattr(shape, name) is None]
    return missing + [code for code in LIMIT_CODES if code not in limits]


def _on_building(shape: MastShape, limits: dict[str, Limit]) -> tuple[str, Finding]:
    height, building = float(shape.height_m or 0), float(shape.building_height_m or 0)
    half_width = float(shape.half_width_m or 0)
    allowed = _allowed_m(shape, limits)
    citation = limits[HEIGHT].citation
    params = {"height_m": height, "building_height_m": building, "half_width_m": half_width}
    if height > allowed:
        return "A2a", Finding(
            RULE, Severity.PASS, "class_too_high", params, height, allowed, "m", citation
        )
    widest = limits[HALF_WIDTH].value
    if half_width > widest:
        return "A2a", Finding(
            RULE, Severity.PASS, "class_too_wide", params, half_width, widest, "m", citation
        )
    return "A1a", Finding(
        RULE, Severity.PASS, "class_small", params, height, allowed, "m", citation
    )
