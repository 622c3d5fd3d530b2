"""The register of masts and one mast's page."""

from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from infra.files.selectors import files_of
from infra.ground.choices import Role
from infra.map.widget import map_config
from sites.models import Mast
from sites.permissions import (
    may_edit_masts,
    may_keep_masts,
    may_record_repairs,
    own_organisation_id,
    sees_all_of,
    sees_leases,
)
from sites.register.filters import MastFilterForm
from sites.register.selectors.detail import mast_facts
from sites.register.selectors.history import mast_changes
from sites.register.selectors.masts import MastQuery, mast_page, spelt_pages
from sites.register.selectors.words import is_catching_up

# Filters that the map's layer knows; the others narrow the list alone, and the page says so.
_ON_MAP = {"grade": "grade", "mast_class": "class", "structure": "structure", "status": "status"}
_LIST_ONLY = ("q", "operator", "commune", "permit", "emf", "assessment", "publicity", "archived")


def is_public_person(request: HttpRequest) -> bool:
    """Whether the person may use only what is public."""
    user = request.user
    is_department = user.is_authenticated and user.is_department
    return not (is_department or own_organisation_id(user))


def mast_list(request: HttpRequest) -> HttpResponse:
    """The register: list and map, filters in the address; htmx asks for the list alone."""
    form = MastFilterForm(request.GET, is_public=is_public_person(request))
    query = form.query()
    is_exact = "exact" in request.GET
    paginator, spelling = spelt_pages(request.user, query, is_exact=is_exact)
    page = mast_page(
        paginator, request.GET.get("page", 1), lambda mast: sees_all_of(request.user, mast)
    )
    map_filters = _map_filters(query)
    extent = _with_room(paginator.extent) if paginator.extent else None
    context: dict[str, Any] = {
        "form": form,
        "chips": form.chips(),
        "page": page,
        "spelling": spelling,
        "is_catching_up": bool(query.q) and is_catching_up(),
        "paginator": paginator,
        "may_edit": may_edit_masts(request.user),
        "may_import": may_keep_masts(request.user),
        "export_query": request.GET.urlencode(),
        "map_state": {
            "filters": map_filters,
            "extent": extent,
            "isPartial": any(getattr(query, name) for name in _LIST_ONLY),
        },
    }
    if request.htmx and not request.htmx.boosted:  # type: ignore[attr-defined]
        return render(request, "sites/register/list_part.html", context)
    context["map"] = map_config(
        request,
        layers=["masts"],
        filters={"masts": map_filters},
        focus=extent,
        keep_address=False,
        panel="none",
    )
    return render(request, "sites/register/list.html", context)


def _map_filters(query: MastQuery) -> dict[str, list[str]]:
    filters = {theirs: list(getattr(query, ours)) for ours, theirs in _ON_MAP.items()}
    filters["grade"] = ["" if grade == "none" else grade for grade in filters["grade"]]
    filters["owner"] = [owner.code for owner in query.owner]
    return {name: values for name, values in filters.items() if values}


def _with_room(extent: tuple[float, ...]) -> list[float]:
    """A single mast still gets some surroundings, about a kilometre."""
    west, south, east, north = extent
    room = max(0.005, (east - west) * 0.05, (north - south) * 0.05)
    return [west - room, south - room, east + room, north + room]


def mast_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One mast: what the person may read of it, on the map and in words."""
    mast = get_object_or_404(
        Mast.objects.visible_to(request.user).select_related("owner"), uuid=uuid
    )
    is_full = sees_all_of(request.user, mast)
    x, y = mast.point.coords
    context = {
        "mast": mast,
        "is_full": is_full,
        "facts": mast_facts(
            mast, request.user, is_full=is_full, with_leases=sees_leases(request.user)
        ),
        "files": _files(request, mast) if is_full else (),
        "may_edit": may_edit_masts(request.user),
        "may_keep": may_keep_masts(request.user),
        "may_record_repairs": may_record_repairs(request.user),
        "may_survey": request.user.is_authenticated and request.user.has_role(Role.INSPECTOR),
        "map": map_config(
            request,
            layers=["masts"],
            focus=(x - 0.004, y - 0.003, x + 0.004, y + 0.003),
            selected=("masts", str(mast.uuid)),
            keep_address=False,
            panel="none",
        ),
    }
    return render(request, "sites/register/detail.html", context)


def _files(request: HttpRequest, mast: Mast) -> Any:
    """The mast's files as this person reads them."""
    user = request.user
    return files_of(mast, user) if user.is_authenticated else ()


def mast_history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every change of one mast, field by field; 404 for those who read only its public part."""
    mast = get_object_or_404(Mast.objects.visible_to(request.user), uuid=uuid)
    if not sees_all_of(request.user, mast):
        return get_object_or_404(Mast.objects.none())  # type: ignore[return-value]
    changes = mast_changes(mast, with_inside=sees_leases(request.user))
    return render(request, "sites/register/history.html", {"mast": mast, "changes": changes})
