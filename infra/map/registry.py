"""The layers a map may show: declared by whoever owns the data, read by tiles, lists and legend."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable
from django_stubs_ext import StrOrPromise

from infra.ground.registry import Registry
from infra.map.style import Style
from infra.models import User

Person = User | AnonymousUser
Kind = Literal["point", "line", "polygon"]


@dataclass(frozen=True)
class Group:
    """A heading of the list of layers; the lower `order` stands first."""

    key: str
    title: StrOrPromise
    order: int


@dataclass(frozen=True)
class Card:
    """What a click on a feature tells: words and links, never HTML; geometry as GeoJSON."""

    layer: str
    id: str
    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    url: str = ""
    sign: str = ""


@dataclass(frozen=True)
class Tally:
    """Counts of features alike per cell, narrowed by the layer's own filters and scoped as rows.

    `rows`: a queryset with `split`, `level`, `cell_x`, `cell_y`, `count`, `sum_x`, `sum_y` beside
    the columns that the filters name. `by_one`: filters that the first level is told apart by
    alone too (`split` names the filter), for where the kinds of all together are many.
    """

    rows: Callable[[Person], "QuerySet[Any]"]
    by_one: frozenset[str]


@dataclass(frozen=True)
class LayerSpec:
    """One layer: whose rows (already scoped to a person), which fields show, how it is drawn.

    `list_parts`: the rows in parts, each with its order, where one order over all would have no
    index; together they are the rows, none in two. `style` is None where the base map draws it and
    no legend tells of it. `is_ground`: a click tells of it only where nothing else lies.
    `is_faint`: while it is off it shows through softly.
    """

    key: str
    title: StrOrPromise
    group: Group
    kind: Kind
    queryset: Callable[[Person], "QuerySet[Any]"]
    geometry: str
    properties: Mapping[str, str | Combinable]
    tables: tuple[str, ...]
    may_see: Callable[[Person], bool]
    style: Style | None = None
    id_field: str = "pk"
    min_zoom: int = 0
    max_zoom: int = 22
    cap: int = 6000
    simplify: bool = True
    order_by: tuple[str, ...] = ("pk",)
    list_order: tuple[str, ...] = ("pk",)
    list_parts: "Callable[[Person], Sequence[tuple[QuerySet[Any], tuple[str, ...]]]] | None" = None
    filters: Mapping[str, str] = field(default_factory=dict)
    at_zoom: "Callable[[QuerySet[Any], int], QuerySet[Any]] | None" = None
    aggregate: str | None = None
    bucket: str | None = None
    bucket_filter: str = ""
    tally: Tally | None = None
    card: Callable[[Model, Person], Card | None] | None = None
    search: Callable[["QuerySet[Any]", str, Person], "QuerySet[Any]"] | None = None
    is_base: bool = False
    is_ground: bool = False
    same_for_all: bool = False
    is_on: bool = True
    is_faint: bool = False
    alias: str = ""

    @property
    def name(self) -> str:
        """What pages call the layer: a public twin answers to the internal layer's name."""
        return self.alias or self.key

    def faults(self) -> Iterator[str]:
        """What is wrong with the declaration itself; its SQL is proved by a system check."""
        if self.style:
            yield from self.style.faults(self.properties)
        elif not self.is_base:
            yield "it has no style"
        if self.min_zoom > self.max_zoom:
            yield "min_zoom is above max_zoom"
        if self.bucket_filter and self.bucket_filter not in self.filters:
            yield f"bucket_filter names {self.bucket_filter!r}, which is no filter"
        if not self.tables:
            yield "it names no table, so that its tiles would never be fresh"


LAYERS: Registry[LayerSpec] = Registry("map layer")


def register_layer(spec: LayerSpec) -> None:
    """Make a layer known. Raises BoundTwice for a taken key, ValueError for one at fault."""
    if faults := list(spec.faults()):
        msg = f"The map layer {spec.key!r}: {'; '.join(faults)}."
        raise ValueError(msg)
    LAYERS.register(spec.key, spec)


def all_layers() -> list[LayerSpec]:
    """Every layer in the order of registration."""
    return LAYERS.values()


def layers_for(user: Person) -> list[LayerSpec]:
    """The layers that a person may see."""
    return [spec for spec in LAYERS.values() if spec.may_see(user)]


def layer_for(user: Person, key: str) -> LayerSpec | None:
    """The layer of that key or alias, or None where there is none that the person may see."""
    for spec in layers_for(user):
        if key in {spec.key, spec.alias}:
            return spec
    return None
