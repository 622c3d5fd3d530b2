"""The register page at many masts: queries and time against its bare SQL in the same run."""

from collections.abc import Iterator
from functools import partial

from django.conf import settings
from django.contrib.gis.geos import Point
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from infra.ground.choices import Role
from infra.models import User
from script.lib.bench import Row, compare
from script.lib.crowd import multiply, scattered_point
from sites.models import Mast
from sites.register.search import repair

BARE = """
SELECT id, code, name, grade FROM sites_mast WHERE archived_at IS NULL
ORDER BY name COLLATE "vi-x-icu", id LIMIT 50
"""
BARE_SEARCH = """
SELECT m.id, m.code, m.name, m.grade FROM sites_mast m JOIN sites_mastsearch s ON s.mast_id = m.id
WHERE m.archived_at IS NULL AND s.words @@ $$'777':* | '~777':*$$::tsquery
ORDER BY m.name COLLATE "vi-x-icu", m.id LIMIT 50
"""
PAGES = (("register", "/cot/", BARE), ("register, search 777", "/cot/?q=777", BARE_SEARCH))


def bench(size: int) -> Iterator[Row]:
    """Rows for the whole page and for an accent-free search."""
    first = Mast.objects.create(
        code="BENCH", name="Cột", point=Point(105.63, 10.46, srid=4326), grade="B"
    )
    point = scattered_point(105.1, 10.1, 106.2, 11.0)
    multiply(first, size, triggers=False, code="'BENCH-' || n", name="'Cột ' || n", point=point)
    repair()  # the words that the triggers would have kept
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE sites_mastsearch")
    client = Client(SERVER_NAME=settings.ALLOWED_HOSTS[0])
    client.force_login(
        User.objects.create_user("bench@example.test", full_name="B", roles=[Role.OFFICER])
    )
    for name, url, bare in PAGES:
        with CaptureQueriesContext(connection) as queries:
            client.get(url)
        yield from compare(
            f"{name}, {size} masts",
            partial(client.get, url),
            partial(_run, bare),
            note=f"{len(queries)} queries",
        )


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        cursor.fetchall()
