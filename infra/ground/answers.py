"""Problems as JSON, in one shape for every sender that reads JSON: {code, sentences, …}."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpRequest, JsonResponse

from infra.ground.errors import code_of, sentences_of, status_of
from infra.ground.log import request_id


def problem_answer(
    status: int, code: str, sentences: Iterable[object], **more: Any
) -> JsonResponse:
    """The answer; `more` stands beside code and sentences where the sender can use it."""
    return JsonResponse(problem_body(code, sentences, **more), status=status)


def problem_body(code: str, sentences: Iterable[object], **more: Any) -> dict[str, Any]:
    """The same as plain data; the number of the request is what the log knows it by."""
    told = [str(sentence) for sentence in sentences]
    return {**more, "code": code, "sentences": told, "request_id": request_id()}


def answer_to(error: Exception, **more: Any) -> JsonResponse:
    """What a sender of JSON is told about an error, by the one table of statuses."""
    return problem_answer(status_of(error), code_of(error), sentences_of(error), **more)


def wants_json(request: HttpRequest) -> bool:
    """Whether the sender reads JSON: it asks for it, sends it, or speaks to the API."""
    if request.path.startswith("/api/") or is_json(request):
        return True
    accepted = request.headers.get("Accept", "")
    return "application/json" in accepted and "text/html" not in accepted


def is_json(request: HttpRequest) -> bool:
    """Whether the body calls itself JSON."""
    kind = request.content_type or ""
    return kind == "application/json" or kind.endswith("+json")
