"""Known devices: a signed cookie after a good sign-in, bound to the account and its password.

Whoever sits at a device where the account's owner signed in before is not kept out by what
strangers try elsewhere. A new password, or a second factor taken away, makes every device unknown.
"""

import secrets
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponseBase
from django.utils.crypto import salted_hmac

from infra.models import User

COOKIE = "known_device"
SALT = "infra.people.accounts.devices"
MAX_AGE = 180 * 24 * 60 * 60
MOST_ACCOUNTS = 8  # of a shared computer


def known_device(request: HttpRequest, user: User) -> str:
    """The device's own number where this account signed in on it before, else nothing."""
    told = _told(request)
    return str(told["id"]) if _mark(user) in told["for"] else ""


def remember(request: HttpRequest, user: User) -> None:
    """Have the answer to this request carry the cookie."""
    request.known_device_of = user  # type: ignore[attr-defined]


class KnownDeviceMiddleware:
    """Sets the cookie on the answer to a good sign-in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.get_response(request)
        user: User | None = getattr(request, "known_device_of", None)
        if user is not None:
            told = _told(request)
            others = [mark for mark in told["for"] if mark != _mark(user)]
            told["for"] = [_mark(user), *others][:MOST_ACCOUNTS]
            response.set_cookie(
                COOKIE,
                signing.dumps(told, salt=SALT),
                max_age=MAX_AGE,
                path="/tai-khoan/",
                secure=settings.SESSION_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        return response


def _told(request: HttpRequest) -> dict[str, Any]:
    try:
        told = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=MAX_AGE)
        return {"id": str(told["id"]), "for": [str(mark) for mark in told["for"]]}
    except (signing.BadSignature, KeyError, TypeError):
        return {"id": secrets.token_hex(8), "for": []}


def _mark(user: User) -> str:
    held = f"{user.pk}:{user.get_session_auth_hash()}"
    return salted_hmac(SALT, held, algorithm="sha256").hexdigest()[:32]
