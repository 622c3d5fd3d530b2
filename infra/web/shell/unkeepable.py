"""One filter at every door for what no database text can hold: U+0000 and halves of pairs."""

import json
import re
from collections.abc import Callable, Iterator
from http import HTTPStatus
from typing import Any

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.translation import gettext as _

from infra.web.shell.errors import bare_problem

UNKEEPABLE = re.compile("[\0\ud800-\udfff]")
ESCAPED = re.compile(rb"\\u(0000|[dD][89a-fA-F])")
CODE = "unkeepable_character"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class UnkeepableTextMiddleware:
    """Refuses addresses, cookies, forms and JSON that carry one, and names the place."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        try:
            place = next(_places(request), None)
        except RequestDataTooBig:
            return _too_large(request)
        return self.get_response(request) if place is None else _refusal(request, place)


def _refusal(request: HttpRequest, place: str) -> HttpResponse:
    sentence = _(
        "“%(place)s” holds a character that cannot be kept. "
        "Type the text instead of pasting it, then send it again."
    ) % {"place": UNKEEPABLE.sub("", place)}
    return bare_problem(request, HTTPStatus.BAD_REQUEST, [sentence], code=CODE)


def _too_large(request: HttpRequest) -> HttpResponse:
    sentence = _("More was sent at once than is taken. Send it in smaller parts.")
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    return bare_problem(request, status, [sentence], code="too_large")


def _places(request: HttpRequest) -> Iterator[str]:
    """Where such a character stands, by the names that the sender knows."""
    if UNKEEPABLE.search(request.path):
        yield _("The address")
    yield from _fields(request.GET.lists())
    yield from _fields((name, [value]) for name, value in request.COOKIES.items())
    if (request.content_type or "") in FORMS:
        yield from _fields(request.POST.lists())
        uploads: Any = request.FILES
        yield from _fields((name, [one.name for one in sent]) for name, sent in uploads.lists())
    elif request.method not in ("GET", "HEAD"):
        yield from _in_body(request.body)


def _fields(fields: Any) -> Iterator[str]:
    for name, values in fields:
        if any(UNKEEPABLE.search(str(text)) for text in (name, *values)):
            yield name


def _in_body(body: bytes) -> Iterator[str]:
    if b"\0" in body:
        yield _("The message")
    elif ESCAPED.search(body):
        try:
            content = json.loads(body)
        except (ValueError, RecursionError):
            return  # not JSON: whoever reads it says so
        yield from _in_json(content)


def _in_json(content: Any) -> Iterator[str]:
    """The keys under which one stands; looked for without recursion."""
    waiting = [(_("The message"), content)]
    while waiting:
        name, value = waiting.pop()
        if isinstance(value, str) and UNKEEPABLE.search(value):
            yield name
        elif isinstance(value, dict):
            yield from (key for key in value if UNKEEPABLE.search(key))
            waiting += value.items()
        elif isinstance(value, list):
            waiting += [(name, part) for part in value]
