"""What the OpenAPI says of refusals: one schema, and per operation the statuses that can happen."""

from collections.abc import Iterator
from http import HTTPStatus as S
from typing import Any

PROBLEM = {
    "title": "Problem",
    "description": "Why something was not done: a word for programs, sentences for people.",
    "type": "object",
    "required": ["code", "sentences"],
    "properties": {
        "code": {"title": "Code", "type": "string"},
        "sentences": {"title": "Sentences", "type": "array", "items": {"type": "string"}},
    },
}
WHY = {
    S.BAD_REQUEST: "The request cannot be read, or holds a character that cannot be kept.",
    S.UNAUTHORIZED: "Nobody is signed in.",
    S.FORBIDDEN: "Not this person's to do; or the CSRF token or a second factor is missing.",
    S.NOT_FOUND: "There is no such thing, or this person may not know of it.",
    S.CONFLICT: "Somebody was quicker; the sentences say who and when.",
    S.REQUEST_ENTITY_TOO_LARGE: "More was sent than is taken.",
    S.UNPROCESSABLE_ENTITY: "A value is of the wrong kind, or something stands against the act.",
    S.SERVICE_UNAVAILABLE: "The database or the disk is out of service; try again later.",
}
ALWAYS = (S.BAD_REQUEST, S.UNAUTHORIZED, S.FORBIDDEN, S.SERVICE_UNAVAILABLE)
WRITES = frozenset({"post", "put", "patch", "delete"})


def name_refusals(schema: Any) -> Any:
    """The schema with the one problem and, at each operation, every refusal that can happen."""
    schema.setdefault("components", {}).setdefault("schemas", {})["Problem"] = PROBLEM
    for operations in schema["paths"].values():
        for method, operation in operations.items():
            for status in _statuses(method, operation):
                operation["responses"].setdefault(int(status), _response(status))
    return schema


def _statuses(method: str, operation: Any) -> Iterator[S]:
    yield from ALWAYS
    kinds = {parameter["in"] for parameter in operation.get("parameters", ())}
    if "path" in kinds:
        yield S.NOT_FOUND
    if method in WRITES:
        yield from (S.CONFLICT, S.REQUEST_ENTITY_TOO_LARGE)
    if "query" in kinds or method in WRITES:
        yield S.UNPROCESSABLE_ENTITY


def _response(status: S) -> dict[str, Any]:
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {"description": WHY[status], "content": content}
