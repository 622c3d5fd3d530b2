"""Communes in the search box: a hit opens the map there."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.db.models import TextField, Value
from django.db.models.functions import Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.expressions import HoldsWords
from infra.ground.plaintext import WordsOf, prefix_query, query_words
from infra.models import AdministrativeUnit, UnitSuccession, User
from infra.people.search import PER_SOURCE, SearchResult
from infra.places.territory.selectors import units_named

ZOOM = 13
NAMED = WordsOf(
    Concat("predecessor__kind_name", Value(" "), "predecessor__name", output_field=TextField())
)


def search_communes(user: User | AnonymousUser, text: str) -> Iterator[SearchResult]:
    """Today's communes and wards whose name or code holds the text; open to everybody."""
    for unit in units_named(text)[:PER_SOURCE]:
        parent = str(unit.parent) if unit.parent else ""
        yield SearchResult(_("Communes and wards"), str(unit), _on_map(unit), parent)


def search_former_units(user: User | AnonymousUser, text: str) -> Iterator[SearchResult]:
    """Units that ended, by the name they had: what they became, on the map."""
    words = query_words(text)
    if not words:
        return
    ended = UnitSuccession.objects.filter(predecessor__valid_to__lt=timezone.localdate())
    found = ended.filter(HoldsWords(NAMED, Value(prefix_query(words))))
    rows = found.select_related("predecessor", "successor").order_by("predecessor__name", "pk")
    for row in rows[:PER_SOURCE]:
        now = _("now %(unit)s") % {"unit": row.successor}
        title = f"{row.predecessor}"
        yield SearchResult(_("Former units"), title, _on_map(row.successor), now)


def _on_map(unit: AdministrativeUnit) -> str:
    place = unit.point or (unit.boundary.point_on_surface if unit.boundary else None)
    page = reverse("map:page")
    return f"{page}?v={ZOOM},{place.y:.5f},{place.x:.5f}" if place else page
