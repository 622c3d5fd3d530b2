"""Each request gets a number and one line: who, which page, how it ended, how long it took."""

import logging
import re
import time
from collections.abc import Callable
from http import HTTPStatus

from django.conf import settings
from django.http import HttpRequest, HttpResponseBase

from infra.ground.log.context import Tally, bound, counting, new_id

logger = logging.getLogger("infra.requests")
HEADER = "X-Request-ID"
WELL_FORMED = re.compile(r"[A-Za-z0-9-]{8,64}")
QUIET_ROUTES = {"healthz"}


class RequestLogMiddleware:
    """Stands before everything else, so that nothing is answered without a number."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        number = number_of(request)
        began = time.perf_counter()
        with bound(request=number), counting() as tally:
            response = self.get_response(request)
            response[HEADER] = number
            _write(request, response.status_code, time.perf_counter() - began, tally)
        return response


def number_of(request: HttpRequest) -> str:
    """The number our proxy gave, else a new one; a stranger's is not taken."""
    given = request.headers.get(HEADER, "") if settings.ALLAUTH_TRUSTED_PROXY_COUNT else ""
    return given if WELL_FORMED.fullmatch(given) else new_id()


def _write(request: HttpRequest, status: int, seconds: float, tally: Tally) -> None:
    match = request.resolver_match
    failed = status >= HTTPStatus.INTERNAL_SERVER_ERROR
    if not failed and _is_quiet(request, match.view_name if match else ""):
        return
    # Asking request.user anew could cost a query, or fail: only who is known by now is named.
    person = getattr(request, "_cached_user", None)
    facts = {
        "person": getattr(person, "pk", None),
        "route": match.view_name if match else "",
        "method": request.method,
        "status": status,
        "milliseconds": round(seconds * 1000),
        "queries": tally.queries,
    }
    logger.log(logging.ERROR if failed else logging.INFO, "request", extra={"facts": facts})


def _is_quiet(request: HttpRequest, route: str) -> bool:
    """Files of the page and the health check's own question would drown the rest."""
    return route in QUIET_ROUTES or request.path.startswith(settings.STATIC_URL)
