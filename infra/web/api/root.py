"""/api/v1/: session sign-in with CSRF, errors by the one table, OpenAPI at openapi.json."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.request import RawPostDataException
from django.utils.translation import gettext as _
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as RequestError
from ninja.security import SessionAuth

from infra.ground.answers import problem_answer
from infra.ground.errors import Problem, code_of, code_of_status, sentences_of, status_of
from infra.ground.routers import ROUTERS
from infra.models import User
from infra.web.api.refusals import name_refusals
from infra.web.shell.errors import sentences_or_title


class SignedIn(SessionAuth):
    """Somebody with an account and at least one role."""

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """The person, or None: 401."""
        user: Any = request.user
        return user if user.is_authenticated and user.is_active and user.roles else None


class Api(NinjaAPI):
    """Refuses in one shape and says so: every operation names the statuses it may answer with."""

    def get_openapi_schema(self, **options: Any) -> Any:
        """Ninja's schema, with the refusals that no operation has to write down itself."""
        return name_refusals(super().get_openapi_schema(**options))


def build_api() -> NinjaAPI:
    """The API with every registered router."""
    api = Api(
        title="Trạm & Tuyến",
        version="1",
        urls_namespace="api",
        auth=SignedIn(),
        docs_url=None,
        openapi_url="openapi.json",
    )
    for kind in (Problem, Http404, PermissionDenied, ValidationError):
        api.exception_handler(kind)(
            lambda request, error: _refused(status_of(error), code_of(error), sentences_of(error))
        )
    api.exception_handler(AuthenticationError)(
        lambda request, error: _refused(HTTPStatus.UNAUTHORIZED, "sign_in", [])
    )
    api.exception_handler(RequestError)(
        lambda request, error: _refused(
            HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", _faults(error)
        )
    )
    api.exception_handler(HttpError)(lambda request, error: _by_ninja(error))
    api.exception_handler(RawPostDataException)(
        lambda request, error: _refused(HTTPStatus.BAD_REQUEST, "bad_request", [_no_json()])
    )
    for prefix, router in ROUTERS.items():
        api.add_router(f"/{prefix}", router)
    return api


def _refused(status: HTTPStatus, code: str, sentences: Sequence[str]) -> HttpResponse:
    return problem_answer(status, code, sentences_or_title(status, sentences))


def _by_ninja(error: HttpError) -> HttpResponse:
    """The library's own two refusals: a body that is no JSON, a missing CSRF token."""
    status = HTTPStatus(error.status_code)
    if status == HTTPStatus.FORBIDDEN:
        return _refused(status, "csrf", [_("Send the CSRF token in the header X-CSRFToken.")])
    sentences = [_no_json()] if status == HTTPStatus.BAD_REQUEST else [str(error)]
    return _refused(status, code_of_status(status), sentences)


def _no_json() -> str:
    return _("The body could not be read as JSON.")


def _faults(error: RequestError) -> list[str]:
    return [
        f"{'.'.join(str(part) for part in fault.get('loc', ()))}: {fault.get('msg', '')}"
        for fault in error.errors
    ]
