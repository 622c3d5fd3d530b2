"""The catalogue: each finding's code as a fact (for papers) and as advice (for pages)."""

from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infra.ground.rules import Finding
from infra.ground.standing import standing

RULE_NAMES: dict[str, str | Promise] = {
    "described": _("Segments described"),
    "territory": _("Inside the province"),
    "cover_depth": _("Cover depth"),
    "water_crossing": _("River and canal crossings"),
    "shape": _("Shape of the line"),
}
FACTS: dict[str, str | Promise] = {
    "segments_missing": _("Part of the line belongs to no segment."),
    "segments_untold": _("Segment %(segments)s still needs a method and a surface."),
    "segments_told": _("All %(count)s segments say how the cable is laid and under what."),
    "inside": _("The whole line lies inside the province."),
    "border_unknown": _(
        "No boundaries are loaded, so nobody can tell whether the line stays in the province."
    ),
    "outside": _("%(metres)s m of the line lie outside the province."),
    "outside_approximate": _(
        "%(metres)s m of the line seem to lie outside the province; the boundaries loaded here "
        "are only approximate."
    ),
    "depth_enough": _(
        "Segment %(segment)s: ducts lie %(measured_mm)s mm deep, %(limit_mm)s mm are asked for."
    ),
    "depth_shallow": _(
        "Segment %(segment)s: ducts lie only %(measured_mm)s mm deep, less than %(limit_mm)s mm."
    ),
    "depth_missing": _(
        "Segment %(segment)s: no depth is given; at least %(limit_mm)s mm are asked for."
    ),
    "depth_no_limit": _("Segment %(segment)s: the table holds no depth for this surface."),
    "depth_no_surface": _("Segment %(segment)s: without a surface its depth cannot be judged."),
    "water_no_layer": _("No layer of rivers and canals is loaded, so crossings are unknown."),
    "water_none": _("The line crosses no river or canal."),
    "water_crossed": _(
        "Segment %(segment)s crosses %(name)s from %(from_m)s m to %(to_m)s m without drilling "
        "under it."
    ),
    "water_crossed_drilled": _(
        "Segment %(segment)s goes under %(name)s from %(from_m)s m to %(to_m)s m."
    ),
    "self_crossing": _("The line crosses itself in %(count)s places."),
    "repeated": _("%(count)s vertices lie on the one before."),
    "segment_short": _("Segment %(segment)s is shorter than a metre."),
    "shape_sound": _("The line neither crosses itself nor repeats a vertex."),
}
ADVICE: dict[str, str | Promise] = {
    "segments_missing": _("Open the editor: it closes the gap when it saves."),
    "segments_untold": _("Choose them in the editor."),
    "outside": _("Draw it inside."),
    "outside_approximate": _("Check on the ground."),
    "depth_shallow": _(
        "Lay them deeper, or cover them with a grade-150 concrete slab 100 mm thick."
    ),
    "depth_missing": _("Type it in where it is known."),
    "depth_no_limit": _("Ask the technical unit."),
    "depth_no_surface": _("Choose the surface in the editor."),
    "water_crossed": _("Change the method, or ask the body in charge of the waterway."),
    "water_crossed_drilled": _("Ask the body in charge of the waterway."),
    "self_crossing": _("Move a vertex, or divide the route in two where it meets itself."),
    "repeated": _("Delete them in the editor."),
    "segment_short": _("If it is a slip of the hand, join it with its neighbour."),
}
NAMELESS_WATER = _("a river or canal without a name")


def fact(finding: Finding) -> str:
    """What was found, in words of the active language, its figures written the country's way."""
    params = {key: _shown(value) for key, value in finding.params.items()}
    if "name" in params and not params["name"]:
        params["name"] = str(NAMELESS_WATER)
    return str(FACTS[finding.code]) % params


def sentence(finding: Finding) -> str:
    """What was found, and what to do about it."""
    return f"{fact(finding)} {ADVICE.get(finding.code, '')}".strip()


def _shown(value: object) -> str:
    if isinstance(value, float):
        whole = value.is_integer()
        return number_format(int(value) if whole else value, force_grouping=True)
    if isinstance(value, int):
        return number_format(value, force_grouping=True)
    return str(value)


SEVERITY_NAMES: dict[str, str | Promise] = {
    "pass": _("Passes"),
    "advisory": _("Advice"),
    "blocking": _("Does not pass"),
    "undetermined": _("Not enough data"),
}


def source_of(finding: Finding) -> str:
    """Where the limit comes from and how sure that is; else the layers measured against."""
    citation = finding.citation
    if citation is None:
        return "; ".join(source for source in finding.datasets if source)
    parts = (citation.instrument, citation.article, *standing(citation), citation.adopted_by)
    return " · ".join(part for part in parts if part)


def finding_for_page(finding: Finding) -> dict[str, Any]:
    """A finding as pages and scripts show it."""
    return {
        "rule": str(RULE_NAMES[finding.rule]),
        "severity": finding.severity.value,
        "severity_label": str(SEVERITY_NAMES[finding.severity.value]),
        "sentence": sentence(finding),
        "source": source_of(finding),
        "evidence": finding.evidence,
    }
