"""What surveys put before people: proposals for officers, dangerous masts for inspectors."""

from django.db.models import F, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import Role
from infra.models import User
from infra.people.worklist import WorkItem, WorkKind
from sites.choices import Grade
from sites.models import Mast, RemediationProposal
from sites.safety.selectors.visiting import (
    OPEN_PROPOSAL,
    masts_to_visit,
    never_verified,
    of_grade,
    without_proposal,
)

Proposals = QuerySet[RemediationProposal]


def _open_proposals(user: User) -> Proposals:
    """Grade D before C, each soonest due first."""
    rows = RemediationProposal.objects.visible_to(user).filter(state__in=OPEN_PROPOSAL)
    return rows.select_related("mast").order_by(F("grade").desc(), "due_at", "pk")


def _to_decide(user: User) -> Proposals | None:
    return _open_proposals(user) if user.has_role(Role.OFFICER, Role.HEAD) else None


def _proposal(row: RemediationProposal, _user: User) -> WorkItem:
    return WorkItem(
        title=row.mast.code,
        sentence=_("Grade %(grade)s: %(action)s") % {"grade": row.grade, "action": row.action},
        url=reverse("sites:proposal_detail", args=[row.uuid]),
        due_on=timezone.localdate(row.due_at),
        state_label=row.get_state_display(),
    )


def _to_check(user: User) -> Proposals | None:
    if not user.has_role(Role.INSPECTOR):
        return None
    return _open_proposals(user).filter(grade=Grade.D, mast__archived_at=None)


def _check(row: RemediationProposal, _user: User) -> WorkItem:
    return WorkItem(
        title=row.mast.code,
        sentence=_("Grade D: see that it is fenced off and report what has been done."),
        url=reverse("sites:survey_form", args=[row.mast.uuid]),
        due_on=timezone.localdate(row.due_at),
        state_label=row.get_state_display(),
    )


def _unproposed(user: User) -> QuerySet[Mast] | None:
    return without_proposal(user) if user.has_role(Role.OFFICER, Role.INSPECTOR) else None


def _danger(mast: Mast, user: User) -> WorkItem:
    if user.has_role(Role.INSPECTOR):
        sentence = _("Grade D and no proposal yet: survey it.")
        url = reverse("sites:survey_form", args=[mast.uuid])
    else:
        sentence = _("Grade D and no proposal yet: have it surveyed.")
        url = reverse("sites:mast_detail", args=[mast.uuid])
    return WorkItem(title=mast.code, sentence=sentence, url=url)


def _degraded(user: User) -> QuerySet[Mast] | None:
    if not user.has_role(Role.INSPECTOR):
        return None
    return never_verified(of_grade(masts_to_visit(user), Grade.C))


def _first_visit(mast: Mast, _user: User) -> WorkItem:
    return WorkItem(
        title=mast.code,
        sentence=_("Grade C, never verified: survey it."),
        url=reverse("sites:survey_form", args=[mast.uuid]),
    )


def _degraded_page() -> str:
    return reverse("sites:inspection_list") + "?grade=C&unseen=on"


KINDS = (
    WorkKind(
        "proposals",
        gettext_lazy("Remediation proposals"),
        rows=_to_decide,
        item=_proposal,
        is_leading=True,
    ),
    WorkKind(
        "dangers-due",
        gettext_lazy("Dangerous masts with a deadline"),
        rows=_to_check,
        item=_check,
        is_leading=True,
    ),
    WorkKind(
        "dangers-unproposed",
        gettext_lazy("Dangerous masts without a proposal"),
        rows=_unproposed,
        item=_danger,
        is_leading=True,
    ),
    WorkKind(
        "degraded",
        gettext_lazy("Masts of grade C, never verified"),
        rows=_degraded,
        item=_first_visit,
        page=_degraded_page,
    ),
)
