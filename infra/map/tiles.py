"""Vector tiles straight from PostGIS, scoped to who asks, and kept while they are true."""

import gzip
import hashlib
from dataclasses import dataclass
from typing import Any

from django.contrib.gis.geos import Polygon
from django.db.models import QuerySet
from django.http import QueryDict
from django.utils import timezone

from infra.map.grid import Tile
from infra.map.kept import Kept
from infra.map.registry import LayerSpec, Person
from infra.map.statements import Filters, Statement, narrowed, statements_for
from infra.map.versions import Versions

# Raised when tiles of the same data come out differently, so that no old one is kept.
FORMAT = "2"
# Bytes that one process keeps of packed tiles.
MOST_KEPT = 32 * 1024 * 1024


@dataclass(frozen=True)
class Drawn:
    """A tile, packed, and the layers that were cut off at their cap."""

    packed: bytes
    capped: tuple[str, ...]

    @property
    def content(self) -> bytes:
        """The MVT itself."""
        return gzip.decompress(self.packed)


@dataclass(frozen=True)
class Picture:
    """One tile of some layers as one person sees it, not drawn yet.

    Its `tag` names statements, tile, day and write counters: two persons share it where all they
    may see is asked for in the very same words, and nobody else does.
    """

    statements: tuple[Statement, ...]
    tile: Tile
    tag: str

    def drawn(self) -> Drawn:
        """The tile: as it was kept, or drawn now."""
        kept = _KEPT.get(self.tag)
        if kept is None:
            kept = self._draw()
            _KEPT.put(self.tag, kept)
        return kept

    def _draw(self) -> Drawn:
        parts = [(one.spec.key, *one.run(self.tile)) for one in self.statements]
        content = b"".join(part for _key, part, _cut in parts)
        packed = gzip.compress(content, compresslevel=1, mtime=0)
        return Drawn(packed, tuple(key for key, _part, is_cut in parts if is_cut))


_KEPT: Kept[str, Drawn] = Kept(MOST_KEPT, weight=lambda drawn: len(drawn.packed) + 400)


def picture_of(
    specs: list[LayerSpec], user: Person, tile: Tile, filters: Filters, versions: Versions
) -> Picture:
    """What to draw. The versions must have been read before: rows are then never older than they.

    Raises BadFilterError for a filter value of the wrong kind.
    """
    statements = statements_for(specs, user, tile.z, filters)
    words = [one.digest for one in statements]
    asked = (FORMAT, words, versions.of(specs), (tile.z, tile.x, tile.y), timezone.localdate())
    tag = hashlib.sha256(repr(asked).encode()).hexdigest()[:32]
    return Picture(tuple(statements), tile, f'"{tag}"')


def forget_tiles() -> None:
    """Draw all anew: for tests."""
    _KEPT.clear()


def rows_in(
    spec: LayerSpec, user: Person, bounds: tuple[float, float, float, float], filters: Filters
) -> "QuerySet[Any]":
    """What the person may see of a layer inside west, south, east, north (degrees)."""
    return within(spec, spec.queryset(user), bounds, filters)


def within(
    spec: LayerSpec,
    rows: "QuerySet[Any]",
    bounds: tuple[float, float, float, float],
    filters: Filters,
) -> "QuerySet[Any]":
    """Those of a layer's rows inside west, south, east, north (degrees), under its filters."""
    box = Polygon.from_bbox(bounds)
    return narrowed(spec, rows.filter(**{f"{spec.geometry}__bboverlaps": box}), filters)


def filters_of(specs: list[LayerSpec], query: QueryDict) -> dict[str, list[str]]:
    """The filter values in an address that one of the layers knows, in a fixed order."""
    known = {name for spec in specs for name in spec.filters}
    found = {name: sorted(v for v in query.getlist(name) if v) for name in sorted(known)}
    return {name: values for name, values in found.items() if values}
