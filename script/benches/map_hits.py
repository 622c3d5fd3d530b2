"""A kept tile, through all of the application's doors, against the statement that proves it.

Within this process: what the web server and the socket add is in `tiles`.
"""

from collections.abc import Iterator
from functools import partial
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import RequestFactory
from django.urls import reverse

from infra.map.express import SIGHTING
from infra.map.versions import counted_of
from script.benches.tiles import HERE, tile_of
from script.lib.bench import Row, compare
from script.lib.bench_world import OFFICER, World

ZOOMS = (9, 15)
TABLES = ["infra_organisation", "sites_mast"]


def bench(world: World) -> Iterator[Row]:
    """Rows for a hit, and for what the browser has already, far and near."""
    officer = world.person(OFFICER)
    door = Door(world.session_key(OFFICER))
    sight = [*counted_of(TABLES), door.session, officer.pk]
    for zoom in ZOOMS:
        x, y = tile_of(*HERE, zoom)
        address = reverse("map:tile", args=["masts", zoom, x, y])
        tag = door(address)["ETag"]
        for name, known in ((f"z{zoom}, kept", ""), (f"z{zoom}, as known", tag)):
            yield compare(
                name,
                partial(door, address, known),
                partial(_ask, sight),
                against="its one statement",
            )


class Door:
    """The application as its web server calls it, for one session."""

    def __init__(self, session: str) -> None:
        self.session, self.application = session, WSGIHandler()

    def __call__(self, address: str, tag: str = "") -> dict[str, str]:
        cookie = f"{settings.SESSION_COOKIE_NAME}={self.session}"
        asked = RequestFactory(SERVER_NAME="localhost").get(
            address, HTTP_COOKIE=cookie, HTTP_ACCEPT_ENCODING="gzip", HTTP_IF_NONE_MATCH=tag
        )
        told: dict[str, str] = {}

        def start(status: str, headers: list[tuple[str, str]], *failure: Any) -> Any:
            told.update(headers)

        answer: Any = self.application(asked.environ, start)
        b"".join(answer)
        answer.close()
        return told


def _ask(sight: list[Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(SIGHTING, sight)
        cursor.fetchone()
