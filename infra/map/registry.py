"""The layers a map may show: declared by whoever owns the data, read by tiles, lists and legend."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django.contrib.auth.models import AnonymousUser
from django.db.models import Model, QuerySet
from django.db.models.expressions import Combinable
from django_stubs_ext import StrOrPromise

from infra.ground.registry import Registry
from infra.models import User

Person = User | AnonymousUser
Kind = Literal["point", "line", "polygon"]


@dataclass(frozen=True)
class LegendItem:
    """One line of the legend: the sign (a key the drawing knows) and its words."""

    sign: str
    label: StrOrPromise


@dataclass(frozen=True)
class Card:
    """What a click on a feature tells: words and links, never HTML; geometry as GeoJSON."""

    layer: str
    id: str
    title: str
    subtitle: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    url: str = ""
    grade: str = ""


@dataclass(frozen=True)
class LayerSpec:
    """One layer: whose rows (already scoped to a person), which fields show, how it is drawn."""

    key: str
    title: StrOrPromise
    group: str
    kind: Kind
    queryset: Callable[[Person], "QuerySet[Any]"]
    geometry: str
    properties: Mapping[str, str | Combinable]
    tables: tuple[str, ...]
    may_see: Callable[[Person], bool]
    legend: tuple[LegendItem, ...] = ()
    id_field: str = "pk"
    min_zoom: int = 0
    max_zoom: int = 22
    cap: int = 6000
    simplify: bool = True
    order_by: tuple[str, ...] = ("pk",)
    list_order: tuple[str, ...] = ("pk",)
    filters: Mapping[str, str] = field(default_factory=dict)
    at_zoom: "Callable[[QuerySet[Any], int], QuerySet[Any]] | None" = None
    aggregate: str | None = None
    bucket: str | None = None
    bucket_filter: str = ""
    card: Callable[[Model, Person], Card | None] | None = None
    search: Callable[["QuerySet[Any]", str], "QuerySet[Any]"] | None = None
    is_base: bool = False
    same_for_all: bool = False
    is_on: bool = True
    alias: str = ""

    @property
    def name(self) -> str:
        """What pages call the layer: a public twin answers to the internal layer's name."""
        return self.alias or self.key


LAYERS: Registry[LayerSpec] = Registry("map layer")


def register_layer(spec: LayerSpec) -> None:
    """Make a layer known. Raises BoundTwice when the key is taken by another declaration."""
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
