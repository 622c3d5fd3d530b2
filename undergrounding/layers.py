"""What routes and their segments show on the map, and to whom."""

from typing import Any

from django.db.models import F, Model, QuerySet
from django.urls import reverse
from django.utils.formats import localize
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.map.registry import Card, Group, LayerSpec, Person, register_layer
from infra.map.style import Label, Sign, Stroke, Style
from infra.map.words import accent_free
from infra.places.geo.measure import length_m
from undergrounding.models import Route, Segment

UNDERGROUNDING = Group("undergrounding", gettext_lazy("Undergrounding"), order=30)
# Telecom is yellow by the identification colours of TTLT 21/2013, in a dark casing to be seen.
_DARK, _YELLOW = "#3a3300", "#ffd400"
ROUTE_STYLE = Style(
    (
        Sign(
            "planned",
            gettext_lazy("Planned route"),
            (Stroke(_DARK, 5), Stroke(_YELLOW, 3, (5, 4))),
        ),
        Sign(
            "approved",
            gettext_lazy("Approved route"),
            (Stroke(_DARK, 3.5), Stroke(_YELLOW, 1.75)),
        ),
        Sign(
            "in_works",
            gettext_lazy("Route in works"),
            (Stroke(_DARK, 6), Stroke(_YELLOW, 4), Stroke(_DARK, 4, (1.5, 4))),
        ),
        Sign("done", gettext_lazy("Finished route"), (Stroke(_DARK, 6), Stroke(_YELLOW, 4))),
    ),
    order=40,
    sign_by="state",
    labels=(Label("name", 13, "#4a4200", place="along", rank=25),),
)
SEGMENT_STYLE = Style(
    (
        Sign(
            "",
            gettext_lazy("Segment ends"),
            (Stroke(_DARK, 1.75),),
            "#ffffff",
            shape="ends",
        ),
    ),
    order=41,
)


def route_rows(user: Person) -> "QuerySet[Route]":
    """The routes the person may see."""
    return Route.objects.visible_to(user).current().select_related("decision", "duct_owner")


def segment_rows(user: Person) -> "QuerySet[Segment]":
    """The segments of those routes."""
    routes = Route.objects.visible_to(user).current()
    return Segment.objects.filter(route__in=routes).select_related("route")


def route_card(obj: Model, user: Person) -> Card:
    """A route in a few words."""
    assert isinstance(obj, Route)  # noqa: S101
    facts = [
        (_("State"), obj.get_state_display()),
        (_("Length"), f"{localize(round(length_m(obj.geometry)))} m"),
        (_("Street"), obj.street),
        (_("Planned year"), str(obj.planned_year or "")),
        (_("Duct owner"), str(obj.duct_owner or "")),
        (_("Decision"), _decision(obj)),
    ]
    shown = tuple((str(name), str(value)) for name, value in facts if value)
    return Card("routes", str(obj.uuid), obj.name, obj.code, shown, _address(obj))


def segment_card(obj: Model, user: Person) -> Card:
    """A segment in a few words."""
    assert isinstance(obj, Segment)  # noqa: S101
    depth = obj.cover_depth_m
    facts = [
        (_("Method"), obj.get_method_display()),
        (_("Surface"), obj.get_surface_display()),
        (_("Length"), f"{localize(round(obj.length_m))} m"),
        (_("Cover depth"), f"{localize(depth)} m" if depth is not None else ""),
        (_("Ducts"), str(obj.duct_count or "")),
    ]
    shown = tuple((str(name), str(value)) for name, value in facts if value)
    title = _("Segment %(number)s") % {"number": obj.order + 1}
    return Card("segments", str(obj.pk), title, obj.route.name, shown, _address(obj.route))


def register() -> None:
    """Declare the half's layers."""
    register_layer(_route_spec())
    register_layer(_segment_spec())


def _address(route: Route) -> str:
    return reverse("undergrounding:route_detail", args=[route.uuid])


def _decision(route: Route) -> str:
    """Number and date of the committee's ruling, as its paper says."""
    decision = getattr(route, "decision", None)
    return f"{decision.number}, {decision.decided_on:%d/%m/%Y}" if decision else ""


def _search(rows: "QuerySet[Any]", words: str, user: Person) -> "QuerySet[Any]":
    return accent_free(rows, "name", words)


def _route_spec() -> LayerSpec:
    return LayerSpec(
        key="routes",
        title=gettext_lazy("Cable routes"),
        group=UNDERGROUNDING,
        kind="line",
        queryset=route_rows,
        geometry="geometry",
        properties={"code": "code", "name": "name", "state": "state"},
        tables=("undergrounding_route", "undergrounding_scheme"),
        may_see=lambda user: True,
        style=ROUTE_STYLE,
        id_field="uuid",
        min_zoom=7,
        filters={"state": "state", "year": "planned_year", "scheme": "scheme__code"},
        card=route_card,
        search=_search,
    )


def _segment_spec() -> LayerSpec:
    return LayerSpec(
        key="segments",
        title=gettext_lazy("Route segments"),
        group=UNDERGROUNDING,
        kind="line",
        queryset=segment_rows,
        geometry="geometry",
        properties={"method": "method", "state": F("route__state"), "order": "order"},
        tables=("undergrounding_segment", "undergrounding_route"),
        may_see=lambda user: True,
        style=SEGMENT_STYLE,
        min_zoom=13,
        card=segment_card,
        is_on=False,
    )
