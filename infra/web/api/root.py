"""/api/v1/: session sign-in with CSRF, errors by the one table, OpenAPI at openapi.json."""

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError
from ninja.errors import ValidationError as RequestError
from ninja.security import SessionAuth

from infra.ground.errors import Problem, sentences_of, status_of
from infra.ground.log import request_id
from infra.ground.routers import routers
from infra.models import User


class SignedIn(SessionAuth):
    """Somebody with an account and at least one role."""

    def authenticate(self, request: HttpRequest, key: str | None) -> User | None:
        """The person, or None: 401."""
        user: Any = request.user
        return user if user.is_authenticated and user.is_active and user.roles else None


def build_api() -> NinjaAPI:
    """The API with every registered router."""
    api = NinjaAPI(
        title="Trạm & Tuyến",
        version="1",
        urls_namespace="api",
        auth=SignedIn(),
        docs_url=None,
        openapi_url="openapi.json",
    )
    for kind in (Problem, Http404, PermissionDenied, ValidationError):
        api.exception_handler(kind)(lambda request, error: _told(api, request, error))
    api.exception_handler(AuthenticationError)(
        lambda request, _error: _answer(api, request, HTTPStatus.UNAUTHORIZED, "sign_in", [])
    )
    api.exception_handler(RequestError)(lambda request, error: _malformed(api, request, error))
    api.exception_handler(HttpError)(
        lambda request, error: _answer(
            api, request, HTTPStatus(error.status_code), "bad_request", [str(error)]
        )
    )
    for prefix, router in routers().items():
        api.add_router(f"/{prefix}", router)
    return api


def _told(api: NinjaAPI, request: HttpRequest, error: Exception) -> HttpResponse:
    status = status_of(error)
    code = getattr(error, "code", "") or status.phrase.lower().replace(" ", "_")
    return _answer(api, request, status, code, sentences_of(error))


def _malformed(api: NinjaAPI, request: HttpRequest, error: RequestError) -> HttpResponse:
    sentences = [
        f"{'.'.join(str(part) for part in fault.get('loc', ()))}: {fault.get('msg', '')}"
        for fault in error.errors
    ]
    return _answer(api, request, HTTPStatus.UNPROCESSABLE_ENTITY, "malformed", sentences)


def _answer(
    api: NinjaAPI, request: HttpRequest, status: HTTPStatus, code: str, sentences: list[str]
) -> HttpResponse:
    body = {"code": str(code), "sentences": sentences, "request_id": request_id()}
    return api.create_response(request, body, status=status)
