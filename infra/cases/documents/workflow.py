"""The document's transition table: draft, for signature, signed, issued; then only replaced."""

from django.utils.translation import gettext_lazy as _

from infra.cases.workflow.table import Transition, Workflow
from infra.ground.choices import DocumentState as S
from infra.ground.choices import Role

AUTHORS = frozenset({Role.OFFICER, Role.HEAD, Role.PLANNER})

DOCUMENT = Workflow(
    key="document",
    model="infra.Document",
    states=S,
    initial=S.DRAFT,
    final=frozenset({S.REPLACED, S.WITHDRAWN}),
    page="document_detail",
    transitions=(
        Transition(
            name="freeze",
            label=_("Submit for signature"),
            sources=frozenset({S.DRAFT}),
            target=S.FOR_SIGNATURE,
            roles=AUTHORS,
            guards=("case_lets_freeze",),
            effects=("freeze_document",),
            confirm=_("The text is frozen: it can only be signed or sent back."),
            style="primary",
        ),
        Transition(
            name="thaw",
            label=_("Send back to draft"),
            sources=frozenset({S.FOR_SIGNATURE}),
            target=S.DRAFT,
            roles=AUTHORS | {Role.LEADER},
            guards=("case_lets_thaw",),
            effects=("thaw_document",),
            needs_reason=True,
        ),
        Transition(
            name="sign",
            label=_("Sign"),
            sources=frozenset({S.FOR_SIGNATURE}),
            target=S.SIGNED,
            roles=frozenset({Role.LEADER, Role.HEAD}),
            guards=("case_lets_sign", "signer_is_competent"),
            effects=("sign_document",),
            confirm=_("You sign the document as it stands; it goes to the clerk."),
            style="primary",
        ),
        Transition(
            name="issue",
            label=_("Issue"),
            sources=frozenset({S.SIGNED}),
            target=S.ISSUED,
            roles=frozenset({Role.CLERK}),
            guards=("case_lets_issue", "number_is_free", "signed_file_matches"),
            effects=("issue_document",),
            form="issue",
            confirm=_("Number and date cannot be changed afterwards."),
            style="primary",
            is_internal=False,
        ),
        Transition(
            name="replace",
            label=_("Replace by another document"),
            sources=frozenset({S.ISSUED}),
            target=S.REPLACED,
            roles=frozenset({Role.CLERK}),
            guards=("successor_is_issued",),
            effects=("replace_document",),
            form="replace_document",
            is_internal=False,
        ),
        Transition(
            name="withdraw",
            label=_("Withdraw the document"),
            sources=frozenset({S.ISSUED}),
            target=S.WITHDRAWN,
            roles=frozenset({Role.CLERK, Role.LEADER}),
            effects=("withdraw_document",),
            needs_reason=True,
            confirm=_("The public page says at once that the document is withdrawn."),
            style="outline-danger",
            is_internal=False,
        ),
    ),
)
