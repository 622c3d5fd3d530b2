"""What the register puts before people: certificates that end, dangerous masts, checked imports."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infra.ground.choices import ImportState, Role
from infra.ground.expressions import HoldsWords
from infra.ground.plaintext import WordsOf, prefix_query, query_words
from infra.models import ImportRun, Organisation, User
from infra.people.search import PER_SOURCE, SearchResult
from infra.people.worklist import PER_PROVIDER, WorkItem
from sites.choices import MAST_HOLDERS, Grade, ProposalState
from sites.models import Mast, RemediationProposal, Station
from sites.permissions import Person
from sites.register.selectors.masts import EMF_SOON, first_found

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
    """Masts by all that the register finds them by, for the search box."""
    ids = first_found(user, text, PER_SOURCE)
    masts = Mast.objects.visible_to(user).select_related("owner").in_bulk(ids)
    for mast in (masts[pk] for pk in ids if pk in masts):
        owner = mast.owner.short_name if mast.owner else ""
        yield SearchResult(
            kind=_("Mast"),
            title=mast.code,
            url=reverse("sites:mast_detail", args=[mast.uuid]),
            detail=" · ".join(part for part in (mast.name, owner) if part),
        )


def find_holders(user: Person, text: str) -> Iterator[SearchResult]:
    """Owners and operators, whom the register's filter names to everybody: their masts."""
    words = query_words(text)
    named = WordsOf(Concat("name", Value(" "), "short_name", output_field=TextField()))
    holders = Organisation.objects.filter(kind__in=MAST_HOLDERS).filter(
        HoldsWords(named, Value(prefix_query(words) or "''"))
    )
    for holder in holders[:PER_SOURCE]:
        yield SearchResult(
            kind=_("Organisation"),
            title=holder.short_name,
            url=f"{reverse('sites:mast_list')}?owner={holder.pk}",
            detail=holder.name,
        )
