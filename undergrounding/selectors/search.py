"""Routes for the search box of the top bar."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext as _

from infra.people.search import PER_SOURCE, SearchResult
from undergrounding.permissions import Person
from undergrounding.selectors.routes import RouteQuestion, routes_for


def search_routes(user: Person, text: str) -> Iterator[SearchResult]:
    """Routes whose code, name or street holds the words, accents or not."""
    for route in routes_for(user, RouteQuestion(text=text))[:PER_SOURCE]:
        yield SearchResult(
            kind=_("Cable route"),
            title=route.name,
            url=reverse("undergrounding:route_detail", args=[route.uuid]),
            detail=f"{route.code} · {route.get_state_display()}",
        )
