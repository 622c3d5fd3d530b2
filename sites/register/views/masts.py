"""The register of masts and one mast's page."""

from typing import Any
from uuid import UUID

from django.contrib.gis.db.models import Extent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from infra.files.selectors import files_of
from infra.ground import province
from infra.ground.choices import Role
from infra.ground.paging import BoundedPaginator
from infra.map.registry import layer_for
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
from sites.register.selectors.detail import around, mast_facts
from sites.register.selectors.history import mast_changes
from sites.register.selectors.masts import (
    MastQuery,
    in_order,
    mast_page,
    masts_found,
)
from sites.register.selectors.sketch import mast_sketch

# What the map's layer may call a filter; the others narrow the list alone, and the page says so.
_ON_MAP = {
    "grade": "grade",
    "mast_class": "class",
    "structure": "structure",
    "status": "status",
    "owner": "owner",
}


def is_public_person(request: HttpRequest) -> bool:
    """Whether the person may use only what is public."""
    user = request.user
    is_department = user.is_authenticated and user.is_department
    return not (is_department or own_organisation_id(user))


def mast_list(request: HttpRequest) -> HttpResponse:
    """The register: list and map, filters in the address; htmx asks for the list alone."""
    form = MastFilterForm(request.GET, is_public=is_public_person(request))
    query = form.query()
    found = masts_found(request.user, query)
    page = mast_page(
        in_order(found, query.sort),
        request.GET.get("page", 1),
        lambda mast: sees_all_of(request.user, mast),
    )
    paginator = page.paginator
    assert isinstance(paginator, BoundedPaginator)  # noqa: S101 - made by mast_page
    map_filters = _map_filters(request, query)
    extent = _extent(found, query, paginator.count)
    used = form.labels()
    context: dict[str, Any] = {
        "form": form,
        "chips": form.chips(),
        "page": page,
        "paginator": paginator,
        "may_edit": may_edit_masts(request.user),
        "may_import": may_keep_masts(request.user),
        "export_query": form.address(),
        "not_on_map": [
            words for name, words in used.items() if _ON_MAP.get(name) not in map_filters
        ],
        "chosen": request.GET.get("chon", ""),
        "map_state": {"filters": map_filters, "extent": extent},
    }
    if request.htmx and request.htmx.target == "register":  # type: ignore[attr-defined]
        return _by_asker(render(request, "sites/register/list_part.html", context))
    context["map"] = map_config(
        request,
        layers=["masts"],
        filters={"masts": map_filters},
        focus=extent,
        keep_address=True,
        panel="none",
    )
    return _by_asker(render(request, "sites/register/list.html", context))


def _by_asker(response: HttpResponse) -> HttpResponse:
    """The same address answers a script with a part: a browser's cache must tell them apart."""
    patch_vary_headers(response, ["HX-Request", "HX-Target"])
    return response


def _map_filters(request: HttpRequest, query: MastQuery) -> dict[str, list[str]]:
    """The query in the words of the layer, as far as this person's layer knows them."""
    layer = layer_for(request.user, "masts")
    asked: dict[str, list[str]] = {
        theirs: list(getattr(query, ours)) for ours, theirs in _ON_MAP.items()
    }
    asked["grade"] = ["" if grade == "none" else grade for grade in query.grade]
    asked["owner"] = [owner.code for owner in query.owner]
    known = layer.filters if layer else {}
    return {name: values for name, values in asked.items() if values and name in known}


def _extent(found: Any, query: MastQuery, count: int) -> list[float] | None:
    """Where the found masts lie, when something was asked for; None: the whole province."""
    if not count or query in (MastQuery(), MastQuery(sort=query.sort)):
        return None
    extent = found.order_by().aggregate(extent=Extent("point"))["extent"]
    return _with_room(extent) if extent else None


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
    context = {
        "mast": mast,
        "is_full": is_full,
        "office": _("Department of Science and Technology, %s") % province.NAME,
        "printed_at": timezone.now(),
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
            focus=around(mast.point),
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


@require_GET
def mast_sketch_svg(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """The small map of the printed sheet, as SVG: the mast and, for whom it may, its circle."""
    mast = get_object_or_404(Mast.objects.visible_to(request.user), uuid=uuid)
    svg = mast_sketch(mast, with_circle=sees_all_of(request.user, mast))
    return HttpResponse(
        svg, content_type="image/svg+xml", headers={"Cache-Control": "private, no-store"}
    )


def mast_history(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Every change of one mast, field by field; 404 for those who read only its public part."""
    mast = get_object_or_404(Mast.objects.visible_to(request.user), uuid=uuid)
    if not sees_all_of(request.user, mast):
        return get_object_or_404(Mast.objects.none())  # type: ignore[return-value]
    changes = mast_changes(mast, with_inside=sees_leases(request.user))
    return render(request, "sites/register/history.html", {"mast": mast, "changes": changes})
