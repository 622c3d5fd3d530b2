"""Visits that were recorded, and their reasons in words."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext as _

from infra.models import User
from sites.models import Inspection
from sites.safety.selectors.standing import moment_words


def visits(user: User) -> QuerySet[Inspection]:
    """Recorded visits, newest first."""
    return Inspection.objects.visible_to(user).select_related("mast", "inspector", "mast__owner")


def reason_sentence(reason: Mapping[str, Any]) -> str:
    """A stored reason (code and params) as a sentence; moments are kept as ISO text."""
    template = _REASONS.get(reason["code"])
    if template is None:
        return str(reason["code"])
    params = {key: _in_words(key, value) for key, value in reason.get("params", {}).items()}
    return template() % params


def _in_words(key: str, value: Any) -> Any:
    return moment_words(datetime.fromisoformat(value)) if key in _MOMENTS else value


_MOMENTS = frozenset({"visited_at", "sent_at", "counts_from"})


_REASONS = {
    "item_failed": lambda: _("“%(label)s” failed, severity %(severity)s of 4."),
    "item_unable": lambda: _("“%(label)s” could not be checked."),
    "item_unanswered": lambda: _("“%(label)s” was not answered."),
    "out_of_plumb": lambda: _(
        "The mast leans %(measured_percent)s %%, more than %(limit_percent)s %% (%(instrument)s)."
    ),
    "far_from_mast": lambda: _("The visit was logged %(distance_m)s m from the mast's position."),
    "position_unknown": lambda: _("The phone gave no position."),
    "clock_off": lambda: _(
        "The phone's clock said %(sent_at)s when the visit arrived: the visit counts from its"
        " receipt, %(counts_from)s, and cannot better the grade."
    ),
    "clock_ahead": lambda: _(
        "The phone put the visit at %(visited_at)s, after its receipt: the visit counts from its"
        " receipt, %(counts_from)s, and cannot better the grade."
    ),
    "clock_before_checklist": lambda: _(
        "The phone put the visit at %(visited_at)s, before its checklist existed: the visit counts"
        " from its receipt, %(counts_from)s, and cannot better the grade."
    ),
}
