"""The officer's result per position: never a construction permit, never without its reason."""

from typing import Any

from django.contrib.gis.geos import Point
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.errors import Forbidden, Refused
from infra.ground.versions import refuse_stale
from infra.models import Dossier, User
from infra.work.history.last import last_change
from sites.appraisal.selectors.dossiers import blocking_rules, fresh_screening
from sites.appraisal.sentences import rule_title
from sites.appraisal.services.dossiers import write
from sites.appraisal.services.screening import run_screening
from sites.choices import AGREEING, Outcome
from sites.models import CandidateLocation, Mast
from sites.permissions import may_appraise

NEEDS_REASON = frozenset({Outcome.AGREED_WITH_CONDITIONS, Outcome.ADJUST, Outcome.NOT_AGREED})


@transaction.atomic
def candidate_decide(
    *,
    candidate: CandidateLocation,
    actor: User,
    version: int,
    outcome: str,
    reason: str = "",
    override_reason: str = "",
    share_with: Mast | None = None,
    proposed_point: Point | None = None,
) -> CandidateLocation:
    """Record the result of one position; an empty outcome takes it back.

    Raises StaleVersion, Forbidden outside the appraisal, Refused with sentences
    when a reason, a mast or a point is missing.
    """
    row = CandidateLocation.objects.select_for_update().get(pk=candidate.pk)
    _refuse_stranger(row.dossier, actor)
    refuse_stale(row, version, last_change)
    values: dict[str, Any] = {
        "outcome": outcome,
        "outcome_reason": reason.strip() if outcome else "",
        "share_with": share_with if outcome == Outcome.SHARE else None,
        "proposed_point": proposed_point if outcome == Outcome.ADJUST else None,
        "override_reason": override_reason.strip() if outcome in AGREEING else "",
        "decided_by": actor if outcome else None,
        "decided_at": timezone.now() if outcome else None,
    }
    missing = _missing(row, actor, values)
    if missing:
        raise Refused(*missing)
    return write(row, values)


def _refuse_stranger(dossier: Dossier, actor: User) -> None:
    if not may_appraise(actor, dossier):
        raise Forbidden(_("Only an officer records results, while the dossier is appraised."))


def _missing(row: CandidateLocation, actor: User, values: dict[str, Any]) -> list[str]:
    outcome = values["outcome"]
    found = []
    if outcome in NEEDS_REASON and not values["outcome_reason"]:
        found.append(_("Write the reason or the conditions: the applicant reads them."))
    if outcome == Outcome.SHARE and values["share_with"] is None:
        found.append(_("Choose the mast to be shared."))
    if outcome == Outcome.ADJUST and values["proposed_point"] is None:
        found.append(_("Pick the adjusted position on the map."))
    if outcome in AGREEING and not values["override_reason"]:
        found += _unanswered(row, actor)
    return found


def _unanswered(row: CandidateLocation, actor: User) -> list[str]:
    screening = fresh_screening(row) or run_screening(candidate=row, actor=actor)
    rules = ", ".join(rule_title(rule) for rule in blocking_rules(screening))
    if not rules:
        return []
    return [
        _("Not passed: %(rules)s. Write why the position is agreed to all the same.")
        % {"rules": rules}
    ]
