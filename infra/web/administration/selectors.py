"""Reads for the administrators' pages."""

from dataclasses import dataclass
from datetime import date

from allauth.mfa.models import Authenticator
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infra.cases.dossiers.selectors import OPEN
from infra.ground.choices import OrganisationKind, Role
from infra.ground.plaintext import PlainText, plain
from infra.models import Dossier, Organisation, SigningAuthority, User
from infra.people.access.roles import SECOND_FACTOR
from infra.people.worklist import waiting_for
from infra.web.shell.worklines import Line, lines_of


@dataclass(frozen=True)
class PeopleQuery:
    """What the list of people is narrowed to."""

    q: str = ""
    role: str = ""
    organisation: Organisation | None = None
    state: str = "open"


@dataclass(frozen=True)
class Holdings:
    """What a person still has in hand."""

    dossiers: list[Dossier]
    work: list[Line]
    authorities: list[SigningAuthority]

    def __bool__(self) -> bool:
        return bool(self.dossiers or self.work or self.authorities)


ROLE_SENTENCES = {
    Role.INSPECTOR: _("Surveys masts in the field; keeps the register of masts."),
    Role.PLANNER: _("Draws routes and their costs; loads constraint layers."),
    Role.OPERATOR: _("Sends dossiers for their company and sees its own masts and stations."),
    Role.OFFICER: _("Receives and appraises dossiers; keeps the register; loads layers."),
    Role.HEAD: _("Checks what officers propose and assigns dossiers."),
    Role.LEADER: _("Signs documents, where the list of who may sign names them."),
    Role.CLERK: _("Numbers and issues signed documents, keeps the signed files."),
    Role.CONSULTED: _("Answers what the department asks their office."),
    Role.AUDITOR: _("Reads everything of the department and changes nothing."),
    Role.ADMINISTRATOR: _(
        "Keeps people, organisations, who may sign, calendar and limits; "
        "loads layers and boundaries."
    ),
}


@dataclass(frozen=True)
class RoleLine:
    """A role, what it may do, how many hold it, and whether it needs a second factor."""

    role: Role
    sentence: str | Promise
    count: int
    needs_second_factor: bool


def people_found(query: PeopleQuery) -> QuerySet[User]:
    """People by name, address or title, without accents; open accounts unless asked otherwise."""
    people = User.objects.select_related("organisation").annotate(
        factors=Count("authenticator", filter=Q(authenticator__type=Authenticator.Type.TOTP))
    )
    for word in plain(query.q).split():
        people = people.alias(
            plain_name=PlainText("full_name"), plain_title=PlainText("title")
        ).filter(
            Q(plain_name__contains=word) | Q(plain_title__contains=word) | Q(email__contains=word)
        )
    if query.role:
        people = people.filter(roles__contains=[query.role])
    if query.organisation:
        people = people.filter(organisation=query.organisation)
    if query.state in {"open", "closed"}:
        people = people.filter(is_active=query.state == "open")
    return people.order_by("full_name", "pk")


def holdings_of(person: User) -> Holdings:
    """Dossiers in the person's name, what waits on their list, and what they may sign."""
    dossiers = Dossier.objects.filter(officer=person, state__in=OPEN)
    lines = lines_of(waiting_for(person))
    return Holdings(
        list(dossiers.order_by("due_on")[:100]),
        [*lines.leading, *lines.others],
        list(authorities_on(timezone.localdate()).filter(person=person)),
    )


def role_lines() -> list[RoleLine]:
    """Every role with the number of open accounts that hold it."""
    held = User.objects.filter(is_active=True).values_list("roles", flat=True)
    counts = dict.fromkeys(Role, 0)
    for roles in held:
        for role in roles:
            counts[Role(role)] += 1
    return [
        RoleLine(role, ROLE_SENTENCES[role], counts[role], role in SECOND_FACTOR) for role in Role
    ]


def organisations_found(q: str, kind: str) -> QuerySet[Organisation]:
    """Organisations by name, short name or code, without accents."""
    bodies = Organisation.objects.annotate(
        members=Count("people", filter=Q(people__is_active=True))
    ).select_related("unit")
    for word in plain(q).split():
        bodies = bodies.alias(
            plain_name=PlainText("name"), plain_short=PlainText("short_name")
        ).filter(
            Q(plain_name__contains=word) | Q(plain_short__contains=word) | Q(code__contains=word)
        )
    if kind in OrganisationKind.values:
        bodies = bodies.filter(kind=kind)
    return bodies.order_by("name", "pk")


def authorities_on(day: date) -> QuerySet[SigningAuthority]:
    """What people may sign on a day."""
    standing = Q(valid_to=None) | Q(valid_to__gte=day)
    return SigningAuthority.objects.filter(standing, valid_from__lte=day)


def authorities_all() -> QuerySet[SigningAuthority]:
    """Every competence, past and to come, by document and person."""
    rows = SigningAuthority.objects.select_related("person", "delegated_by")
    return rows.order_by("document_type", "person__full_name", "-valid_from")
