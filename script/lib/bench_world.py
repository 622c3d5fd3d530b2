"""What a bench is given: a province of a size, browsers of its people, the page's own SQL."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

import psycopg2
from django.contrib.sessions.backends.base import SessionBase
from django.db import connection
from django.http import HttpResponseBase
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from infra.models import User
from infra.people.accounts.demo import demo_user
from script.lib.bench import Act, BenchError, Row, compare
from script.lib.bench_web import Browser, Web

OFFICER, INSPECTOR, OPERATOR, HEAD = "chuyenvien", "khaosat", "viettel", "truongphong"
WRITES = ("INSERT", "UPDATE", "DELETE", "SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")


@dataclass(frozen=True)
class Replay:
    """Statements as a page asked them, run again by a bare cursor; what they write is undone."""

    statements: tuple[str, ...]
    dsn: Mapping[str, Any]

    @cached_property
    def _connection(self) -> Any:
        return psycopg2.connect(**self.dsn)

    def __call__(self) -> None:
        """Ask all of them and read every row."""
        with self._connection.cursor() as cursor:
            for statement in self.statements:
                cursor.execute(statement)
                if cursor.description:
                    cursor.fetchall()
        self._connection.rollback()


class World:
    """One province and its running application."""

    def __init__(self, size: int, web: Web) -> None:
        self.size = size
        self.web = web
        self._clients: dict[str, Client] = {}

    def page(
        self, name: str, who: str, address: str, query: Mapping[str, str] | None = None
    ) -> Row:
        """A page as a browser gets it, against the statements it asks, replayed."""
        path = f"{reverse(address)}?{urlencode(query)}" if query else reverse(address)
        return self.got(name, who, path)

    def got(
        self,
        name: str,
        who: str,
        path: str,
        *,
        before: Act | None = None,
        expected: int = 200,
        headers: Mapping[str, str] | None = None,
    ) -> Row:
        """The same for a whole address; `before` is done ahead of each time."""
        browser, given = self.browser(who), headers or {}
        if before:
            before()
        replay = self.replay(lambda: self.client(who).get(path, headers=given), expected)
        answer = browser.get(path, expected=expected, headers=given)
        return compare(
            name,
            lambda: browser.get(path, expected=expected, headers=given),
            replay,
            before=before,
            note=f"{len(replay.statements)} queries, {len(answer.body) / 1024:.1f} kB",
        )

    def browser(self, who: str) -> Browser:
        """A browser in which a person has signed in."""
        return Browser(self.web, self.session_key(who))

    def client(self, who: str) -> Client:
        """The same person within this process, to hear what the database is asked."""
        if who not in self._clients:
            client = Client(SERVER_NAME="localhost", headers={"accept-language": "vi"})
            client.force_login(self.person(who))
            self._clients[who] = client
        return self._clients[who]

    def session_key(self, who: str) -> str:
        """The session in which the person is signed in."""
        session: SessionBase = self.client(who).session
        return str(session.session_key)

    def person(self, who: str) -> User:
        """A person of the demo. Raises BenchError when there is none of that name."""
        user = demo_user(who)
        if user is None:
            msg = f"Không có tài khoản minh họa {who}."
            raise BenchError(msg)
        return user

    def replay(self, ask: Callable[[], HttpResponseBase | None], expected: int = 200) -> Replay:
        """What one request asks of the database. Raises BenchError when it is refused."""
        with CaptureQueriesContext(connection) as queries:
            answer = ask()
            if answer is not None and getattr(answer, "streaming", False):
                b"".join(answer)
        if answer is not None and answer.status_code != expected:
            msg = f"{answer.status_code}, không phải {expected}."
            raise BenchError(msg)
        asked = [query["sql"] for query in queries]
        kept = tuple(one for one in asked if not one.lstrip().upper().startswith(WRITES))
        return Replay(kept, self.dsn)

    @property
    def dsn(self) -> dict[str, Any]:
        """How a bare cursor reaches the same database in the same role."""
        given = connection.get_connection_params()
        names = ("dbname", "user", "password", "host", "port")
        return {name: given[name] for name in names if given.get(name)}

    def bare(self, sql: str, values: Mapping[str, Any] | None = None) -> Replay:
        """One statement of ours as a reference."""
        with connection.cursor() as cursor:
            text: bytes = cursor.cursor.mogrify(sql, values)
        return Replay((text.decode(),), self.dsn)
