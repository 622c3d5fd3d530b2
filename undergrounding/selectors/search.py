"""Routes for the search box of the top bar."""

from collections.abc import Iterator

from django.db import connection
from django.urls import reverse
from django.utils.translation import gettext as _

from infra.people.search import PER_SOURCE, SearchResult
from undergrounding.permissions import Person
from undergrounding.selectors.routes import RouteQuestion, routes_for

_WORDS = """
SELECT DISTINCT w.word FROM undergrounding_route,
    unnest(tt_words(concat_ws(' ', name, street))) AS w (word)
WHERE w.word ~ '^[a-z]{2,}$'
"""


def search_routes(user: Person, text: str) -> Iterator[SearchResult]:
    """Routes whose code, name or street holds the words, accents or not."""
    for route in routes_for(user, RouteQuestion(text=text))[:PER_SOURCE]:
        yield SearchResult(
            kind=_("Cable route"),
            title=route.name,
            url=reverse("undergrounding:route_detail", args=[route.uuid]),
            detail=f"{route.code} · {route.get_state_display()}",
        )


def words_of_routes() -> set[str]:
    """The words of letters in names and streets of routes, for the dictionary."""
    with connection.cursor() as cursor:
        cursor.execute(_WORDS)
        return {word for (word,) in cursor.fetchall()}
