"""The door to everything about data: imports, jobs and what other parts put beside them."""

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_GET

from infra.ground.choices import Role
from infra.ground.registry import Registry
from infra.people.access.decorators import sign_in_required
from infra.people.access.people import person_of


@dataclass(frozen=True)
class Door:
    """One page about data and who may open it."""

    url_name: str
    label: str | Promise
    text: str | Promise
    roles: frozenset[Role]


DOORS: Registry[Door] = Registry("door to data")


def register_door(door: Door) -> None:
    """Put another page beside imports and jobs."""
    DOORS.register(door.url_name, door)


register_door(
    Door(
        "exchange:run_list",
        _("Imports"),
        _("Bring in CSV, Excel or GeoJSON: checked first, then all or nothing."),
        frozenset({Role.OFFICER, Role.PLANNER, Role.ADMINISTRATOR}),
    )
)
register_door(
    Door(
        "jobs:list",
        _("Background jobs"),
        _("Long work that runs by itself: how far it is, stop it, try it again."),
        frozenset(Role),
    )
)


@sign_in_required
@require_GET
def data_home(request: HttpRequest) -> HttpResponse:
    """The pages about data that the person may open."""
    user = person_of(request)
    doors = []
    for door in DOORS.values():
        if not user.has_role(*door.roles):
            continue
        try:
            doors.append((reverse(door.url_name), door.label, door.text))
        except NoReverseMatch:
            continue
    return render(request, "exchange/data_home.html", {"doors": doors})
