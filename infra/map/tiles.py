"""Vector tiles straight from PostGIS, scoped to the person who asks."""

import hashlib
from collections.abc import Mapping
from typing import Any

from django.contrib.gis.geos import Polygon
from django.core.exceptions import FieldError, ValidationError
from django.db import connection
from django.db.models import QuerySet, Sum
from django.http import QueryDict

from infra.map.grid import Tile, stored_level
from infra.map.registry import LayerSpec, Person
from infra.map.sql import (
    Compiled,
    features_statement,
    live_cells_statement,
    stored_cells_statement,
)
from infra.models import MapTableVersion
from infra.people.access.scope import scope_of

# Raised when tiles of the same data come out differently, so that no old one is kept.
FORMAT = "1"
Filters = Mapping[str, list[str]]


class BadFilterError(ValueError):
    """A filter value that the layer cannot read; the message is the parameter's name."""


def tile_bytes(
    specs: list[LayerSpec], user: Person, tile: Tile, filters: Filters
) -> tuple[bytes, list[str]]:
    """The MVT of these layers, and the keys of those cut off at their cap.

    Raises BadFilterError for a filter value of the wrong kind.
    """
    parts, capped = [], []
    for spec in specs:
        if not spec.min_zoom <= tile.z <= spec.max_zoom:
            continue
        content, count = _run(_statement(spec, user, tile, filters))
        parts.append(content)
        if count >= spec.cap:
            capped.append(spec.key)
    return b"".join(parts), capped


def rows_in(
    spec: LayerSpec, user: Person, bounds: tuple[float, float, float, float], filters: Filters
) -> "QuerySet[Any]":
    """What the person may see of a layer inside west, south, east, north (degrees)."""
    rows = spec.queryset(user).filter(
        **{f"{spec.geometry}__bboverlaps": Polygon.from_bbox(bounds)},
    )
    return narrowed(spec, rows, filters)


def narrowed(spec: LayerSpec, rows: "QuerySet[Any]", filters: Filters) -> "QuerySet[Any]":
    """The rows under the layer's own filters. Raises BadFilterError on a value it cannot read."""
    for name, lookup in spec.filters.items():
        if values := filters.get(name):
            try:
                rows = rows.filter(**{f"{lookup}__in": values})
            except (ValueError, ValidationError, FieldError) as error:
                raise BadFilterError(name) from error
    return rows


def filters_of(specs: list[LayerSpec], query: QueryDict) -> dict[str, list[str]]:
    """The filter values in an address that one of the layers knows, in a fixed order."""
    known = {name for spec in specs for name in spec.filters}
    found = {name: sorted(v for v in query.getlist(name) if v) for name in sorted(known)}
    return {name: values for name, values in found.items() if values}


def version_of(specs: list[LayerSpec]) -> str:
    """How often the tables under these layers were written."""
    tables = {table for spec in specs for table in spec.tables}
    rows = MapTableVersion.objects.filter(table__in=tables).values_list("table")
    counted = sorted(rows.annotate(total=Sum("version")).values_list("table", "total"))
    return ".".join(str(total) for _, total in counted)


def etag_of(specs: list[LayerSpec], user: Person, tile: Tile, filters: Filters) -> str:
    """A tag that differs by person and scope, by what was written and by what was asked."""
    person = "" if all(spec.same_for_all for spec in specs) else f"{scope_of(user)}/{user.pk}"
    roles = sorted(getattr(user, "roles", []))
    asked = (FORMAT, [s.key for s in specs], person, roles, version_of(specs), tile, dict(filters))
    return f'"{hashlib.sha256(repr(asked).encode()).hexdigest()[:32]}"'


def _statement(spec: LayerSpec, user: Person, tile: Tile, filters: Filters) -> Compiled | None:
    level = stored_level(tile.z) if spec.aggregate else None
    asked = {name: values for name, values in filters.items() if name in spec.filters}
    if level is not None and set(asked) <= {spec.bucket_filter}:
        buckets = asked.get(spec.bucket_filter, [])
        return stored_cells_statement(spec, _scopes(user), level, tile, buckets)
    # One cell of margin for clusters is an eighth of a tile.
    bounds = tile.bounds(512) if level is not None else tile.bounds()
    rows = rows_in(spec, user, bounds, asked)
    if level is not None:
        return live_cells_statement(spec, tile, rows)
    if spec.at_zoom:
        rows = spec.at_zoom(rows, tile.z)
    return features_statement(spec, tile, rows)


def _scopes(user: Person) -> list[str]:
    scope = scope_of(user)
    return [scope] if scope in {"all", "public"} else ["public", scope]


def _run(statement: Compiled | None) -> tuple[bytes, int]:
    if statement is None:
        return b"", 0
    with connection.cursor() as cursor:
        cursor.execute(*statement)
        content, count = cursor.fetchone()
    return bytes(content or b""), count
