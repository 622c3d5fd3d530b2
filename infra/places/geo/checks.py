"""`manage.py check --database default` proves that the database knows VN-2000 as we pinned it."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

from infra.places.geo.crs import MERIDIANS, VN2000_GEOGRAPHIC_SRID, plane_srid, proj4_of


@register(Tags.database)
def vn2000_is_pinned(
    app_configs: Sequence[Any] | None = None,
    databases: Sequence[str] | None = None,
    **_options: Any,
) -> list[CheckMessage]:
    """An error for every SRID of ours that is missing or has other parameters."""
    return [error for alias in databases or () for error in _differences(alias)]


def _differences(alias: str) -> list[CheckMessage]:
    wanted = {plane_srid(meridian): proj4_of(meridian) for meridian in MERIDIANS}
    wanted[VN2000_GEOGRAPHIC_SRID] = proj4_of(None)
    with connections[alias].cursor() as cursor:
        if not _is_migrated(cursor):
            return []  # manage.py migrate itself runs this check first
        cursor.execute(
            "SELECT srid, proj4text FROM spatial_ref_sys"
            " WHERE auth_name IS NULL AND srid = ANY(%s)",
            [list(wanted)],
        )
        found = {srid: sorted(text.split()) for srid, text in cursor.fetchall()}
    return [
        Error(
            f"SRID {srid} is missing or not VN-2000 with the official parameters.",
            hint="Run manage.py migrate; nobody else may write SRIDs 990000 to 998999.",
            id="infra.E030",
        )
        for srid, text in wanted.items()
        if found.get(srid) != sorted(text.split())
    ]


def _is_migrated(cursor: Any) -> bool:
    cursor.execute("SELECT to_regclass('django_migrations') IS NOT NULL")
    if not cursor.fetchone()[0]:
        return False
    cursor.execute("SELECT 1 FROM django_migrations WHERE app = 'infra' AND name = '0001_tables'")
    return cursor.fetchone() is not None
