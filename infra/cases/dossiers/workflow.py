"""The dossier's transition table; the half that owns a procedure binds guards by key.

National codes 1–10: domain notes §8.2 (seen identical in five public systems).
"""

from django.utils.translation import gettext_lazy as _

from infra.cases.workflow.table import Act, Transition, Workflow
from infra.ground.choices import DossierState as S
from infra.ground.choices import NationalState, Role

APPLICANT = frozenset({Role.OPERATOR, Role.OFFICER})
IN_HOUSE = frozenset(
    {S.SUBMITTED, S.APPRAISING, S.SUPPLEMENT_REQUESTED, S.WITH_HEAD, S.WITH_LEADER}
)

NATIONAL: dict[str, NationalState] = {
    S.DRAFT: NationalState.REGISTERED,
    S.SUBMITTED: NationalState.REGISTERED,
    S.REFUSED_AT_INTAKE: NationalState.NOT_RECEIVED,
    S.APPRAISING: NationalState.IN_PROGRESS,
    S.SUPPLEMENT_REQUESTED: NationalState.SUPPLEMENT_REQUESTED,
    S.WITH_HEAD: NationalState.IN_PROGRESS,
    S.WITH_LEADER: NationalState.IN_PROGRESS,
    S.SIGNED: NationalState.IN_PROGRESS,
    S.ISSUED: NationalState.DONE,
    S.RETURNED: NationalState.RETURNED,
    S.WITHDRAWAL_REQUESTED: NationalState.WITHDRAWAL_REQUESTED,
    S.WITHDRAWN: NationalState.STOPPED,
}

INTAKE = (
    Transition(
        name="submit",
        label=_("Submit the dossier"),
        sources=frozenset({S.DRAFT}),
        target=S.SUBMITTED,
        roles=APPLICANT,
        permission="dossier_applicant",
        guards=("components_present", "candidates_present"),
        effects=("give_code", "tell_officers"),
        confirm=_("The department receives the dossier; you can add to it only when asked."),
        style="primary",
        is_internal=False,
    ),
    Transition(
        name="receive",
        label=_("Receive"),
        sources=frozenset({S.SUBMITTED}),
        target=S.APPRAISING,
        roles=frozenset({Role.OFFICER}),
        effects=("start_clock", "draft_receipt", "screen_positions", "tell_applicant"),
        confirm=_("The clock starts and the applicant is told the due date."),
        national=NationalState.RECEIVED,
        style="primary",
        is_internal=False,
    ),
    Transition(
        name="refuse_at_intake",
        label=_("Do not receive"),
        sources=frozenset({S.SUBMITTED}),
        target=S.REFUSED_AT_INTAKE,
        roles=frozenset({Role.OFFICER}),
        effects=("close_dossier", "tell_applicant"),
        needs_reason=True,
        confirm=_("The dossier ends here and the applicant reads your reason."),
        style="outline-danger",
        is_internal=False,
    ),
)

APPRAISAL = (
    Transition(
        name="request_supplement",
        label=_("Request a supplement"),
        sources=frozenset({S.APPRAISING}),
        target=S.SUPPLEMENT_REQUESTED,
        roles=frozenset({Role.OFFICER}),
        guards=("supplement_itemised",),
        effects=("open_supplement", "draft_supplement", "tell_applicant"),
        form="supplement",
        confirm=_("Name everything that is missing: a second request makes the dossier late."),
        is_internal=False,
    ),
    Transition(
        name="answer_supplement",
        label=_("Send the supplement"),
        sources=frozenset({S.SUPPLEMENT_REQUESTED}),
        target=S.APPRAISING,
        roles=APPLICANT,
        permission="dossier_applicant",
        guards=("supplement_answered",),
        effects=("close_supplement", "screen_positions", "tell_officer"),
        form="supplement_answer",
        confirm=_("The clock runs again from now."),
        style="primary",
        is_internal=False,
    ),
    Transition(
        name="propose",
        label=_("Submit to the head of division"),
        sources=frozenset({S.APPRAISING}),
        target=S.WITH_HEAD,
        roles=frozenset({Role.OFFICER}),
        guards=("screened", "outcomes_decided"),
        effects=("draft_letter", "tell_heads"),
        style="primary",
    ),
)

DECISION = (
    Transition(
        name="submit_to_leader",
        label=_("Submit to the leader"),
        sources=frozenset({S.WITH_HEAD}),
        target=S.WITH_LEADER,
        roles=frozenset({Role.HEAD}),
        guards=("letter_drafted",),
        effects=("freeze_letter", "tell_leaders"),
        style="primary",
    ),
    Transition(
        name="send_back",
        label=_("Send back to the officer"),
        sources=frozenset({S.WITH_HEAD}),
        target=S.APPRAISING,
        roles=frozenset({Role.HEAD}),
        effects=("tell_officer",),
        needs_reason=True,
    ),
    Transition(
        name="sign",
        label=_("Sign"),
        sources=frozenset({S.WITH_LEADER}),
        target=S.SIGNED,
        roles=frozenset({Role.LEADER}),
        effects=("sign_letter", "tell_clerks"),
        confirm=_("The reply letter is signed as it stands and goes to the clerk."),
        style="primary",
    ),
    Transition(
        name="send_back",
        label=_("Send back to the head of division"),
        sources=frozenset({S.WITH_LEADER}),
        target=S.WITH_HEAD,
        roles=frozenset({Role.LEADER}),
        effects=("thaw_letter", "tell_heads"),
        needs_reason=True,
    ),
)

RESULT = (
    Transition(
        name="issue",
        label=_("Issue the reply"),
        sources=frozenset({S.SIGNED}),
        target=S.ISSUED,
        roles=frozenset({Role.CLERK}),
        effects=("start_validity", "issue_letter", "close_dossier", "tell_applicant"),
        form="issue",
        style="primary",
        is_internal=False,
    ),
    Transition(
        name="return_result",
        label=_("Mark the result as returned"),
        sources=frozenset({S.ISSUED}),
        target=S.RETURNED,
        roles=frozenset({Role.CLERK, Role.OFFICER}),
        effects=("tell_applicant",),
        is_internal=False,
    ),
)

WITHDRAWAL = (
    Transition(
        name="request_withdrawal",
        label=_("Withdraw the dossier"),
        sources=IN_HOUSE,
        target=S.WITHDRAWAL_REQUESTED,
        roles=APPLICANT,
        permission="dossier_applicant",
        effects=("tell_officer",),
        needs_reason=True,
        confirm=_("The officer decides whether the dossier can still be withdrawn."),
        style="outline-danger",
        is_internal=False,
    ),
    Transition(
        name="accept_withdrawal",
        label=_("Accept the withdrawal"),
        sources=frozenset({S.WITHDRAWAL_REQUESTED}),
        target=S.WITHDRAWN,
        roles=frozenset({Role.OFFICER}),
        effects=("close_dossier", "tell_applicant"),
        confirm=_("The dossier ends here."),
        is_internal=False,
    ),
    Transition(
        name="keep",
        label=_("Go on with the appraisal"),
        sources=frozenset({S.WITHDRAWAL_REQUESTED}),
        target=S.APPRAISING,
        roles=frozenset({Role.OFFICER}),
        effects=("resume_after_withdrawal", "tell_applicant"),
        needs_reason=True,
        is_internal=False,
    ),
)

# While the department has it and it is not answered: what is said then still counts.
IN_HAND = IN_HOUSE | {S.SIGNED, S.WITHDRAWAL_REQUESTED}
ACTS = (
    Act(
        name="assign",
        label=_("Assigned to an officer"),
        states=IN_HAND,
        roles=frozenset({Role.HEAD, Role.OFFICER}),
    ),
    Act(
        name="consult",
        label=_("Asked other bodies"),
        states=IN_HAND,
        roles=frozenset({Role.OFFICER}),
    ),
    Act(
        name="answer_consultation",
        label=_("Opinion received"),
        states=frozenset(S.values) - {S.DRAFT},
        roles=frozenset({Role.CONSULTED}),
    ),
)

DOSSIER = Workflow(
    key="dossier",
    model="infra.Dossier",
    states=S,
    initial=S.DRAFT,
    final=frozenset({S.REFUSED_AT_INTAKE, S.RETURNED, S.WITHDRAWN}),
    transitions=INTAKE + APPRAISAL + DECISION + RESULT + WITHDRAWAL,
    acts=ACTS,
    national=NATIONAL,
    page="sites:dossier_detail",
)
