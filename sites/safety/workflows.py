"""What becomes of a remediation proposal: the officer accepts or rejects it, then closes it."""

from django.utils.translation import gettext_lazy as _

from infra.cases.workflow.table import Transition, Workflow
from infra.ground.choices import Role
from sites.choices import ProposalState

PROPOSAL = Workflow(
    key="proposal",
    model="sites.RemediationProposal",
    states=ProposalState,
    initial=ProposalState.PROPOSED,
    final=frozenset({ProposalState.REJECTED, ProposalState.DONE}),
    page="sites:proposal_detail",
    transitions=(
        Transition(
            name="accept",
            label=_("Accept the proposal"),
            sources=frozenset({ProposalState.PROPOSED}),
            target=ProposalState.ACCEPTED,
            roles=frozenset({Role.OFFICER, Role.HEAD}),
            confirm=_("The proposal becomes a task of the division, with its due date."),
            style="primary",
        ),
        Transition(
            name="reject",
            label=_("Reject the proposal"),
            sources=frozenset({ProposalState.PROPOSED}),
            target=ProposalState.REJECTED,
            roles=frozenset({Role.OFFICER, Role.HEAD}),
            needs_reason=True,
            confirm=_("The inspector reads the reason; the grade stays as recorded."),
        ),
        Transition(
            name="complete",
            label=_("Record that it was carried out"),
            sources=frozenset({ProposalState.ACCEPTED}),
            target=ProposalState.DONE,
            roles=frozenset({Role.OFFICER, Role.HEAD}),
            needs_reason=True,
            confirm=_("Write what was done; only a new survey changes the grade."),
            style="primary",
        ),
    ),
)
