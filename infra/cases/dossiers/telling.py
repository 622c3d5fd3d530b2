"""Who is told about a dossier's step, and in which sentence."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from infra.cases.workflow.addresses import page_of
from infra.ground.choices import DossierState, Role
from infra.models import Dossier, TransitionRecord, User
from infra.people.notices import notify

Recipients = Callable[[Dossier], Iterable[User]]


def with_role(*roles: Role) -> Recipients:
    """Everybody of the department who holds one of the roles."""
    return lambda _dossier: User.objects.filter(is_active=True, roles__overlap=list(roles))


def applicants(dossier: Dossier) -> Iterable[User]:
    """The applicant's own people."""
    return User.objects.filter(
        Q(organisation=dossier.applicant_id, roles__contains=[Role.OPERATOR]), is_active=True
    )


def the_officer(dossier: Dossier) -> Iterable[User]:
    """Who appraises it; every officer while nobody does."""
    if dossier.officer:
        return [dossier.officer]
    return with_role(Role.OFFICER)(dossier)


def teller(
    recipients: Recipients,
) -> Callable[[Dossier, User, TransitionRecord, Mapping[str, Any]], None]:
    """An effect that tells these people where the dossier stands now, but not the actor."""

    def tell(
        dossier: Dossier, actor: User, record: TransitionRecord, _data: Mapping[str, Any]
    ) -> None:
        people = [person for person in recipients(dossier) if person.pk != actor.pk]
        state = DossierState(record.to_state).label
        subject = _("Dossier %(code)s: %(state)s") % {"code": str(dossier), "state": state}
        notify(people, subject, body=_body(dossier, record), url=page_of(dossier))

    return tell


def _body(dossier: Dossier, record: TransitionRecord) -> str:
    lines = [dossier.title]
    if dossier.due_on and record.to_state == DossierState.APPRAISING:
        lines.append(_("Due on %(day)s.") % {"day": f"{dossier.due_on:%d/%m/%Y}"})
    if record.reason:
        lines.append(_("Reason: %(reason)s") % {"reason": record.reason})
    return "\n".join(lines)


TELLERS = {
    "tell_officers": teller(with_role(Role.OFFICER)),
    "tell_officer": teller(the_officer),
    "tell_heads": teller(with_role(Role.HEAD)),
    "tell_leaders": teller(with_role(Role.LEADER)),
    "tell_clerks": teller(with_role(Role.CLERK)),
    "tell_applicant": teller(applicants),
}
