"""What surveys put before people: proposals for officers, dangerous masts for inspectors."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import Role
from infra.models import User
from infra.people.worklist import PER_PROVIDER, WorkItem
from sites.choices import Grade, ProposalState
from sites.models import RemediationProposal
from sites.safety.selectors.inspections import masts_to_visit

_URGENT = [Grade.D, Grade.C]
_OPEN = [ProposalState.PROPOSED, ProposalState.ACCEPTED]


def proposals_waiting(user: User) -> Iterator[WorkItem]:
    """Open proposals, for those who decide on them."""
    if not user.has_role(Role.OFFICER, Role.HEAD):
        return
    proposals = RemediationProposal.objects.filter(state__in=_OPEN).select_related("mast")
    for proposal in proposals.order_by("due_at")[:PER_PROVIDER]:
        yield WorkItem(
            title=proposal.mast.code,
            sentence=_("Grade %(grade)s: %(action)s")
            % {"grade": proposal.grade, "action": proposal.action},
            url=reverse("sites:proposal_detail", args=[proposal.uuid]),
            due_on=timezone.localdate(proposal.due_at),
            kind=_("Remediation proposal"),
            state_label=proposal.get_state_display(),
        )


def visits_waiting(user: User) -> Iterator[WorkItem]:
    """The dangerous masts nobody has visited, for inspectors."""
    if not user.has_role(Role.INSPECTOR):
        return
    for mast in masts_to_visit(user).filter(grade__in=_URGENT, inspections=None)[:20]:
        yield WorkItem(
            title=mast.code,
            sentence=_("Grade %(grade)s, never visited: survey it.") % {"grade": mast.grade},
            url=reverse("sites:survey_form", args=[mast.uuid]),
            kind=_("Survey"),
        )
