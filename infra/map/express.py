"""The short way to a tile: one statement proves that the person is still who was let in.

A map asks for dozens of tiles at a time. The first of them goes through every door; what let it in
is remembered: the session's content and the person's whole row. The next ones ask the database, in
one statement, for these two as they are now and for the write counters of the layers' tables. Only
where session and row are the very same, and not expired, is the tile answered here, in the same
words as by the view. Whatever is not plain goes the long way.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.db import DatabaseError, connection
from django.http import Http404, HttpRequest, HttpResponseBase
from django.http.response import HttpResponse
from django.urls import ResolverMatch

from infra.map.answers import is_tile, specs_of, tile_answer, tile_at
from infra.map.errors import MapRefusedError
from infra.map.kept import Kept
from infra.map.registry import Person, all_layers
from infra.map.statements import BadFilterError, likeness, likeness_of
from infra.map.versions import COUNTED, Versions, counted_of, versions_from
from infra.models import User

MOST_PASSES = 1000
ADDRESS = re.compile(r"/ban-do/o/([a-z_,]{1,400})/(\d{1,2})/(\d{1,7})/(\d{1,7})\.mvt")
SESSION_NAME = re.compile(r"[a-z0-9]{0,64}")
FIELDS = [str(f.column) for f in User._meta.concrete_fields]
SIGHTING = f"""
SELECT sight.*, s.session_data, u.* FROM ({COUNTED}) AS sight
LEFT JOIN django_session s ON s.session_key = %s AND s.expire_date > now()
LEFT JOIN (SELECT {", ".join(f'"{name}"' for name in FIELDS)} FROM infra_user) u ON u.id = %s
"""  # noqa: S608
# What the answer itself sets; all else was set by the doors, and is the same for the next tile.
OWN_HEADERS = {
    "cache-control",
    "content-encoding",
    "content-length",
    "content-type",
    "etag",
    "x-capped-layers",
}


@dataclass(frozen=True)
class Sighting:
    """Versions, session and person as they are now; read before any row of a tile."""

    versions: Versions
    session: str | None
    person: tuple[Any, ...] | None


@dataclass(frozen=True)
class Pass:
    """What let a request through every door, and the headers that the doors put on it."""

    session: str | None
    person: tuple[Any, ...] | None
    user: Person
    match: ResolverMatch
    headers: dict[str, str] = field(repr=False)


_PASSES: Kept[tuple[str, str], Pass] = Kept(MOST_PASSES)


class ExpressTileMiddleware:
    """Stands behind the doors that ask for no person; in front of session and sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        address = ADDRESS.fullmatch(request.path) if request.method == "GET" else None
        if address is None or "%" in request.META.get("QUERY_STRING", ""):
            return self.get_response(request)
        request.get_host()  # an unknown host is refused here as by the long way
        who = _who(request)
        if not SESSION_NAME.fullmatch(who[0]):
            return self.get_response(request)
        known = _PASSES.get(who)
        sighting = _look(address[1], who[0], getattr(known and known.user, "pk", None))
        if known and sighting and _is_the_same(known, sighting):
            quick = _answer(request, address.groups(), known, sighting.versions)
            if quick is not None:
                return quick
        response = self.get_response(request)
        if sighting and isinstance(response, HttpResponse) and is_tile(response):
            _learn(request, response, who, sighting)
        return response


def forget_passes() -> None:
    """Send everybody the long way again: for tests."""
    _PASSES.clear()


def _who(request: HttpRequest) -> tuple[str, str]:
    """The session's cookie and the language's: what the doors read of a person."""
    cookies = request.COOKIES
    session = cookies.get(settings.SESSION_COOKIE_NAME, "")
    return session, cookies.get(settings.LANGUAGE_COOKIE_NAME, "")


def _look(keys: str, session: str, person: int | None) -> Sighting | None:
    """The one statement; None where the database says no: the long way tells it."""
    names = set(keys.split(","))
    asked = (spec for spec in all_layers() if not names.isdisjoint({spec.key, spec.alias}))
    counted = counted_of(table for spec in asked for table in spec.tables)
    try:
        with connection.cursor() as cursor:
            cursor.execute(SIGHTING, [*counted, session, person])
            era, pairs, data, *row = cursor.fetchone()
    except DatabaseError:
        return None
    if data is not None and person is None:
        # A session not seen before: whose it is stands in it.
        owner = SessionStore().decode(data).get(SESSION_KEY)
        return _look(keys, session, int(owner)) if owner else None
    seen = None if person is None or row[FIELDS.index("id")] is None else likeness_of(row)
    return Sighting(versions_from(era, pairs), data, seen)


def _is_the_same(known: Pass, now: Sighting) -> bool:
    return (known.session, known.person) == (now.session, now.person)


def _answer(
    request: HttpRequest, address: Sequence[str | Any], known: Pass, versions: Versions
) -> HttpResponse | None:
    keys, *where = address
    try:
        specs = specs_of(known.user, keys)
        response = tile_answer(request, known.user, specs, tile_at(*where), versions)
    except (BadFilterError, MapRefusedError, Http404):
        return None
    for name, value in known.headers.items():
        response.headers[name] = value
    # What the request's own line in the log tells.
    request.resolver_match = known.match
    request._cached_user = known.user  # type: ignore[attr-defined]
    return response


def _learn(
    request: HttpRequest, response: HttpResponse, who: tuple[str, str], sighting: Sighting
) -> None:
    """Remember what let this request in, if it is what was seen before it."""
    user: Person = request.user
    match = request.resolver_match
    if response.cookies or match is None or not _was_seen(request, who[0], sighting):
        return
    copy: Person = AnonymousUser()
    if isinstance(user, User):
        copy = User(**{f.attname: getattr(user, f.attname) for f in User._meta.concrete_fields})
    headers = {k: v for k, v in response.headers.items() if k.lower() not in OWN_HEADERS}
    _PASSES.put(who, Pass(sighting.session, sighting.person, copy, match, headers))


def _was_seen(request: HttpRequest, session: str, sighting: Sighting) -> bool:
    if not session:
        return not request.user.is_authenticated
    if sighting.session is None or sighting.person is None:
        return False
    content = SessionStore().decode(sighting.session)
    return (
        likeness(request.user) == sighting.person
        and content == dict(request.session.items())
        and content.get(SESSION_KEY) == str(request.user.pk)
    )
