"""The ground floor's layers: the base map of our own, units and constraint layers."""

from functools import partial
from typing import Any

from django.db.models import Case, Model, Q, QuerySet, TextField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Concat, Left, NullIf, Substr
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from infra.ground.choices import ConstraintKind, UnitLevel
from infra.map.looks import PLACES, UNITS, Look, base_looks, constraint_looks
from infra.map.registry import Card, Group, LayerSpec, Person, register_layer
from infra.map.words import accent_free
from infra.models import AdministrativeUnit, ConstraintFeature, UnitSuccession

LAYER_KEYS = {
    ConstraintKind.GREEN: "green",
    ConstraintKind.WATER: "water",
    ConstraintKind.ROAD: "roads",
    ConstraintKind.HOUSE: "houses",
    ConstraintKind.URBAN_AREA: "urban_areas",
    ConstraintKind.BORDER_ZONE: "border_zone",
    ConstraintKind.AIRPORT: "airports",
    ConstraintKind.EROSION: "erosion",
    ConstraintKind.HERITAGE: "heritage",
    ConstraintKind.SCHOOL: "schools",
    ConstraintKind.HOSPITAL: "hospitals",
    ConstraintKind.POWER_LINE: "power_lines",
}
CONSTRAINT_TABLES = ("infra_constraintfeature", "infra_constraintdataset")
CONSTRAINTS = Group("constraints", gettext_lazy("Constraints"), order=80)
BASE = Group("base", gettext_lazy("Base map"), order=90)
# Roads of lesser classes only show nearer: zoom → classes added.
_MAIN_ROADS = ("motorway", "trunk", "primary")
_SECOND_ROADS = (*_MAIN_ROADS, "secondary")
_THIRD_ROADS = (*_SECOND_ROADS, "tertiary", "avenue")
# Waters of lesser classes do not show from far: upto zoom → classes left out.
_HIDDEN_WATERS = ((9, ("canal", "ditch", "pond")), (11, ("ditch", "pond")))
_LAST_FAR_ZOOM = 11


def everybody(user: Person) -> bool:
    """Public data."""
    return True


def text_of(name: str) -> Coalesce:
    """A property of a constraint feature as text, empty where it has none."""
    return Coalesce(KeyTextTransform(name, "properties"), Value(""), output_field=TextField())


def constraint_rows(kind: ConstraintKind, user: Person) -> "QuerySet[ConstraintFeature]":
    """The features of the current dataset of a kind; the same for everybody."""
    rows = ConstraintFeature.objects.filter(kind=kind, dataset__is_current=True)
    return rows.select_related("dataset")


def unit_rows(user: Person) -> "QuerySet[AdministrativeUnit]":
    """Provinces and communes as they stand today; districts ended on 30/06/2025."""
    today = timezone.localdate()
    return AdministrativeUnit.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=today), valid_from__lte=today
    ).exclude(level=UnitLevel.DISTRICT)


def register_base_layers() -> None:
    """Declare what stands under and around the halves' own data."""
    at_zooms: dict[ConstraintKind, dict[str, Any]] = {
        ConstraintKind.ROAD: {"at_zoom": roads_at_zoom, "order_by": ("-id",)},
        ConstraintKind.WATER: {"at_zoom": waters_at_zoom},
        ConstraintKind.GREEN: {"at_zoom": greens_at_zoom},
    }
    for kind, title, look, more in base_looks():
        extra = at_zooms.get(kind, {})
        register_layer(_spec(kind, title, look, group=BASE, is_base=True, **more, **extra))
    register_layer(_unit_spec())
    register_layer(_unit_name_spec())
    for kind, title, look, more in constraint_looks():
        spec = _spec(kind, title, look, group=CONSTRAINTS, is_on=False, is_faint=True, **more)
        register_layer(spec)


def roads_at_zoom(rows: "QuerySet[Any]", zoom: int) -> "QuerySet[Any]":
    """Main roads from far, every lane from near."""
    shown = next(
        (
            names
            for upto, names in ((9, _MAIN_ROADS), (11, _SECOND_ROADS), (12, _THIRD_ROADS))
            if zoom <= upto
        ),
        None,
    )
    return rows if shown is None else _with(rows, "class").filter(asked__in=shown)


def waters_at_zoom(rows: "QuerySet[Any]", zoom: int) -> "QuerySet[Any]":
    """Rivers from far, then canals; ditches and ponds only from near."""
    hidden = next((names for upto, names in _HIDDEN_WATERS if zoom <= upto), None)
    return rows if hidden is None else _with(rows, "class").exclude(asked__in=hidden)


def greens_at_zoom(rows: "QuerySet[Any]", zoom: int) -> "QuerySet[Any]":
    """A layer may hold both whole tracts, drawn from far, and the single fields, from near."""
    other = "near" if zoom <= _LAST_FAR_ZOOM else "far"
    return _with(rows, "detail").exclude(asked=other)


def _with(rows: "QuerySet[Any]", name: str) -> "QuerySet[Any]":
    """Asked as text: a JSON parameter reads differently each time, and so would a tile's tag."""
    asked: QuerySet[Any] = rows.alias(asked=text_of(name))
    return asked


def constraint_card(obj: Model, user: Person) -> Card:
    """What a click on a constraint feature tells: kind, name, source and date."""
    assert isinstance(obj, ConstraintFeature)  # noqa: S101
    feature, dataset = obj, obj.dataset
    facts = [
        (_("Source"), dataset.source),
        (_("Source date"), dataset.source_date.strftime("%d/%m/%Y")),
        (_("Version"), str(dataset.version)),
    ]
    if voltage := feature.properties.get("voltage_kv"):
        facts.insert(0, (_("Voltage"), f"{voltage} kV"))
    if dataset.is_illustrative:
        facts.append((_("Note"), _("Illustrative data")))
    kind = feature.get_kind_display()
    return Card(
        LAYER_KEYS[ConstraintKind(feature.kind)],
        str(feature.pk),
        feature.name or kind,
        kind,
        tuple(facts),
    )


def unit_card(obj: Model, user: Person) -> Card | None:
    """What a click on a commune tells: its name, code and how sure its boundary is."""
    assert isinstance(obj, AdministrativeUnit)  # noqa: S101
    if obj.level != UnitLevel.COMMUNE:
        return None
    sure = _("Approximate boundary") if obj.boundary_is_approximate else obj.boundary_source
    facts = ((_("Code"), obj.code), (_("Boundary"), sure))
    return Card("units", obj.code, str(obj), _("Administrative unit"), facts)


def search_name(rows: "QuerySet[Any]", words: str, user: Person) -> "QuerySet[Any]":
    """Rows whose name holds the words, accents or not."""
    return accent_free(rows, "name", words)


def search_units(rows: "QuerySet[Any]", words: str, user: Person) -> "QuerySet[Any]":
    """Units of today by their name or that of one which became part of them."""
    named = accent_free(AdministrativeUnit.objects.all(), "name", words).values("pk")
    became = UnitSuccession.objects.filter(predecessor__in=named).values("successor")
    return rows.filter(Q(pk__in=named) | Q(pk__in=became))


def _spec(kind: ConstraintKind, title: StrOrPromise, look: Look, **more: Any) -> LayerSpec:
    return LayerSpec(
        key=LAYER_KEYS[kind],
        title=title,
        kind=look.kind,
        queryset=partial(constraint_rows, kind),
        geometry="geometry",
        properties={"name": Left("name", 80), "class": text_of("class"), **_more_of(kind)},
        tables=CONSTRAINT_TABLES,
        may_see=everybody,
        style=look.style,
        card=constraint_card,
        search=search_name,
        same_for_all=True,
        **more,
    )


def _more_of(kind: ConstraintKind) -> dict[str, str | Combinable]:
    """What only some kinds carry into a tile."""
    if kind == ConstraintKind.POWER_LINE:
        return {"voltage_kv": text_of("voltage_kv")}
    return {"ref": road_number()} if kind == ConstraintKind.ROAD else {}


def road_number() -> Coalesce:
    """What stands on a road's plate, as its property `ref` or its name says: QL.30, ĐT.844."""
    plates = (("Quốc lộ", "QL."), ("Đường tỉnh", "ĐT."), ("Đường huyện", "ĐH."), ("Cao tốc", "CT."))
    named = [
        When(
            name__regex=rf"^{word} [A-Z]?[0-9]+[A-Z]?$",
            then=Concat(Value(plate), Substr("name", len(word) + 2)),
        )
        for word, plate in plates
    ]
    by_name = Case(*named, default=Value(""), output_field=TextField())
    return Coalesce(NullIf(text_of("ref"), Value("")), by_name, output_field=TextField())


def _unit_spec() -> LayerSpec:
    return LayerSpec(
        key="units",
        title=gettext_lazy("Administrative units"),
        group=BASE,
        kind="polygon",
        queryset=lambda user: unit_rows(user).exclude(boundary=None),
        geometry="boundary",
        properties={"level": "level", "approx": "boundary_is_approximate"},
        tables=("infra_administrativeunit",),
        may_see=everybody,
        style=UNITS,
        is_ground=True,
        at_zoom=lambda rows, zoom: rows if zoom >= 8 else rows.filter(level=UnitLevel.PROVINCE),  # noqa: PLR2004
        order_by=("-level", "pk"),
        card=unit_card,
        search=search_units,
        id_field="code",
        is_base=True,
        same_for_all=True,
    )


def _unit_name_spec() -> LayerSpec:
    return LayerSpec(
        key="unit_names",
        title=gettext_lazy("Names of units"),
        group=BASE,
        kind="point",
        queryset=lambda user: unit_rows(user).exclude(point=None),
        geometry="point",
        properties={"name": "name", "kind": "kind_name", "level": "level"},
        tables=("infra_administrativeunit",),
        may_see=everybody,
        style=PLACES,
        at_zoom=lambda rows, zoom: rows if zoom >= 8 else rows.filter(level=UnitLevel.PROVINCE),  # noqa: PLR2004
        order_by=("level", "pk"),
        is_base=True,
        same_for_all=True,
    )
