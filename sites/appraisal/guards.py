"""What hinders a dossier of positions, in sentences; bound to the transition table by key."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from infra.ground.choices import ProcedureKind
from infra.models import Dossier, User
from sites.appraisal.selectors.dossiers import blocking_rules, fresh_screening
from sites.appraisal.sentences import rule_title
from sites.choices import AGREEING, Footing
from sites.models import CandidateLocation

Data = Mapping[str, Any]


def candidates_present(target: Dossier, _actor: User, _data: Data) -> list[str]:
    """At least one position, each complete for its kind of request."""
    rows = list(target.candidates.order_by("order"))
    if not rows:
        return [_("Add at least one position.")]
    moves = target.procedure.kind == ProcedureKind.RELOCATION
    return [sentence for row in rows for sentence in _incomplete(row, moves=moves)]


def screened(target: Dossier, _actor: User, _data: Data) -> list[str]:
    """Every position was judged by the rules as it stands now."""
    return [
        _("Position %(position)s changed since the rules ran: run them again.")
        % {"position": _label(row)}
        for row in target.candidates.order_by("order")
        if fresh_screening(row) is None
    ]


def outcomes_decided(target: Dossier, _actor: User, _data: Data) -> list[str]:
    """Every position has its result, and a blocking rule was answered in writing."""
    rows = target.candidates.order_by("order")
    return [sentence for row in rows for sentence in _undecided(row)]


def _incomplete(row: CandidateLocation, *, moves: bool) -> list[str]:
    label = {"position": _label(row)}
    found = []
    if moves and row.old_mast_id is None:
        found.append(_("Position %(position)s: choose the mast that moves.") % label)
    if moves and not row.relocation_reason:
        found.append(_("Position %(position)s: choose the reason for moving.") % label)
    if row.footing == Footing.ROOF and row.building_height_m is None:
        found.append(_("Position %(position)s: give the height of the building.") % label)
    return found


def _undecided(row: CandidateLocation) -> list[str]:
    if not row.outcome:
        return [_("Position %(position)s has no result yet.") % {"position": _label(row)}]
    screening = fresh_screening(row)
    if row.outcome not in AGREEING or row.override_reason or screening is None:
        return []
    rules = ", ".join(rule_title(rule) for rule in blocking_rules(screening))
    if not rules:
        return []
    return [
        _("Position %(position)s is agreed to although not passed (%(rules)s): write why.")
        % {"position": _label(row), "rules": rules}
    ]


def _label(row: CandidateLocation) -> str:
    return f"{row.order} ({row.name})"
