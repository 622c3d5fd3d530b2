"""The one catalogue of sentences: what a finding's code and parameters say to a person."""

from collections.abc import Mapping
from typing import Any

from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infra.ground.choices import ConstraintKind
from infra.ground.rules import Finding

RULE_TITLES: dict[str, Promise] = {
    "spacing": _("Spacing"),
    "power_line": _("Power line"),
    "power_corridor": _("Corridor of the power line"),
    "fall_zone": _("Fall zone"),
    "fall_zone.house": _("Fall zone: houses"),
    "fall_zone.school": _("Fall zone: schools"),
    "fall_zone.hospital": _("Fall zone: hospitals"),
    "fall_zone.road": _("Fall zone: roads"),
    "height": _("Height"),
    "height_approval": _("Height approval"),
    "airport": _("Airport"),
    "heritage": _("Heritage"),
    "erosion": _("Erosion"),
    "border_zone": _("Border zone"),
    "urban_area": _("Urban area"),
    "place": pgettext_lazy("as declared", "Place"),
    "emf": _("Electromagnetic exposure"),
    "planning": _("Planning"),
}

SENTENCES: dict[str, Promise] = {
    "spacing.too_near": _(
        "Mast %(mast)s stands %(distance_m)s m away, nearer than %(limit_m)s m: it must be shared."
    ),
    "spacing.too_near_reference": _(
        "Mast %(mast)s stands %(distance_m)s m away, nearer than %(limit_m)s m (for reference: "
        "%(source)s): sharing that mast is advised."
    ),
    "spacing.far_enough": _(
        "The nearest mast, %(mast)s, stands %(distance_m)s m away; the limit is %(limit_m)s m."
    ),
    "spacing.none_near": _("No mast within %(reach_m)s m; the limit is %(limit_m)s m."),
    "spacing.area_unknown": _(
        "The spacing limit depends on whether the place is urban, and no urban areas are loaded."
    ),
    "spacing.no_limit": _("No spacing limit is on record for this class, area and date."),
    "spacing.not_measured": _("Neighbouring masts were not measured as far as the limit."),
    "fall_zone.inside": _(
        "The mast stands %(distance_m)s m from a %(kind)s%(named)s, within the fall radius of "
        "%(radius_m)s m (%(heights)s; in-house model %(model_version)s, there is no national rule; "
        "%(count)s in all): the structure must be verified."
    ),
    "fall_zone.clear": _(
        "No %(kind)s within the fall radius of %(radius_m)s m (%(heights)s; in-house model "
        "%(model_version)s)."
    ),
    "fall_zone.height_missing": _(
        "The height above ground is not complete, so the fall radius cannot be computed."
    ),
    "fall_zone.no_limit": _("No fall-zone model is on record for this date."),
    "power_line.inside": _(
        "A power line%(named)s runs %(distance_m)s m away, within the fall radius of "
        "%(radius_m)s m (%(heights)s; in-house model %(model_version)s): the structure must be "
        "verified and the power company asked."
    ),
    "power_line.clear": _(
        "No power line within the fall radius of %(radius_m)s m (%(heights)s; in-house model "
        "%(model_version)s)."
    ),
    "power_corridor.inside": _(
        "The mast stands %(distance_m)s m from the axis of a power line%(named)s of "
        "%(voltage_kv)s kV, inside its protection corridor of %(width_m)s m to each side."
    ),
    "power_corridor.outside": _("Outside the protection corridors of the power lines nearby."),
    "power_corridor.none_near": _("No power line within %(reach_m)s m."),
    "power_corridor.no_width": _(
        "A power line%(named)s of %(voltage_kv)s kV runs %(distance_m)s m away, and the table of "
        "limits has no corridor width for this voltage: an administrator enters the row with its "
        "source and the decision that adopts it; ask the power company."
    ),
    "power_corridor.no_voltage": _(
        "A power line%(named)s runs %(distance_m)s m away and its voltage is not in the data, so "
        "its protection corridor is unknown: ask the power company."
    ),
    "power_line.no_limit": _("No rule on power works is on record for this date."),
    "height.marking_needed": _(
        "%(total_m)s m above ground (%(heights)s) reaches %(limit_m)s m: the mast must be marked "
        "and lit as an obstacle."
    ),
    "height.approval_to_ask": _(
        "%(total_m)s m above ground (%(heights)s) reaches %(limit_m)s m: ask whether a height "
        "approval is needed; that part of the decree has not been read yet."
    ),
    # As screenings frozen before 24/11/2026 told it.
    "height.approval_needed": _(
        "%(total_m)s m above ground (%(heights)s) reaches %(limit_m)s m: the height approval and "
        "obstacle marking are needed."
    ),
    "height.below": _("%(total_m)s m above ground (%(heights)s) stays below %(limit_m)s m."),
    "height.missing": _("The height above ground is not complete."),
    "height.no_limit": _("No height limit is on record for this date."),
    "airport.inside": _(
        "Inside the vicinity of an airport%(named)s: height counts from the airport's level, "
        "ask for the height approval."
    ),
    "airport.outside": _("Not in the vicinity of an airport."),
    "heritage.inside": _("Inside a heritage site%(named)s: ask the culture authority."),
    "erosion.inside": _(
        "Inside an erosion warning area%(named)s: the foundation needs a bank-stability study."
    ),
    "border_zone.inside": _(
        "Inside the border zone%(named)s: the border guard and the military must be asked."
    ),
    "urban_area.permit_needed": _(
        "Inside an urban area%(named)s: a mast of class %(class)s needs a construction permit and "
        "a look at the landscape; the list of exemptions of the new Construction Law has not been "
        "read yet."
    ),
    "urban_area.permit_exempt": _(
        "Inside an urban area%(named)s: a mast of class %(class)s is exempt from the construction "
        "permit, still to be confirmed by the list of the new Construction Law; the landscape is "
        "looked at."
    ),
    # As screenings frozen before 24/11/2026 told it.
    "urban_area.inside": _(
        "Inside an urban area%(named)s: a construction permit and a look at the landscape "
        "are needed."
    ),
    "urban_area.class_missing": _(
        "Inside an urban area%(named)s: whether a construction permit is needed depends on the "
        "class of the mast, which was not given."
    ),
    "constraint.outside": _("Not inside: %(kind)s."),
    "layer.absent": _("No data on %(kind)s is loaded, so this could not be checked."),
    "place.in_unit": _("The position lies in %(unit)s%(approximate)s."),
    "place.other_unit": _(
        "The position lies in %(unit)s%(approximate)s, but %(declared)s was declared."
    ),
    "place.outside_province": _("The position lies outside the province%(approximate)s."),
    "place.no_boundaries": _("No commune boundaries are loaded."),
    "emf.near": _(
        "A %(kind)s%(named)s is %(distance_m)s m away, nearer than the %(exposure_m)s m at which "
        "%(eirp_w)s W of radiated power meets %(density)s W/m²: exposure must be computed in full."
    ),
    "emf.far": _(
        "Nobody's place within %(exposure_m)s m, the distance at which %(eirp_w)s W of radiated "
        "power meets %(density)s W/m²."
    ),
    "emf.no_data": _("The radiated power was not given: exposure cannot be judged."),
    "emf.no_layer": _("No data on houses is loaded: exposure cannot be judged."),
    "emf.no_limit": _("No exposure limit is on record for this date."),
    "planning.paused": _(
        "There is no current plan of passive infrastructure: planning is paused by the ministry."
    ),
    "planning.paused_unreviewed": _(
        "Planning of passive infrastructure was paused by %(instrument)s until the mergers were "
        "finished; whether it still is must be asked."
    ),
    "planning.compare_by_hand": _("Compare by hand with the plan in force: %(plan)s."),
    "planning.unknown": _("No plan, and no word on planning, is on record for this date."),
}

DUTIES = frozenset(
    {
        "heritage.inside",
        "erosion.inside",
        "border_zone.inside",
        "airport.inside",
        "urban_area.permit_needed",
        "urban_area.permit_exempt",
        "urban_area.class_missing",
    }
)
"""What asks something of people: with no source on record the page says so."""


def rule_title(rule: str) -> str:
    """The name of a rule for people."""
    return str(RULE_TITLES.get(rule, rule))


def sentence(finding: Finding) -> str:
    """What a finding says, numbers written the way of the language."""
    template = str(SENTENCES[finding.code])
    words = {key: _word(key, value) for key, value in finding.params.items()}
    return template % {
        **words,
        "named": _named(finding.params),
        "heights": _heights(finding.params),
        "approximate": _approximate(finding.params),
        "source": finding.citation.instrument if finding.citation else "",
    }


def _word(key: str, value: Any) -> str:
    if value is None:
        return "–"
    if key == "kind":
        return kind_label(value)
    if isinstance(value, int | float) and not isinstance(value, bool):
        return metres(float(value))
    return str(value)


def metres(value: float) -> str:
    """A length as people write it: one decimal, none when it is zero or beyond a hundred."""
    digits = 0 if abs(value) >= 100 or round(value, 1) == round(value) else 1  # noqa: PLR2004
    return str(number_format(value, decimal_pos=digits, use_l10n=True, force_grouping=True))


def kind_label(kind: str) -> str:
    """The name of a constraint kind inside a sentence."""
    return str(ConstraintKind(kind).label).lower() if kind in ConstraintKind.values else kind


def _named(params: Mapping[str, Any]) -> str:
    return f" ({params['name']})" if params.get("name") else ""


def _heights(params: Mapping[str, Any]) -> str:
    if params.get("height_m") is None:
        return ""
    if params.get("building_height_m"):
        return str(_("mast %(mast)s m + building %(building)s m")) % {
            "mast": metres(params["height_m"]),
            "building": metres(params["building_height_m"]),
        }
    return str(_("mast %(mast)s m")) % {"mast": metres(params["height_m"])}


def _approximate(params: Mapping[str, Any]) -> str:
    return str(_(" (approximate boundary)")) if params.get("approximate") else ""
