"""A kept tile, through all of the application's doors, against the statement that proves it."""

from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.contrib.gis.geos import Point
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client, RequestFactory

from infra.ground.choices import Role
from infra.map.aggregates import rebuild
from infra.map.express import SIGHTING
from infra.map.versions import counted_of
from infra.models import User
from script.lib.bench import Row, compare
from script.lib.crowd import multiply, scattered_point
from sites.models import Mast

PROVINCE = (105.1, 10.1, 106.2, 11.0)
HERE = (105.6321, 10.4602)
TABLES = ["infra_organisation", "sites_mast"]
ROUNDS = 400


def bench(size: int) -> Iterator[Row]:
    """Rows for a hit, and for what the browser has already, far and near."""
    first = Mast.objects.create(code="BENCH", mast_class="A2b", point=Point(*HERE, srid=4326))
    multiply(first, size, triggers=False, code="'BENCH-' || n", point=scattered_point(*PROVINCE))
    rebuild()
    officer = User.objects.create_user("hits@example.test", full_name="H", roles=[Role.OFFICER])
    client = Client()
    client.force_login(officer)
    door = Door(str(client.session.session_key))
    sight = [*counted_of(TABLES), door.session, officer.pk]
    for zoom in (9, 15):
        address = _address(zoom)
        tag = door(address)["ETag"]
        for name, known in ((f"kept tile z{zoom}", ""), (f"tile z{zoom} as known", tag)):
            yield from compare(
                f"{name} {size} masts",
                lambda: door(address, known),  # noqa: B023
                lambda: _ask(sight),
                rounds=ROUNDS,
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


def _address(zoom: int) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT map_qx(p) >> (30 - %(z)s), map_qy(p) >> (30 - %(z)s)"
            " FROM (SELECT ST_MakePoint(%(lon)s, %(lat)s) AS p) AS here",
            {"z": zoom, "lon": HERE[0], "lat": HERE[1]},
        )
        x, y = cursor.fetchone()
    return f"/ban-do/o/masts/{zoom}/{x}/{y}.mvt"
