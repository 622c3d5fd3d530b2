"""How often the tables under a layer were written: what makes a kept tile a fresh one."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection
from django.db.models import Sum

from infra.map.registry import LayerSpec
from infra.models import MapTableVersion

# Beside the counters the moment when the database was started: after a crash it may have lost its
# last counts, and would come to the same ones again with other rows. And its day, by which some
# rows come into force without a write.
COUNTED = """
SELECT pg_postmaster_start_time() || ' ' || (now() AT TIME ZONE %s)::date, ARRAY(
    SELECT "table" || '=' || sum(version) FROM infra_maptableversion
    WHERE "table" = ANY(%s) GROUP BY "table")
"""


@dataclass(frozen=True)
class Versions:
    """Write counters by table, read before the rows that they tell of; `era`: start and day."""

    era: str
    counted: Mapping[str, str]

    def of(self, specs: Iterable[LayerSpec]) -> tuple[str, ...]:
        """What differs after a write to one of these layers' tables."""
        tables = sorted({table for spec in specs for table in spec.tables})
        return (self.era, *(f"{table}={self.counted.get(table, '')}" for table in tables))


def counted_of(tables: Iterable[str]) -> list[Any]:
    """The parameters of COUNTED."""
    return [settings.TIME_ZONE, sorted(set(tables))]


def versions_from(era: str, pairs: Iterable[str]) -> Versions:
    """The counters as COUNTED gives them."""
    return Versions(era, dict(pair.split("=") for pair in pairs))


def read_versions(specs: Iterable[LayerSpec]) -> Versions:
    """The counters as they are now."""
    with connection.cursor() as cursor:
        cursor.execute(COUNTED, counted_of(table for spec in specs for table in spec.tables))
        era, pairs = cursor.fetchone()
    return versions_from(era, pairs)


def version_of(specs: Iterable[LayerSpec]) -> str:
    """How often the tables under these layers were written, as one word for an address."""
    tables = {table for spec in specs for table in spec.tables}
    rows = MapTableVersion.objects.filter(table__in=tables).values_list("table")
    counted = sorted(rows.annotate(total=Sum("version")).values_list("table", "total"))
    return ".".join(str(total) for _, total in counted)
