"""The API keeps its word: as every role, whatever is sent, it answers with what it declares."""

import json
from collections.abc import Iterator, Sequence
from itertools import product
from typing import Any
from urllib.parse import quote

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from infra.cases.workflow.registry import get_workflow
from infra.ground.choices import DossierState
from infra.models import User
from tests.access.world import World
from tests.cast import Cast
from tests.workflow.casework import dossier_of_a, let_sign, step, the_half_bound, with_leader

pytestmark = pytest.mark.django_db

HOSTILE = (
    "", "0", "-1", "9" * 40, "1e400", "nan", "null", "2026-13-45", "' OR 1=1 --", "%", "_" * 3,
    "a\0b", "💥" * 50, "a" * 5000, "1,2,3,4", "nan,nan,inf,1", "[]", "../..", "true",
)  # fmt: skip
BODIES = (
    b"", b"x", b"null", b"[]", b"{}", b'"a"', b"\xff\xfe", b"[" * 3000,
    b'{"version": "x"}', b'{"version": 1e400}', b'{"version": -1}', b'{"version": 1, "data": []}',
    b'{"version": 1, "reason": "a\\u0000b"}', b'{"version": 1, "reason": "a\\ud800"}',
    b'{"version": 1, "data": {"x": "\\u0000"}}', b'{"version": 1, "data": {"\\u0000": 1}}',
    b'{"version": 1, "data": {"x": NaN, "y": 1e400}}',
    b'{"version": 1, "data": {"x": "\\udc00"}}',
    b'{"version": 99999999999999999999, "reason": "' + b"a" * 9000 + b'"}',
)  # fmt: skip
FACTS: tuple[Any, ...] = (
    None,
    0,
    -1,
    1.5,
    True,
    "",
    "x",
    "2026-01-01",
    "9999-99-99",
    [],
    [1],
    [None],
    ["x"],
    {},
    "a" * 300,
)
KEYS = ("items", "reply_by", "answer", "number", "symbol", "issued_on", "signed_file", "check_code")


@pytest.fixture(autouse=True)
def half() -> Iterator[None]:
    """Guards of the half that owns the procedure are about other matters."""
    with the_half_bound():
        yield


@pytest.fixture
def schema(client: Client) -> Any:
    return client.get("/api/v1/openapi.json").json()


def operations(schema: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def signed_in(person: User | None) -> Client:
    client = Client(raise_request_exception=False)
    if person:
        client.force_login(person)
    return client


def judge(answer: Any, operation: Any, asked: str) -> None:
    """The status is declared; a refusal has the one shape, its own words, in JSON."""
    told = f"{asked}: {answer.status_code} {answer.content[:200]!r}"
    assert str(answer.status_code) in operation["responses"], told
    if answer.status_code >= 400:
        body = answer.json()
        assert body["code"], told
        assert all(isinstance(one, str) and one.strip() for one in body["sentences"]), told
        assert body["sentences"], told
    else:
        assert answer.headers["Content-Type"].startswith("application/json"), told


def test_every_operation_names_its_refusals_in_one_schema(schema: Any) -> None:
    for path, method, operation in operations(schema):
        named = set(operation["responses"])
        wanted = {"400", "401", "403", "503"}
        wanted |= {"404"} if "{" in path else set()
        wanted |= {"409", "413", "422"} if method == "post" else set()
        assert wanted <= named, f"{method} {path} does not name {wanted - named}"
        for status in named - {"200", "201"}:
            content = operation["responses"][status]["content"]["application/json"]
            assert content["schema"] == {"$ref": "#/components/schemas/Problem"}


def test_as_every_role_hostile_questions_get_declared_answers(cast: Cast, schema: Any) -> None:
    world = World(cast)
    people: dict[str, User | None] = {"anonymous": None} | dict(cast.people())
    for turn, (who, person) in enumerate(people.items()):
        client = signed_in(person)
        for path, method, operation in operations(schema):
            if method == "get":
                for address in questions(path, operation, world, HOSTILE[turn % 3 :: 3]):
                    judge(client.get(address), operation, f"{who} GET {address[:120]}")


def questions(path: str, operation: Any, world: World, spoilt: Sequence[str]) -> Iterator[str]:
    """The address as it should be, then with each parameter spoilt; a third of it for each."""
    whole = filled(path, world)
    yield whole
    yield whole + "?%00=1"
    for parameter in operation.get("parameters", ()):
        if parameter["in"] == "query":
            yield from (f"{whole}?{parameter['name']}={quote(value)}" for value in spoilt)


def filled(path: str, world: World) -> str:
    thing = {"masts": "mast", "dossiers": "dossier", "routes": "route"}[path.split("/")[3]]
    seen = str(getattr(world, thing).uuid)
    return path.replace("{uuid}", seen).replace("{name}", "propose")


def test_as_every_role_hostile_bodies_get_declared_answers(cast: Cast, schema: Any) -> None:
    world = World(cast)
    people: dict[str, User | None] = {"anonymous": None} | dict(cast.people())
    kinds = ("application/json", "text/plain", "multipart/form-data; boundary=x")
    writes = [entry for entry in operations(schema) if entry[1] == "post"]
    for who, person in people.items():
        client = signed_in(person)
        for (path, _method, operation), body, kind in product(writes, BODIES, kinds):
            with transaction.atomic():
                answer = client.post(filled(path, world), body, content_type=kind)
                judge(answer, operation, f"{who} POST {path} {kind} {body[:80]!r}")
                transaction.set_rollback(True)


@pytest.mark.parametrize("state", DossierState.values)
def test_hostile_facts_of_a_step_get_declared_answers(cast: Cast, schema: Any, state: str) -> None:
    path = "/api/v1/dossiers/{uuid}/transitions/{name}"
    operation = schema["paths"][path]["post"]
    people = {role: person for _name, person in cast.people() for role in person.roles}
    for edge in get_workflow("dossier").leaving(state):
        client = signed_in(people[sorted(edge.roles)[0]])
        for fact in FACTS:
            with transaction.atomic():
                dossier = dossier_of_a(cast, state=state)
                address = path.replace("{uuid}", str(dossier.uuid)).replace("{name}", edge.name)
                sent = {"version": 1, "reason": "Vì", "data": dict.fromkeys(KEYS, fact)}
                answer = client.post(address, json.dumps(sent), content_type="application/json")
                judge(answer, operation, f"{edge.name} {fact!r}")
                transaction.set_rollback(True)


@pytest.mark.parametrize("key", ["number", "symbol", "issued_on", "signed_file"])
def test_hostile_facts_of_an_issue_get_declared_answers(
    cast: Cast, schema: Any, settings: Settings, key: str
) -> None:
    settings.OWN_DOCUMENT_NUMBERS = True
    let_sign(cast.leader)
    dossier = step(with_leader(cast), "sign", cast.leader)
    path = "/api/v1/dossiers/{uuid}/transitions/{name}"
    address = path.replace("{uuid}", str(dossier.uuid)).replace("{name}", "issue")
    client = signed_in(cast.clerk)
    for fact in FACTS:
        with transaction.atomic():
            sent = {"version": dossier.version, "data": {key: fact}}
            answer = client.post(address, json.dumps(sent), content_type="application/json")
            judge(answer, schema["paths"][path]["post"], f"{key} {fact!r}")
            transaction.set_rollback(True)


def test_a_post_without_the_csrf_token_is_told_in_json(cast: Cast, schema: Any) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(cast.officer)
    dossier = dossier_of_a(cast)
    path = "/api/v1/dossiers/{uuid}/transitions/{name}"
    address = path.replace("{uuid}", str(dossier.uuid)).replace("{name}", "propose")
    answer = client.post(address, {"version": 1}, content_type="application/json")
    assert answer.status_code == 403
    assert answer.json()["code"] == "csrf"
    judge(answer, schema["paths"][path]["post"], "no token")
