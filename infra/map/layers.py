"""The ground floor's layers: the base map of our own, units and constraint layers."""

from dataclasses import dataclass
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
from infra.map.registry import Card, Group, Kind, LayerSpec, Person, register_layer
from infra.map.style import Label, Sign, Stroke, Style
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
CONSTRAINTS = Group("constraints", gettext_lazy("Constraints"), order=80)
BASE = Group("base", gettext_lazy("Base map"), order=90)
_DASHED, _FENCED = (4.0, 3.0), (6.0, 3.0)
# Roads of lesser classes only show nearer: zoom → classes added.
_MAIN_ROADS = ("motorway", "trunk", "primary")
_SECOND_ROADS = (*_MAIN_ROADS, "secondary")
_THIRD_ROADS = (*_SECOND_ROADS, "tertiary")
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
    _base(
        ConstraintKind.GREEN,
        gettext_lazy("Parks and fields"),
        _area("#dfe9cf", "#c7d8b2", order=1),
        min_zoom=7,
        at_zoom=greens_at_zoom,
    )
    _base(
        ConstraintKind.WATER,
        gettext_lazy("Rivers and canals"),
        _area("#c5d9e3", "#a9c5d3", order=2),
        at_zoom=waters_at_zoom,
        is_ground=True,
    )
    _base(
        ConstraintKind.ROAD,
        gettext_lazy("Roads"),
        _line(Stroke("#cfc6b4", 5), Stroke("#ffffff", 3), order=3),
        min_zoom=6,
        at_zoom=roads_at_zoom,
        order_by=("-id",),
        is_ground=True,
    )
    _base(
        ConstraintKind.HOUSE,
        gettext_lazy("Houses"),
        _area("#e6dece", "#cfc4b2", order=4),
        min_zoom=14,
        cap=12000,
    )
    register_layer(_unit_spec())
    register_layer(_unit_name_spec())
    for kind, title, style, more in _constraints():
        register_layer(_spec(kind, title, style, group=CONSTRAINTS, is_on=False, **more))


def _constraints() -> "list[tuple[ConstraintKind, StrOrPromise, _Look, dict[str, Any]]]":
    """From below to above."""
    high = Sign("high", gettext_lazy("Power line, 110 kV and above"), _cased("#d3202b", 4.5, 2.5))
    lower = Sign(
        "",
        gettext_lazy("Power line of lower voltage"),
        (Stroke("#ffffff", 3.2), Stroke("#d3202b", 1.4, _FENCED)),
    )
    power = _Look(
        "line",
        Style(
            (lower, high),
            order=28,
            sign_by="voltage_kv",
            same_as=dict.fromkeys(("110", "220", "500"), "high"),
            label=Label("name", 14, "#a3161f"),
        ),
    )
    return [
        (
            ConstraintKind.URBAN_AREA,
            gettext_lazy("Urban areas"),
            _area("#8c6d4a", order=21, opacity=0.15, dash=_DASHED, label=("#6d5438", 10)),
            {},
        ),
        (
            ConstraintKind.BORDER_ZONE,
            gettext_lazy("Border zone"),
            _area("#7a3b69", order=22, opacity=0.15, dash=_FENCED, label=("#632c54", 9)),
            {},
        ),
        (
            ConstraintKind.AIRPORT,
            gettext_lazy("Airports"),
            _area("#4b5a73", order=23, opacity=0.2, label=("#3a475c", 11)),
            {},
        ),
        (
            ConstraintKind.EROSION,
            gettext_lazy("Erosion warnings"),
            _area("#b5532a", order=24, opacity=0.25, label=("#8f3d1b", 13)),
            {},
        ),
        (
            ConstraintKind.HERITAGE,
            gettext_lazy("Heritage sites"),
            _area("#8a5a00", order=25, opacity=0.3, label=("#6d4800", 13)),
            {"min_zoom": 9},
        ),
        (
            ConstraintKind.SCHOOL,
            gettext_lazy("Schools"),
            _area("#3f6fb5", order=26, opacity=0.3, label=("#2b5294", 14)),
            {"min_zoom": 11},
        ),
        (
            ConstraintKind.HOSPITAL,
            gettext_lazy("Hospitals"),
            _area("#c2386b", order=27, opacity=0.25, label=("#9a2a55", 14)),
            {"min_zoom": 11},
        ),
        (ConstraintKind.POWER_LINE, gettext_lazy("Power lines"), power, {"min_zoom": 9}),
    ]


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


def waters_at_zoom(rows: "QuerySet[Any]", zoom: int) -> "QuerySet[Any]":
    """Rivers from far, then canals; ditches and ponds only from near."""
    hidden = next((names for upto, names in _HIDDEN_WATERS if zoom <= upto), None)
    if hidden is None:
        return rows
    return rows.exclude(properties__has_key="class", properties__class__in=hidden)


def greens_at_zoom(rows: "QuerySet[Any]", zoom: int) -> "QuerySet[Any]":
    """A layer may hold both whole tracts, drawn from far, and the single fields, from near."""
    other = "near" if zoom <= _LAST_FAR_ZOOM else "far"
    return rows.exclude(properties__has_key="detail", properties__detail=other)


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


@dataclass(frozen=True)
class _Look:
    """What kind of geometry a constraint has, and its style."""

    kind: Kind
    style: Style


def _cased(color: str, outer: float, inner: float) -> tuple[Stroke, ...]:
    return Stroke("#ffffff", outer), Stroke(color, inner)


def _area(
    fill: str,
    edge: str = "",
    *,
    order: int,
    opacity: float = 1.0,
    dash: tuple[float, ...] = (),
    label: tuple[str, int] | None = None,
) -> _Look:
    sign = Sign("", "", (Stroke(edge or fill, dash=dash),), fill, opacity)
    named = Label("name", label[1], label[0]) if label else None
    return _Look("polygon", Style((sign,), order, label=named))


def _line(*strokes: Stroke, order: int) -> _Look:
    return _Look("line", Style((Sign("", "", strokes),), order))


def _base(kind: ConstraintKind, title: StrOrPromise, look: _Look, **more: Any) -> None:
    register_layer(_spec(kind, title, look, group=BASE, is_base=True, **more))


def _spec(kind: ConstraintKind, title: StrOrPromise, look: _Look, **more: Any) -> LayerSpec:
    names = ("class", "voltage_kv") if kind == ConstraintKind.POWER_LINE else ("class",)
    return LayerSpec(
        key=LAYER_KEYS[kind],
        title=title,
        kind=look.kind,
        queryset=partial(constraint_rows, kind),
        geometry="geometry",
        properties={"name": Left("name", 80), **{name: text_of(name) for name in names}},
        tables=CONSTRAINT_TABLES,
        may_see=everybody,
        style=look.style,
        card=constraint_card,
        search=search_name,
        same_for_all=True,
        **more,
    )


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
        style=Style(
            (Sign("", gettext_lazy("Commune boundary"), (Stroke("#8a7d9c", 1.5, _DASHED),)),),
            order=5,
        ),
        is_ground=True,
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
        group=BASE,
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
