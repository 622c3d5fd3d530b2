"""Handing on what is filtered: CSV and GeoJSON, streamed, scoped to the person."""

from typing import Any

from django.http import HttpRequest, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from infra.exchange.writers import csv_parts, download, geojson_parts
from sites.permissions import Person
from sites.register.filters import MastFilterForm
from sites.register.selectors.export import columns_for, exported_masts
from sites.register.selectors.masts import masts_found
from sites.register.selectors.orders import in_order
from sites.register.views.masts import is_public_person


def _rows(request: HttpRequest) -> tuple[Any, Person]:
    form = MastFilterForm(request.GET, is_public=is_public_person(request))
    query = form.query()
    return in_order(masts_found(request.user, query), query.sort), request.user


@require_GET
def mast_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered masts as CSV in UTF-8 with BOM."""
    masts, user = _rows(request)
    columns = columns_for(is_public=is_public_person(request))
    header = [str(label) for label, _read in columns]
    parts = csv_parts(header, (mast.cells for mast in exported_masts(masts, columns, user)))
    return download(parts, f"cot-{timezone.localdate():%Y%m%d}.csv", "text/csv; charset=utf-8")


@require_GET
def mast_geojson(request: HttpRequest) -> StreamingHttpResponse:
    """The filtered masts as GeoJSON points (EPSG:4326)."""
    masts, user = _rows(request)
    columns = columns_for(is_public=is_public_person(request))
    names = [str(label) for label, _read in columns]

    features = (
        {
            "type": "Feature",
            "id": mast.uuid,
            "geometry": {"type": "Point", "coordinates": mast.place},
            "properties": dict(zip(names, mast.cells, strict=True)),
        }
        for mast in exported_masts(masts, columns, user)
    )
    about = {"title": _("Register of masts"), "date": timezone.localdate().isoformat()}
    name = f"cot-{timezone.localdate():%Y%m%d}.geojson"
    return download(geojson_parts(features, about), name, "application/geo+json")
