"""Error pages: what happened and what to do, in plain sentences."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infra.ground.answers import problem_answer, wants_json
from infra.ground.errors import code_of_status
from infra.ground.log import request_id
from infra.ground.outages import outage_status, was_cut_off


@dataclass(frozen=True)
class Words:
    """The title of an error page and what a person can do."""

    title: str | Promise
    advice: str | Promise


WORDS = {
    HTTPStatus.BAD_REQUEST: Words(
        _("The request could not be read"),
        _("Go back, check what you typed and send it again."),
    ),
    HTTPStatus.FORBIDDEN: Words(
        _("You may see this, but not do it"),
        _(
            "Your account does not hold the role this page asks for. "
            "If your work needs it, ask the administrator of your organisation."
        ),
    ),
    HTTPStatus.NOT_FOUND: Words(
        _("There is no such page"),
        _(
            "The address may be wrong, the record may have been moved, "
            "or it is not open to your account. Search for it by code or name."
        ),
    ),
    HTTPStatus.CONFLICT: Words(
        _("Somebody changed this before you"),
        _("Open the page again to see how it stands now, then decide anew. Nothing was lost."),
    ),
    HTTPStatus.UNAUTHORIZED: Words(
        _("Sign in first"),
        _("Your session has ended or was never begun. Sign in, then try again."),
    ),
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: Words(
        _("Too much was sent at once"),
        _("Send smaller files or fewer at a time."),
    ),
    HTTPStatus.UNPROCESSABLE_ENTITY: Words(
        _("This cannot be done yet"),
        _("Put right what is named here, then try again."),
    ),
    HTTPStatus.TOO_MANY_REQUESTS: Words(
        _("Too many attempts"),
        _("For safety this is closed for a few minutes. Wait five minutes, then try again."),
    ),
    HTTPStatus.INTERNAL_SERVER_ERROR: Words(
        _("The system met an error"),
        _("What was saved is kept. Try again in a minute; tell the administrator if it stays."),
    ),
    HTTPStatus.SERVICE_UNAVAILABLE: Words(
        _("The database cannot be reached just now"),
        _(
            "What was saved is kept; what you sent just now was not saved. "
            "Wait a minute and send it again; tell the administrator if it stays."
        ),
    ),
    HTTPStatus.INSUFFICIENT_STORAGE: Words(
        _("The server's disk is full"),
        _(
            "What was saved is kept; what you sent just now was not saved. "
            "Tell the administrator to make room, then send it again."
        ),
    ),
}
TOO_SLOW = Words(
    _("This took too long"),
    _(
        "The page was stopped before it was ready, so that others need not wait; nothing was "
        "changed. Ask for less at a time (a filter, a shorter period, a smaller part of the map), "
        "then try again; tell the administrator if it stays."
    ),
)
RETRY_SECONDS = "10"


def problem_page(
    request: HttpRequest, status: HTTPStatus, sentences: Sequence[str] = (), *, code: str = ""
) -> HttpResponse:
    """The page of one status inside the shell; a fragment for htmx, JSON for who reads JSON."""
    if wants_json(request):
        return _as_json(status, sentences, code)
    context = {"status": int(status), "words": words_of(status), "sentences": sentences}
    template = "errors/part.html" if getattr(request, "htmx", False) else "errors/page.html"
    return render(request, template, context, status=status)


def bare_problem(
    request: HttpRequest,
    status: HTTPStatus,
    sentences: Sequence[str] = (),
    *,
    code: str = "",
    words: Words | None = None,
) -> HttpResponse:
    """The same without the shell, for what is found before it is known who asks."""
    words = words or words_of(status)
    if wants_json(request):
        return _as_json(status, sentences or [f"{words.title}.", str(words.advice)], code)
    context = {
        "status": int(status),
        "words": words,
        "sentences": sentences,
        "request_id": request_id(),
    }
    is_part = request.headers.get("HX-Request") == "true"
    template = "errors/part.html" if is_part else "errors/bare.html"
    return HttpResponse(render_to_string(template, context), status=status)


def words_of(status: HTTPStatus) -> Words:
    """Title and advice of a status."""
    return WORDS.get(status, WORDS[HTTPStatus.BAD_REQUEST])


def sentences_or_title(status: HTTPStatus, sentences: Sequence[str]) -> Sequence[str]:
    """Never nothing: where there is no sentence, title and advice of the status are two."""
    words = words_of(status)
    return sentences or [f"{words.title}.", str(words.advice)]


def _as_json(status: HTTPStatus, sentences: Sequence[str], code: str) -> HttpResponse:
    told = sentences_or_title(status, sentences)
    return problem_answer(status, code or code_of_status(status), told)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """400; the shell is not drawn, as even the host name may be the bad thing."""
    is_large = isinstance(exception, RequestDataTooBig)
    too_large, bad = HTTPStatus.REQUEST_ENTITY_TOO_LARGE, HTTPStatus.BAD_REQUEST
    return bare_problem(request, too_large if is_large else bad)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """403."""
    sentences = [str(argument) for argument in exception.args if argument]
    return problem_page(request, HTTPStatus.FORBIDDEN, sentences)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """404."""
    return problem_page(request, HTTPStatus.NOT_FOUND)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, or 503 and 507 in an outage; drawn without the database, which may be what failed."""
    error = sys.exc_info()[1]
    status = outage_status(error) or HTTPStatus.INTERNAL_SERVER_ERROR
    if was_cut_off(error):
        answer = bare_problem(request, status, words=TOO_SLOW, code="too_slow")
    else:
        answer = bare_problem(request, status)
    if status == HTTPStatus.SERVICE_UNAVAILABLE:
        answer["Retry-After"] = RETRY_SECONDS
    return answer


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403 of a form whose token has expired."""
    sentence = _("The page was open too long. Load it again and send the form once more.")
    return problem_page(request, HTTPStatus.FORBIDDEN, [str(sentence)], code="csrf")
