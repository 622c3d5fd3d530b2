"""Who may be chosen, and who may add or take off files."""

from django.db.models import Q, QuerySet
from django.db.models.functions import Collate
from django.utils import timezone

from infra.cases.clock.dossiers import CLOSED
from infra.cases.dossiers.guards import dossier_applicant
from infra.ground.choices import DossierState, OrganisationKind, Role
from infra.models import Attachment, Dossier, Organisation, Procedure, User

OPEN_TO_APPLICANT = frozenset({DossierState.DRAFT, DossierState.SUPPLEMENT_REQUESTED})
READERS_ONLY = frozenset({Role.AUDITOR, Role.ADMINISTRATOR})
HANDLERS = (Role.OFFICER, Role.HEAD, Role.LEADER, Role.CLERK)
BY_NAME = Collate("short_name", "vi-x-icu")
APPLYING = (
    OrganisationKind.OPERATOR,
    OrganisationKind.TOWER_COMPANY,
    OrganisationKind.CABLE_TV,
)
ASKED = (OrganisationKind.COMMUNE, OrganisationKind.CONSULTED, OrganisationKind.POWER_COMPANY)


def assignable_officers() -> QuerySet[User]:
    """Active officers."""
    return User.objects.filter(is_active=True, roles__contains=[Role.OFFICER])


def possible_applicants() -> QuerySet[Organisation]:
    """Companies that build or use telecom infrastructure."""
    rows = Organisation.objects.filter(kind__in=APPLYING, is_active=True)
    return rows.order_by(BY_NAME)


def procedures_in_force() -> QuerySet[Procedure]:
    """The procedures that stand today."""
    today = timezone.localdate()
    rows = Procedure.objects.filter(valid_from__lte=today)
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=today))


def possible_bodies(dossier: Dossier) -> QuerySet[Organisation]:
    """Bodies that can be consulted about this dossier."""
    rows = Organisation.objects.filter(kind__in=ASKED, is_active=True)
    return rows.exclude(pk=dossier.applicant_id).order_by(BY_NAME)


def bodies_to_ask(dossier: Dossier) -> QuerySet[Organisation]:
    """Those that were not asked yet."""
    return possible_bodies(dossier).exclude(pk__in=dossier.consultations.values("body"))


def may_attach(dossier: Dossier, user: User) -> bool:
    """The applicant while drafting or asked to supplement; the department until it is closed."""
    if dossier.state in OPEN_TO_APPLICANT and dossier_applicant(dossier, user):
        return True
    return user.has_role(*HANDLERS) and dossier.state not in CLOSED


def may_take_off(dossier: Dossier, attachment: Attachment, user: User) -> bool:
    """Drafts only: a file the department has seen stays; a supplement's may go until it is sent."""
    if not dossier_applicant(dossier, user):
        return False
    if dossier.state == DossierState.DRAFT:
        return True
    request = dossier.supplements.filter(answered_at=None).last()
    is_open = dossier.state == DossierState.SUPPLEMENT_REQUESTED and request is not None
    return bool(is_open and request and attachment.uploaded_at > request.requested_at)


def may_comment(user: User) -> bool:
    """Everybody who sees the dossier, but who only reads."""
    return user.has_role(*(set(Role) - READERS_ONLY))
