"""Communes in the search box: a hit opens the map there."""

from collections.abc import Iterator

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse
from django.utils.translation import gettext as _

from infra.models import AdministrativeUnit, User
from infra.people.search import PER_SOURCE, SearchResult
from infra.places.territory.selectors import units_named

ZOOM = 13


def search_communes(user: User | AnonymousUser, text: str) -> Iterator[SearchResult]:
    """Today's communes and wards whose name or code holds the text; open to everybody."""
    for unit in units_named(text)[:PER_SOURCE]:
        parent = str(unit.parent) if unit.parent else ""
        yield SearchResult(_("Communes and wards"), str(unit), _on_map(unit), parent)


def _on_map(unit: AdministrativeUnit) -> str:
    place = unit.point or (unit.boundary.point_on_surface if unit.boundary else None)
    page = reverse("map:page")
    return f"{page}?v={ZOOM},{place.y:.5f},{place.x:.5f}" if place else page
