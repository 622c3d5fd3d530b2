"""The search box of the top bar: every part registers a source, scoped to the person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial

from django.contrib.auth.models import AnonymousUser

from infra.ground.registry import Registry, name_of
from infra.models import User
from infra.people.spelling import corrected

PER_SOURCE = 8
SHORTEST = 2
LONGEST = 100


@dataclass(frozen=True)
class SearchResult:
    """One hit: its kind in words ("Cột"), its name, one line of detail, its page."""

    kind: str
    title: str
    url: str
    detail: str = ""


Groups = dict[str, list[SearchResult]]
Source = Callable[[User | AnonymousUser, str], Iterable[SearchResult]]
SOURCES: Registry[Source] = Registry("source of the search")


def register_source(source: Source) -> None:
    """Adds `source(user, text) -> results`; call it from `AppConfig.ready()`."""
    SOURCES.register(name_of(source), source)


def spelt_search(
    user: User | AnonymousUser, text: str
) -> tuple[str, dict[str, list[SearchResult]]]:
    """Hits; where there are none, those of what was probably meant, after that spelling."""
    groups = search(user, text)
    shown = "" if groups else corrected(text[:LONGEST], partial(_finds_some, user))
    return shown, search(user, shown) if shown else groups


def _finds_some(user: User | AnonymousUser, text: str) -> bool:
    return any(any(True for _hit in source(user, text)) for source in SOURCES.values())


def search(user: User | AnonymousUser, text: str) -> Groups:
    """Hits by kind, at most PER_SOURCE from each source; nothing for a text too short."""
    text = " ".join(text.split())[:LONGEST]
    groups: Groups = {}
    if len(text) < SHORTEST:
        return groups
    for source in SOURCES.values():
        for result in list(source(user, text))[:PER_SOURCE]:
            groups.setdefault(result.kind, []).append(result)
    return groups
