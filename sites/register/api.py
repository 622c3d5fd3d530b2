"""Masts by API: the same selectors, filters and scope as the register page."""

from datetime import date
from math import isfinite
from typing import Any
from uuid import UUID

from django.contrib.gis.geos import Polygon
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from ninja import Router, Schema

from infra.ground.errors import Refused
from infra.ground.paging import MOST_IN_A_STRETCH, BoundedPaginator
from sites.models import Mast
from sites.permissions import own_organisation_id, sees_all_of
from sites.register.filters import MastFilterForm
from sites.register.selectors.masts import found_pages, units_of

router = Router(tags=["masts"])


class StationOut(Schema):
    """One operator's station."""

    operator: str
    code: str | None
    technologies: list[str]
    operating_status: str
    emf_valid_until: date | None


class MastOut(Schema):
    """A mast at a point in WGS-84; internal fields are null on masts that are not the caller's."""

    uuid: UUID
    code: str
    name: str
    lon: float
    lat: float
    commune: str | None
    mast_class: str
    structure: str
    height_m: float | None
    owner: str | None
    operating_status: str
    last_verified_on: date | None
    grade: str | None
    permit_status: str | None
    address: str | None
    publicity: str | None
    version: int
    stations: list[StationOut]


class MastPage(Schema):
    """A stretch of the register; the count stops at `count_is_capped`."""

    count: int
    count_is_capped: bool
    items: list[MastOut]


@router.get("", response=MastPage, url_name="masts")
def list_masts(
    request: HttpRequest, bbox: str = "", offset: int = 0, limit: int = 50
) -> dict[str, Any]:
    """Masts the caller may see. Filters as in the register's address (q, grade, owner, …).

    `bbox`: west,south,east,north in degrees. At most 200 at once.
    """
    is_department = getattr(request.user, "is_department", False)
    is_public = not (is_department or own_organisation_id(request.user))
    query = MastFilterForm(request.GET, is_public=is_public).query()
    pages = found_pages(request.user, query, _box(bbox) if bbox else None)
    first = max(0, min(offset, BoundedPaginator.cap))
    rows = pages.stretch(first, first + max(1, min(limit, MOST_IN_A_STRETCH)))
    shown = list(rows.select_related("owner").prefetch_related("stations__operator"))
    units = units_of([mast.pk for mast in shown])
    return {
        "count": pages.count,
        "count_is_capped": pages.is_capped,
        "items": [_out(request, mast, str(units.get(mast.pk) or "")) for mast in shown],
    }


@router.get("/{uuid:uuid}", response=MastOut, url_name="mast")
def one_mast(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """One mast; a foreign one is 404."""
    rows = Mast.objects.visible_to(request.user).select_related("owner")
    mast = get_object_or_404(rows.prefetch_related("stations__operator"), uuid=uuid)
    return _out(request, mast, str(units_of([mast.pk]).get(mast.pk) or ""))


def _box(text: str) -> Polygon:
    """The rectangle of four degrees. Raises Refused."""
    try:
        west, south, east, north = (float(side) for side in text.split(","))
    except ValueError as error:
        raise Refused(_("bbox is four numbers: west,south,east,north in degrees.")) from error
    if not all(map(isfinite, (west, south, east, north))):
        raise Refused(_("bbox is four numbers: west,south,east,north in degrees."))
    box = Polygon.from_bbox((west, south, east, north))
    box.srid = 4326
    return box


def _out(request: HttpRequest, mast: Mast, commune: str) -> dict[str, Any]:
    is_full = sees_all_of(request.user, mast)
    internal = {
        "grade": mast.grade,
        "permit_status": mast.permit_status,
        "address": mast.address,
        "publicity": mast.publicity,
    }
    return {
        "uuid": mast.uuid,
        "code": mast.code,
        "name": mast.name,
        "lon": mast.point.x,
        "lat": mast.point.y,
        "commune": commune or None,
        "mast_class": mast.mast_class,
        "structure": mast.structure,
        "height_m": None if mast.height_m is None else float(mast.height_m),
        "owner": mast.owner.short_name if mast.owner else None,
        "operating_status": mast.operating_status,
        "last_verified_on": mast.last_verified_on,
        **(internal if is_full else dict.fromkeys(internal)),
        "version": mast.version,
        "stations": [
            {
                "operator": station.operator.short_name,
                "code": station.code if is_full else None,
                "technologies": station.technologies,
                "operating_status": station.operating_status,
                "emf_valid_until": station.emf_valid_until,
            }
            for station in mast.stations.all()
        ],
    }
