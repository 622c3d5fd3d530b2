"""What a visit of grade C or D proposes to the officers."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import Role
from infra.models import User
from infra.people.notices import notify
from infra.places.territory.selectors import limits_on
from sites.choices import Grade
from sites.models import Inspection, Mast, RemediationProposal

PROPOSING_GRADES = frozenset({Grade.C, Grade.D})


def proposal_raise(mast: Mast, inspection: Inspection) -> RemediationProposal:
    """The proposal of one visit, due by the limit of its grade. Raises LookupError without one."""
    on = timezone.localdate(inspection.counts_from)
    hours = limits_on(f"remediation.hours.{inspection.grade}", on)
    if hours is None:
        msg = f"No limit remediation.hours.{inspection.grade}: run load_reference."
        raise LookupError(msg)
    return RemediationProposal.objects.create(
        mast=mast,
        inspection=inspection,
        grade=inspection.grade,
        action=_action(inspection.grade),
        due_at=inspection.counts_from + timedelta(hours=hours.value),
    )


def tell_officers(proposal: RemediationProposal) -> None:
    """Every active officer hears of it at once."""
    officers = User.objects.filter(is_active=True, roles__contains=[Role.OFFICER])
    notify(
        officers,
        subject=_("Mast %(code)s is graded %(grade)s")
        % {"code": proposal.mast.code, "grade": proposal.grade},
        body=proposal.action,
        url=reverse("sites:proposal_detail", args=[proposal.uuid]),
    )


def _action(grade: str) -> str:
    if grade == Grade.D:
        return _(
            "Put up a barrier, tell the commune committee at once, brace or unload the mast; "
            "then dismantle it."
        )
    return _("Have the load-bearing capacity assessed; restrict further loads until then.")
