"""What the register puts before people: certificates that end, dangerous masts, checked imports."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infra.ground.choices import ImportState, Role
from infra.models import ImportRun, User
from infra.people.search import PER_SOURCE, SearchResult
from infra.people.worklist import PER_PROVIDER, WorkItem
from sites.choices import Grade, ProposalState
from sites.models import Mast, RemediationProposal, Station
from sites.permissions import Person
from sites.register.selectors.masts import EMF_SOON, MastQuery, in_order, masts_found

_OPEN = [ProposalState.PROPOSED, ProposalState.ACCEPTED]


def certificates_ending(user: User) -> Iterator[WorkItem]:
    """An operator's own EMF certificates that expired or will within 90 days."""
    if not (user.has_role(Role.OPERATOR) and user.organisation_id):
        return
    limit = timezone.localdate() + EMF_SOON
    stations = Station.objects.filter(
        operator=user.organisation_id, emf_valid_until__lte=limit, mast__archived_at=None
    )
    for station in stations.select_related("mast").order_by("emf_valid_until")[:PER_PROVIDER]:
        yield WorkItem(
            title=station.code,
            sentence=_("EMF certificate of station %(code)s on mast %(mast)s ends")
            % {"code": station.code, "mast": station.mast.code},
            url=reverse("sites:mast_detail", args=[station.mast.uuid]),
            due_on=station.emf_valid_until,
            kind=_("EMF certificate"),
        )


def dangerous_masts(user: User) -> Iterator[WorkItem]:
    """Masts of grade D that nobody proposed anything for, as one line for officers."""
    if not user.has_role(Role.OFFICER):
        return
    proposals = RemediationProposal.objects.filter(mast=OuterRef("pk"), state__in=_OPEN)
    count = Mast.objects.current().filter(grade=Grade.D).exclude(Exists(proposals)).count()
    if count:
        words = ngettext(
            "%(n)d mast of grade D has no proposal yet",
            "%(n)d masts of grade D have no proposal yet",
            count,
        )
        yield WorkItem(
            title=_("Dangerous masts"),
            sentence=words % {"n": count},
            url=reverse("sites:mast_list") + "?grade=D&sort=verified",
            kind=_("Safety"),
        )


def imports_waiting(user: User) -> Iterator[WorkItem]:
    """One's own imports that were checked and wait for a decision."""
    waiting = ImportRun.objects.filter(created_by=user, state=ImportState.CHECKED)
    for run in waiting[:PER_PROVIDER]:
        yield WorkItem(
            title=run.file_name,
            sentence=_("Import checked: decide on the report"),
            url=reverse("exchange:run_detail", args=[run.uuid]),
            kind=_("Import"),
        )


def find_masts(user: Person, text: str) -> Iterator[SearchResult]:
    """Masts by code, name, address or station, for the search box."""
    found = in_order(masts_found(user, MastQuery(q=text)), "code").select_related("owner")
    for mast in found[:PER_SOURCE]:
        owner = mast.owner.short_name if mast.owner else ""
        yield SearchResult(
            kind=_("Mast"),
            title=mast.code,
            url=reverse("sites:mast_detail", args=[mast.uuid]),
            detail=" · ".join(part for part in (mast.name, owner) if part),
        )
