"""The list beside the map: what the person sees of the layers that are on, in the view."""

from dataclasses import dataclass
from typing import Any

from infra.map.registry import Card, LayerSpec, Person
from infra.map.statements import Filters
from infra.map.tiles import within

PER_LAYER = 60
COUNT_TO = 2000


@dataclass(frozen=True)
class Group:
    """One layer's part of the list: its first cards and how many there are in all."""

    spec: LayerSpec
    cards: list[Card]
    count: int

    @property
    def shown(self) -> int:
        """How many are listed."""
        return len(self.cards)

    @property
    def is_cut(self) -> bool:
        """Whether more lie in the view than the list shows."""
        return self.count > self.shown

    @property
    def is_beyond_count(self) -> bool:
        """Whether counting stopped at COUNT_TO."""
        return self.count >= COUNT_TO


def list_in(
    specs: list[LayerSpec],
    user: Person,
    bounds: tuple[float, float, float, float],
    filters: Filters,
) -> list[Group]:
    """The layers with something in the view (west, south, east, north), first cards of each."""
    groups = []
    for spec in sorted(specs, key=lambda spec: spec.group.order):
        if spec.is_base or spec.card is None:
            continue
        rows, count = _first(spec, user, bounds, filters)
        if count:
            cards = [card for row in rows if (card := spec.card(row, user))]
            groups.append(Group(spec, cards, count))
    return groups


def _first(
    spec: LayerSpec,
    user: Person,
    bounds: tuple[float, float, float, float],
    filters: Filters,
) -> tuple[list[Any], int]:
    """The first rows of the view in the layer's order, and how many there are up to COUNT_TO.

    Few are put in order by themselves. Where they are very many, an index in that order meets
    enough of them soon, so that nobody ever sorts the whole province.
    """
    parts = spec.list_parts(user) if spec.list_parts else [(spec.queryset(user), spec.list_order)]
    found: list[Any] = []
    count = 0
    for part, order in parts:
        left = COUNT_TO - count
        if not left:
            break
        rows = within(spec, part, bounds, filters)
        few = list(rows.order_by().values_list("pk", flat=True)[:left])
        if len(found) < PER_LAYER:
            some = rows.filter(pk__in=few) if len(few) < left else rows
            found += some.order_by(*order)[: PER_LAYER - len(found)]
        count += len(few)
    return found, count
