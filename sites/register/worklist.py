"""What the register puts before operators, and masts in the search box."""

from collections.abc import Iterator

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext

from infra.ground.choices import Role
from infra.ground.expressions import HoldsWords
from infra.ground.plaintext import WordsOf, prefix_query, query_words
from infra.models import Organisation, User
from infra.people.search import PER_SOURCE, SearchResult
from infra.people.worklist import WorkItem, WorkKind
from sites.choices import MAST_HOLDERS, Grade
from sites.models import Mast, Station
from sites.permissions import Person, own_organisation_id
from sites.register.selectors.masts import EMF_SOON, MastQuery, first_found, masts_found
from sites.register.selectors.orders import in_order


def _own_dangers(user: User) -> QuerySet[Mast] | None:
    """What the register shows an operator under grade D: the masts they own or stand on."""
    if own_organisation_id(user) is None:
        return None
    return in_order(masts_found(user, MastQuery(grade=[Grade.D])), "code")


def _own_danger(mast: Mast, _user: User) -> WorkItem:
    return WorkItem(
        title=mast.code,
        sentence=_(
            "Grade D: fence it off and repair it; the department checks before it is lifted."
        ),
        url=reverse("sites:mast_detail", args=[mast.uuid]),
    )


def _own_dangers_page() -> str:
    return reverse("sites:mast_list") + "?grade=D&sort=code"


def _certificates(user: User) -> QuerySet[Station] | None:
    """An operator's own EMF certificates that expired or will within 90 days."""
    if not (user.has_role(Role.OPERATOR) and user.organisation_id):
        return None
    stations = Station.objects.filter(
        operator=user.organisation_id,
        emf_valid_until__lte=timezone.localdate() + EMF_SOON,
        mast__archived_at=None,
    )
    return stations.select_related("mast").order_by("emf_valid_until", "pk")


def _certificate(station: Station, _user: User) -> WorkItem:
    return WorkItem(
        title=station.code,
        sentence=_("EMF certificate of station %(code)s on mast %(mast)s ends")
        % {"code": station.code, "mast": station.mast.code},
        url=reverse("sites:mast_detail", args=[station.mast.uuid]),
        due_on=station.emf_valid_until,
    )


KINDS = (
    WorkKind(
        "own-dangers",
        gettext_lazy("Your dangerous masts"),
        rows=_own_dangers,
        item=_own_danger,
        is_leading=True,
        page=_own_dangers_page,
    ),
    WorkKind(
        "certificates",
        gettext_lazy("EMF certificates that ended or end within 90 days"),
        rows=_certificates,
        item=_certificate,
    ),
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
            kind=pgettext("found by the search", "Organisation"),
            title=holder.short_name,
            url=f"{reverse('sites:mast_list')}?owner={holder.pk}",
            detail=holder.name,
        )
