"""Place search: units, streets, masts, dossiers' positions… whatever the person may see."""

from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models import Extent
from django.utils.translation import gettext as _

from infra.map.features import as_card
from infra.map.registry import LayerSpec, Person, layers_for
from infra.map.sql import as_expression
from infra.people.spelling import corrected

SHORTEST = 2
PER_LAYER = 6
MOST = 20


@dataclass(frozen=True)
class Hit:
    """One place found: words, and the box to look at (west, south, east, north)."""

    layer: str
    id: str
    title: str
    subtitle: str
    bounds: tuple[float, float, float, float]


def find_places(user: Person, words: str) -> tuple[str, list[Hit]]:
    """Places by name, accents or not, scoped to the person.

    Where there are none, those of what was probably meant, after that spelling.
    """
    hits = _places(user, words)
    shown = "" if hits else corrected(words, lambda text: bool(_places(user, text, most=1)))
    return shown, _places(user, shown) if shown else hits


def _places(user: Person, words: str, most: int = MOST) -> list[Hit]:
    words = words.strip()
    if len(words) < SHORTEST:
        return []
    specs = sorted(
        (spec for spec in layers_for(user) if spec.search and spec.card),
        key=lambda spec: spec.is_base,
    )
    hits: dict[tuple[str, str], Hit] = {}
    for spec in specs:
        for hit in _of_layer(spec, user, words):
            hits.setdefault((spec.key, hit.title), hit)
        if len(hits) >= most:
            break
    return list(hits.values())[:most]


def _of_layer(spec: LayerSpec, user: Person, words: str) -> list[Hit]:
    assert spec.search is not None  # noqa: S101
    found = spec.search(spec.queryset(user), words, user)
    rows: Any = found.order_by(*spec.order_by)[:PER_LAYER]
    hits = []
    for row in rows:
        card = as_card(spec, row, user)
        if card is None:
            continue
        box = _box(spec, row)
        subtitle = card["subtitle"] or card["layerTitle"] or _("Place")
        hits.append(Hit(spec.key, card["id"], card["title"], subtitle, box))
    return hits


def _box(spec: LayerSpec, row: Any) -> tuple[float, float, float, float]:
    source = as_expression(spec.geometry)
    found = type(row)._default_manager.filter(pk=row.pk).order_by()
    box: tuple[float, float, float, float] = found.aggregate(box=Extent(source))["box"]
    return box
