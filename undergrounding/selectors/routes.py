"""Routes as lists read them: with their length, narrowed by what a person asks."""

from dataclasses import dataclass
from typing import Any

from django.contrib.gis.db.models import Extent
from django.db.models import F, QuerySet, TextField, Value
from django.db.models.functions import Concat

from infra.ground.expressions import Geography, LengthMetres
from infra.ground.plaintext import PlainText, plain
from infra.models import AdministrativeUnit
from infra.places.territory.selectors import units_on
from undergrounding.models import Route, Scheme
from undergrounding.permissions import Person

Box = tuple[float, float, float, float]
SEARCH_TEXT = PlainText(
    Concat("code", Value(" "), "name", Value(" "), "street", output_field=TextField())
)


@dataclass(frozen=True)
class RouteQuestion:
    """What a list is asked for; blank is everything."""

    text: str = ""
    state: str = ""
    year: int | None = None
    scheme: Scheme | None = None
    commune: AdministrativeUnit | None = None
    archived: bool = False


def routes_for(user: Person, question: RouteQuestion) -> QuerySet[Route]:
    """The routes a person may see that answer the question, each with `length_m`."""
    rows = Route.objects.visible_to(user)
    rows = rows.exclude(archived_at=None) if question.archived else rows.current()
    for field, value in (
        ("state", question.state),
        ("planned_year", question.year),
        ("scheme", question.scheme),
    ):
        if value:
            rows = rows.filter(**{field: value})
    if question.commune:
        rows = rows.filter(geometry__intersects=question.commune.boundary)
    for word in plain(question.text).split():
        rows = rows.alias(search_text=SEARCH_TEXT).filter(search_text__contains=word)
    return with_length(rows).select_related("scheme", "duct_owner").order_by("code")


def facts_of_list(rows: QuerySet[Route]) -> list[tuple[Any, ...]]:
    """Plan, planned year, state and metres of every route of a list; one query."""
    measured: Any = with_length(rows).order_by()
    return list(measured.values_list("scheme", "planned_year", "state", "length_m"))


def extent_of(rows: QuerySet[Route]) -> Box | None:
    """West, south, east, north around all the routes of a list; None for an empty one."""
    box = rows.order_by().aggregate(box=Extent("geometry"))["box"]
    return roomy(box) if box else None


def roomy(box: Box) -> Box:
    """The box with a fifth of room on each side, so that a line does not touch the frame."""
    west, south, east, north = box
    dx, dy = max((east - west) * 0.2, 0.001), max((north - south) * 0.2, 0.001)
    return west - dx, south - dy, east + dx, north + dy


def with_length(rows: QuerySet[Route]) -> QuerySet[Route]:
    """Each route with `length_m`, on the ellipsoid."""
    return rows.annotate(length_m=LengthMetres(Geography(F("geometry"))))


def years_of(user: Person) -> list[int]:
    """The planned years that occur, newest first."""
    rows = Route.objects.visible_to(user).current().exclude(planned_year=None)
    years = rows.order_by("-planned_year").values_list("planned_year", flat=True).distinct()
    return [year for year in years if year is not None]


def communes_of(route: Route) -> QuerySet[AdministrativeUnit]:
    """The communes and wards of today that the line touches."""
    return units_on().filter(boundary__intersects=route.geometry).defer("boundary")
