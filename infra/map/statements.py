"""Which statement draws a layer for a person at a zoom: compiled once, filled in for each tile."""

import hashlib
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import FieldError, ValidationError
from django.db import connection
from django.db.models import QuerySet
from django.utils import timezone

from infra.map.grid import TALLY_LEVELS, Tile, stored_level, tally_level
from infra.map.kept import Kept
from infra.map.of_tile import OfTile
from infra.map.registry import LayerSpec, Person
from infra.map.sql import (
    Compiled,
    features_statement,
    live_cells_statement,
    stored_cells_statement,
    tallied_cells_statement,
)
from infra.models import User
from infra.people.access.scope import scope_of

MOST_STATEMENTS = 1000
# A tile takes a few milliseconds: starting a second process or a compiler for it takes longer. Both
# settings end with the statement (one message to the database is one transaction).
IN_ONE_GO = "SET LOCAL max_parallel_workers_per_gather = 0; SET LOCAL jit = off; "
Filters = Mapping[str, list[str]]


class BadFilterError(ValueError):
    """A filter value that the layer cannot read; the message is the parameter's name."""


@dataclass(frozen=True)
class Statement:
    """One layer's SQL; equal digests are equal pictures of equal rows, whoever asks."""

    spec: LayerSpec
    sql: str
    params: tuple[Any, ...]
    digest: str

    def run(self, tile: Tile) -> tuple[bytes, bool]:
        """The layer's part of the tile, and whether it was cut off at its cap."""
        with connection.cursor() as cursor:
            cursor.execute(IN_ONE_GO + self.sql, self.values(tile))
            content, count = cursor.fetchone()
        return bytes(content or b""), count >= self.spec.cap

    def values(self, tile: Tile) -> list[Any]:
        """The parameters for a tile."""
        return [one.read(tile) if isinstance(one, OfTile) else one for one in self.params]


# None: the layer cannot have rows for this person.
_Found = tuple[LayerSpec, Statement | None]
_STATEMENTS: Kept[Hashable, _Found] = Kept(MOST_STATEMENTS)


def statements_for(
    specs: Iterable[LayerSpec], user: Person, zoom: int, filters: Filters
) -> list[Statement]:
    """The statements of those layers that are drawn at this zoom.

    Raises BadFilterError for a filter value of the wrong kind.
    """
    shown = (spec for spec in specs if spec.min_zoom <= zoom <= spec.max_zoom)
    found = (_statement(spec, user, zoom, filters) for spec in shown)
    return [one for one in found if one]


def likeness(user: Person) -> tuple[Hashable, ...] | None:
    """All that is written of a person: equal ones are scoped alike. None for the public."""
    if not isinstance(user, User):
        return None
    return likeness_of(getattr(user, field.attname) for field in User._meta.concrete_fields)


def likeness_of(values: Iterable[Any]) -> tuple[Hashable, ...]:
    """The columns of a person's row as something that can be compared and kept."""
    return tuple(tuple(value) if isinstance(value, list) else value for value in values)


def narrowed(spec: LayerSpec, rows: "QuerySet[Any]", filters: Filters) -> "QuerySet[Any]":
    """The rows under the layer's own filters. Raises BadFilterError on a value it cannot read."""
    for name, lookup in spec.filters.items():
        if values := filters.get(name):
            try:
                rows = rows.filter(**{f"{lookup}__in": values})
            except (ValueError, ValidationError, FieldError) as error:
                raise BadFilterError(name) from error
    return rows


def _statement(spec: LayerSpec, user: Person, zoom: int, filters: Filters) -> Statement | None:
    asked = {name: values for name, values in filters.items() if name in spec.filters}
    # Layers may ask for the day (units in force), so a statement serves one day only.
    words = tuple((name, *values) for name, values in sorted(asked.items()))
    key = (id(spec), likeness(user), zoom, words, timezone.localdate())
    found = _STATEMENTS.get(key)
    if found is None:
        found = spec, _with_digest(spec, _compile(spec, user, zoom, asked))
        _STATEMENTS.put(key, found)
    return found[1]


def _with_digest(spec: LayerSpec, made: Compiled | None) -> Statement | None:
    if made is None:
        return None
    digest = hashlib.sha256(repr(made).encode()).hexdigest()
    return Statement(spec, *made, digest)


def _compile(spec: LayerSpec, user: Person, zoom: int, asked: Filters) -> Compiled | None:
    level = stored_level(zoom) if spec.aggregate else None
    if level is not None and set(asked) <= {spec.bucket_filter}:
        buckets = asked.get(spec.bucket_filter, [])
        return stored_cells_statement(spec, _scopes(user), level, zoom, buckets)
    tallied = tally_level(zoom) if spec.tally else None
    if spec.tally and tallied is not None:
        rows = narrowed(spec, spec.tally.rows(user), asked).filter(
            split=_split(spec, asked, tallied)
        )
        return tallied_cells_statement(spec, tallied, zoom, rows)
    rows = narrowed(spec, spec.queryset(user), asked)
    if level is not None:
        return live_cells_statement(spec, zoom, rows)
    if spec.at_zoom:
        rows = spec.at_zoom(rows, zoom)
    return features_statement(spec, zoom, rows)


def _split(spec: LayerSpec, asked: Filters, level: int) -> str:
    """By which filter alone the counts are told apart, or `all`."""
    names = set(asked) - {spec.bucket_filter}
    alone = level == TALLY_LEVELS[0] and len(names) == 1
    (name,) = names if alone else {"all"}
    return name if spec.tally and name in spec.tally.by_one else "all"


def _scopes(user: Person) -> list[str]:
    scope = scope_of(user)
    return [scope] if scope in {"all", "public"} else ["public", scope]
