"""The list beside the map: what the person sees of the layers that are on, in the view."""

from dataclasses import dataclass

from infra.map.registry import Card, LayerSpec, Person
from infra.map.statements import Filters
from infra.map.tiles import rows_in

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
        rows = rows_in(spec, user, bounds, filters)
        count = rows.order_by()[:COUNT_TO].count()
        if count:
            shown = rows.order_by(*spec.list_order)[:PER_LAYER]
            cards = [card for row in shown if (card := spec.card(row, user))]
            groups.append(Group(spec, cards, count))
    return groups
