"""Reading the register: filters, accent-free search, order, one page with what its rows show."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import Any, cast

from django.contrib.gis.geos import Polygon
from django.core.paginator import Page
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Min,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import Combinable
from django.utils import timezone

from infra.models import AdministrativeUnit, Organisation
from infra.places.territory.selectors import units_on
from sites.choices import ProposalState
from sites.models import Mast, RemediationProposal, Station, StructuralAssessment
from sites.models.mast import MastQuerySet
from sites.permissions import Person, own_organisation_id
from sites.register.selectors.orders import MastPaginator
from sites.register.selectors.words import (
    Spelling,
    better_spelling,
    by_words,
    is_catching_up,
    kept_by_words,
)

EMF_SOON = timedelta(days=90)
MOST_FOR_A_BOX = 200


@dataclass(frozen=True)
class MastQuery:
    """What to look for, already validated; empty means all current masts."""

    q: str = ""
    grade: Sequence[str] = ()
    owner: Sequence[Organisation] = ()
    operator: Sequence[Organisation] = ()
    commune: Sequence[AdministrativeUnit] = ()
    mast_class: Sequence[str] = ()
    structure: Sequence[str] = ()
    status: Sequence[str] = ()
    permit: Sequence[str] = ()
    emf: str = ""
    assessment: str = ""
    publicity: Sequence[str] = ()
    archived: str = ""
    sort: str = "name"

    @property
    def is_internal(self) -> bool:
        """Whether it asks for what the public may not read."""
        return bool(self.grade or self.permit or self.assessment or self.publicity or self.archived)

    @property
    def is_all(self) -> bool:
        """Whether it asks for nothing but an order and the archive."""
        return self == MastQuery(archived=self.archived, sort=self.sort)


def masts_found(user: Person, query: MastQuery) -> MastQuerySet:
    """The masts a person may see that answer the query, unordered, ready for `in_order`.

    A filter on an internal field narrows an operator to own masts: filtering must not tell
    what the page hides.
    """
    masts = Mast.objects.visible_to(user).alias(shown_grade=_shown_grade(user))
    if query.is_internal and not reads_all(user):
        masts = masts.filter(own_masts(user))
    masts = _archived(masts, query.archived)
    for narrow in (_by_choices, _by_organisations, _by_communes, _by_dates):
        masts = narrow(masts, query)
    return by_words(masts, query.q, user)


def found_pages(user: Person, query: MastQuery, within: Polygon | None = None) -> MastPaginator:
    """The same in pages, in the order asked for; `within` a rectangle."""
    scope = masts_found(user, MastQuery(archived=query.archived, sort=query.sort))
    found = scope if query.is_all else masts_found(user, query)
    if within:
        found = found.filter(point__coveredby=within)
    kept = None
    # The archive is internal: outside the department it is narrowed by more than words.
    if not within and replace(query, q="").is_all and (reads_all(user) or not query.archived):
        kept = kept_by_words(query.q, user, query.archived)
    own = None if reads_all(user) else own_masts(user)
    sort = query.sort
    if sort == "grade" and own and own_organisation_id(user) is None:
        sort, own = "code", None  # the public reads no grade at all
    return MastPaginator(found, scope, sort, kept=kept, own=own)


def spelt_pages(
    user: Person, query: MastQuery, *, is_exact: bool = False
) -> tuple[MastPaginator, Spelling | None]:
    """The pages; where the text finds nothing at all, of what was probably meant."""
    pages = found_pages(user, query)
    if is_exact or not query.q or pages.counted:
        return pages, None
    finds = partial(finds_some, user)
    if pages.kept is None and finds(query.q):
        return pages, None  # the filters left nothing, not the words
    spelling = better_spelling(query.q, finds)
    if spelling:
        pages = found_pages(user, replace(query, q=spelling.shown))
    return pages, spelling


def first_found(user: Person, text: str, most: int) -> list[int]:
    """The keys of a few masts that a box shows: that of this very code first, then by code.

    Of very many it orders those read first: a person who means one of them types on.
    """
    exact = masts_found(user, MastQuery()).filter(code=text.strip().upper())
    ids = list(exact.values_list("pk", flat=True))
    kept = kept_by_words(text, user, "")
    if kept is None:
        return ids
    codes = sorted(kept.values_list("mast__code", "mast")[:MOST_FOR_A_BOX])
    return list(dict.fromkeys([*ids, *(mast for _code, mast in codes)]))[:most]


def finds_some(user: Person, text: str) -> bool:
    """Whether the text alone finds a mast for this person."""
    kept = kept_by_words(text, user, "")
    return kept is not None and kept.exists()


def reads_all(user: Person) -> bool:
    """Whether the person reads every field of every mast."""
    return bool(getattr(user, "is_department", False))


def own_masts(user: Person) -> Q:
    """The masts that a person outside the department reads in full."""
    return Q(viewer_org_ids__contains=[own_organisation_id(user) or 0])


def _shown_grade(user: Person) -> Combinable:
    """The grade as far as the page shows it: an order must not tell what the page hides."""
    if reads_all(user):
        return F("grade")
    return Case(When(own_masts(user), then=F("grade")), default=Value(""), output_field=CharField())


def _archived(masts: MastQuerySet, wish: str) -> MastQuerySet:
    if wish == "only":
        return masts.exclude(archived_at=None)
    return masts if wish == "with" else masts.current()


def _by_choices(masts: MastQuerySet, query: MastQuery) -> MastQuerySet:
    pairs = {
        "grade__in": ["" if grade == "none" else grade for grade in query.grade],
        "mast_class__in": query.mast_class,
        "structure__in": query.structure,
        "operating_status__in": query.status,
        "permit_status__in": query.permit,
        "publicity__in": query.publicity,
    }
    return masts.filter(**{lookup: values for lookup, values in pairs.items() if values})


def _by_organisations(masts: MastQuerySet, query: MastQuery) -> MastQuerySet:
    if query.owner:
        masts = masts.filter(owner__in=list(query.owner))
    if query.operator:
        stations = Station.objects.filter(mast=OuterRef("pk"), operator__in=list(query.operator))
        masts = masts.filter(Exists(stations))
    return masts


def _by_communes(masts: MastQuerySet, query: MastQuery) -> MastQuerySet:
    """Inside the units' boundaries, whatever the mast says of itself."""
    if not query.commune:
        return masts
    if not is_catching_up():
        return masts.filter(search__unit__in=[unit.pk for unit in query.commune])
    inside = Q()
    for unit in query.commune:
        boundary = AdministrativeUnit.objects.filter(pk=unit.pk).values("boundary")
        inside |= Q(point__coveredby=Subquery(boundary))
    return masts.filter(inside)


def _by_dates(masts: MastQuerySet, query: MastQuery) -> MastQuerySet:
    today = timezone.localdate()
    stations = Station.objects.filter(mast=OuterRef("pk"))
    emf = {
        "expiring": stations.filter(emf_valid_until__range=(today, today + EMF_SOON)),
        "expired": stations.filter(emf_valid_until__lt=today),
        "none": stations.filter(emf_valid_until=None),
    }
    if query.emf in emf:
        masts = masts.filter(Exists(emf[query.emf]))
    assessments = StructuralAssessment.objects.filter(mast=OuterRef("pk"))
    if query.assessment == "none":
        masts = masts.filter(~Exists(assessments))
    if query.assessment == "expired":
        valid = Q(valid_until=None) | Q(valid_until__gte=today)
        masts = masts.filter(Exists(assessments), ~Exists(assessments.filter(valid)))
    return masts


@dataclass
class MastRow:
    """One line of the register."""

    mast: Mast
    unit: AdministrativeUnit | None = None
    due_at: Any = None
    is_full: bool = True
    operators: list[str] = field(default_factory=list)

    @property
    def others(self) -> list[str]:
        """The operators on it besides its owner."""
        owner = self.mast.owner
        return [name for name in self.operators if owner is None or name != owner.short_name]


def mast_page(
    pages: MastPaginator, number: str | int, is_full: Callable[[Mast], bool]
) -> Page[Mast]:
    """One page; its object_list is a list of MastRow, read in a fixed number of queries."""
    page = pages.get_page(number)
    stations = Station.objects.select_related("operator").order_by("operator__short_name")
    found: Any = page.object_list
    rows = found.select_related("owner")
    shown = list(rows.prefetch_related(Prefetch("stations", stations)))
    units = units_of([mast.pk for mast in shown])
    due = proposals_due([mast.pk for mast in shown])
    lines = [
        MastRow(
            mast,
            units.get(mast.pk),
            due.get(mast.pk),
            is_full(mast),
            list(dict.fromkeys(s.operator.short_name for s in mast.stations.all())),
        )
        for mast in shown
    ]
    page.object_list = cast("Any", lines)
    return page


def units_of(mast_ids: Sequence[int]) -> dict[int, AdministrativeUnit]:
    """The commune or ward of today that each mast stands in, in three queries."""
    kept: Combinable = F("search__unit")
    if is_catching_up():
        here = units_on().filter(boundary__covers=OuterRef("point")).order_by("code")
        kept = Subquery(here.values("pk")[:1])
    pairs = dict(
        Mast.objects.filter(pk__in=mast_ids).annotate(unit_id=kept).values_list("pk", "unit_id")
    )
    units = AdministrativeUnit.objects.defer("boundary").in_bulk({u for u in pairs.values() if u})
    return {mast: units[unit] for mast, unit in pairs.items() if unit}


def proposals_due(mast_ids: Sequence[int]) -> dict[int, Any]:
    """When the first open remediation proposal of each mast is due."""
    open_ones = RemediationProposal.objects.filter(
        mast__in=mast_ids, state__in=[ProposalState.PROPOSED, ProposalState.ACCEPTED]
    )
    return dict(open_ones.order_by().values_list("mast").annotate(first=Min("due_at")))


def unit_history(mast: Mast) -> QuerySet[AdministrativeUnit]:
    """Every unit, of any date and level, whose boundary covers the mast."""
    units = AdministrativeUnit.objects.filter(boundary__covers=mast.point)
    return units.defer("boundary").order_by("-valid_from", "-level")
