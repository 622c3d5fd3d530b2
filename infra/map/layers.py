"""The ground floor's layers: the base map of our own, units and constraint layers."""

from functools import partial
from typing import Any

from django.db.models import Model, Q, QuerySet, TextField, Value
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Coalesce, Left
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django_stubs_ext import StrOrPromise

from infra.ground.choices import ConstraintKind, UnitLevel
from infra.map.registry import Card, Kind, LayerSpec, LegendItem, Person, register_layer
from infra.map.words import accent_free
from infra.models import AdministrativeUnit, ConstraintFeature

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
# Roads of lesser classes only show nearer: zoom → classes added.
_MAIN_ROADS = ("motorway", "trunk", "primary")
_SECOND_ROADS = (*_MAIN_ROADS, "secondary")
_THIRD_ROADS = (*_SECOND_ROADS, "tertiary")


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
    _base(ConstraintKind.GREEN, gettext_lazy("Parks and fields"), "polygon", min_zoom=10)
    _base(ConstraintKind.WATER, gettext_lazy("Rivers and canals"), "polygon")
    _base(
        ConstraintKind.ROAD,
        gettext_lazy("Roads"),
        "line",
        min_zoom=6,
        at_zoom=roads_at_zoom,
        order_by=("-id",),
    )
    _base(ConstraintKind.HOUSE, gettext_lazy("Houses"), "polygon", min_zoom=14, cap=12000)
    register_layer(_unit_spec())
    register_layer(_unit_name_spec())
    _constraint(ConstraintKind.URBAN_AREA, gettext_lazy("Urban areas"), "polygon")
    _constraint(ConstraintKind.BORDER_ZONE, gettext_lazy("Border zone"), "polygon")
    _constraint(ConstraintKind.AIRPORT, gettext_lazy("Airports"), "polygon")
    _constraint(ConstraintKind.EROSION, gettext_lazy("Erosion warnings"), "polygon")
    _constraint(ConstraintKind.HERITAGE, gettext_lazy("Heritage sites"), "polygon", min_zoom=9)
    _constraint(ConstraintKind.SCHOOL, gettext_lazy("Schools"), "polygon", min_zoom=11)
    _constraint(ConstraintKind.HOSPITAL, gettext_lazy("Hospitals"), "polygon", min_zoom=11)
    _constraint(ConstraintKind.POWER_LINE, gettext_lazy("Power lines"), "line", min_zoom=9)


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
    return rows if shown is None else rows.filter(properties__class__in=shown)


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


def search_name(rows: "QuerySet[Any]", words: str) -> "QuerySet[Any]":
    """Rows whose name holds the words, accents or not."""
    return accent_free(rows, "name", words)


def _constraint(kind: ConstraintKind, title: StrOrPromise, drawn: Kind, **more: Any) -> None:
    register_layer(_spec(kind, title, drawn, group="constraints", is_on=False, **more))


def _base(kind: ConstraintKind, title: StrOrPromise, drawn: Kind, **more: Any) -> None:
    register_layer(_spec(kind, title, drawn, group="base", is_base=True, **more))


def _spec(kind: ConstraintKind, title: StrOrPromise, drawn: Kind, **more: Any) -> LayerSpec:
    names = ("class", "voltage_kv") if kind == ConstraintKind.POWER_LINE else ("class",)
    key = LAYER_KEYS[kind]
    return LayerSpec(
        key=key,
        title=title,
        kind=drawn,
        queryset=partial(constraint_rows, kind),
        geometry="geometry",
        properties={"name": Left("name", 80), **{name: text_of(name) for name in names}},
        tables=CONSTRAINT_TABLES,
        may_see=everybody,
        legend=(LegendItem(key, title),),
        card=constraint_card,
        search=search_name,
        same_for_all=True,
        **more,
    )


def _unit_spec() -> LayerSpec:
    return LayerSpec(
        key="units",
        title=gettext_lazy("Administrative units"),
        group="base",
        kind="polygon",
        queryset=lambda user: unit_rows(user).exclude(boundary=None),
        geometry="boundary",
        properties={"level": "level", "approx": "boundary_is_approximate"},
        tables=("infra_administrativeunit",),
        may_see=everybody,
        legend=(LegendItem("units", gettext_lazy("Commune boundary")),),
        at_zoom=lambda rows, zoom: rows if zoom >= 8 else rows.filter(level=UnitLevel.PROVINCE),  # noqa: PLR2004
        order_by=("-level", "pk"),
        card=unit_card,
        search=search_name,
        id_field="code",
        is_base=True,
        same_for_all=True,
    )


def _unit_name_spec() -> LayerSpec:
    return LayerSpec(
        key="unit_names",
        title=gettext_lazy("Names of units"),
        group="base",
        kind="point",
        queryset=lambda user: unit_rows(user).exclude(point=None),
        geometry="point",
        properties={"name": "name", "kind": "kind_name", "level": "level"},
        tables=("infra_administrativeunit",),
        may_see=everybody,
        at_zoom=lambda rows, zoom: rows if zoom >= 9 else rows.filter(level=UnitLevel.PROVINCE),  # noqa: PLR2004
        order_by=("level", "pk"),
        is_base=True,
        same_for_all=True,
    )
