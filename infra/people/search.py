"""The search box of the top bar: every part registers a source, scoped to the person."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from infra.ground.registry import Registry, name_of
from infra.models import User

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


Source = Callable[[User | AnonymousUser, str], Iterable[SearchResult]]
SOURCES: Registry[Source] = Registry("source of the search")


def register_source(source: Source) -> None:
    """Adds `source(user, text) -> results`; call it from `AppConfig.ready()`."""
    SOURCES.register(name_of(source), source)


def search(user: User | AnonymousUser, text: str) -> dict[str, list[SearchResult]]:
    """Hits by kind, at most PER_SOURCE from each source; nothing for a text too short."""
    text = " ".join(text.split())[:LONGEST]
    groups: dict[str, list[SearchResult]] = {}
    if len(text) < SHORTEST:
        return groups
    for source in SOURCES.values():
        for result in list(source(user, text))[:PER_SOURCE]:
            groups.setdefault(result.kind, []).append(result)
    return groups
