"""The whole register as a file, against COPY of the same table."""

from collections.abc import Iterator

import psycopg2
from django.urls import reverse

from script.lib.bench import Row, milliseconds
from script.lib.bench_world import OFFICER, World

COPY = """
COPY (SELECT m.*, o.short_name FROM sites_mast m LEFT JOIN infra_organisation o ON o.id = m.owner_id
  WHERE m.archived_at IS NULL) TO STDOUT (FORMAT csv, HEADER)
"""


class Sink:
    """Takes what comes and forgets it."""

    def write(self, data: bytes) -> int:
        """Counted as written."""
        return len(data)


def bench(world: World) -> Iterator[Row]:
    """Once: it is long, and nobody waits for it twice."""
    copied = milliseconds(lambda: _copy(world))
    browser, path = world.browser(OFFICER), reverse("sites:mast_csv")
    sizes: list[int] = []
    spent = milliseconds(lambda: sizes.append(len(browser.get(path).body)))
    note = f"{sizes[0] / 2**20:.1f} MB sent"
    yield Row("CSV of all masts", spent, copied, against="COPY", note=note)


def _copy(world: World) -> None:
    connection = psycopg2.connect(**world.dsn)
    with connection.cursor() as cursor:
        cursor.copy_expert(COPY, Sink())
    connection.close()
