"""What becomes of a remediation proposal: the officer accepts or rejects it, then closes it.

The proposal of a D is not closed by hand: it stays in view until the danger is lifted.
"""

from django.utils.translation import gettext_lazy as _

from infra.cases.workflow.table import Transition, Workflow
from infra.ground.choices import Role
from sites.choices import ProposalState

# Whoever may add a visit, an assessment or a repair.
_GRADERS = frozenset({Role.INSPECTOR, Role.OFFICER, Role.HEAD, Role.ADMINISTRATOR})

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
            permission="proposal_is_no_danger",
            needs_reason=True,
            confirm=_("The inspector reads the reason; the grade stays as recorded."),
        ),
        Transition(
            name="complete",
            label=_("Record that it was carried out"),
            sources=frozenset({ProposalState.ACCEPTED}),
            target=ProposalState.DONE,
            roles=frozenset({Role.OFFICER, Role.HEAD}),
            permission="proposal_is_no_danger",
            needs_reason=True,
            confirm=_("Write what was done; only a new survey changes the grade."),
            style="primary",
        ),
        # The two below are taken by the grading itself, in the name of whoever sent what decided.
        Transition(
            name="lift",
            label=_("Grade D lifted by rule"),
            sources=frozenset({ProposalState.PROPOSED, ProposalState.ACCEPTED}),
            target=ProposalState.LIFTED,
            roles=_GRADERS,
            permission="danger_is_lifted",
            needs_reason=True,
        ),
        Transition(
            name="reopen",
            label=_("Grade D stands again"),
            sources=frozenset({ProposalState.LIFTED}),
            target=ProposalState.PROPOSED,
            roles=_GRADERS,
            permission="danger_stands_again",
            needs_reason=True,
        ),
    ),
)
