"""The one writer of a mast's grade: from all visits and papers, under the mast's lock."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.workflow.engine import fire
from infra.models import User
from sites.choices import Grade, ProposalState
from sites.models import Mast, RemediationProposal
from sites.safety.rules.standing import SafetyRecord, Standing, standing_of
from sites.safety.selectors.standing import lifting_sentence, safety_record
from sites.safety.workflows import PROPOSAL


@transaction.atomic
def mast_regrade(mast: Mast, actor: User) -> Standing:
    """Call it after every new or changed visit, photo, assessment or repair of the mast.

    The lock comes before the reading: of two writers the later one sees what both wrote.
    """
    locked = Mast.objects.select_for_update(of=("self",)).get(pk=mast.pk)
    record = safety_record(locked)
    standing = standing_of(record)
    _write(locked, record, standing)
    _settle_proposals(locked, record, standing, actor)
    return standing


def _write(mast: Mast, record: SafetyRecord, standing: Standing) -> None:
    graded_on = timezone.localdate(standing.decided_at) if standing.decided_at else None
    seen = [timezone.localdate(visit.at) for visit in record.visits]
    verified_on = max([*seen, *filter(None, [mast.last_verified_on])], default=None)
    now = (standing.grade, graded_on, verified_on)
    if now == (mast.grade, mast.graded_on, mast.last_verified_on):
        return
    mast.grade, mast.graded_on, mast.last_verified_on = now
    mast.version += 1
    mast.save(update_fields=["grade", "graded_on", "last_verified_on", "version", "updated_at"])


def _settle_proposals(mast: Mast, record: SafetyRecord, standing: Standing, actor: User) -> None:
    """Close the proposal of each lifted D with what lifted it; open it again when that falls."""
    proposals = RemediationProposal.objects.filter(mast=mast, grade=Grade.D)
    locked = proposals.select_related("inspection").select_for_update(of=("self",))
    for proposal in locked:
        lifting = standing.lifting_of(str(proposal.inspection.uuid))
        is_lifted = proposal.state == ProposalState.LIFTED
        if lifting and not is_lifted and proposal.state not in PROPOSAL.final:
            trace = {
                "verification": lifting.visit,
                "paper": lifting.paper,
                "key": lifting.paper_key,
            }
            _fire(proposal, "lift", actor, lifting_sentence(lifting, record), trace)
        elif is_lifted and not lifting:
            reason = _("What lifted grade D no longer stands: the mast is dangerous again.")
            _fire(proposal, "reopen", actor, reason, {})


def _fire(
    proposal: RemediationProposal, step: str, actor: User, reason: str, data: dict[str, str]
) -> None:
    fire(
        workflow=PROPOSAL.key,
        target=proposal,
        transition=step,
        actor=actor,
        version=proposal.version,
        reason=reason,
        data=data,
    )
