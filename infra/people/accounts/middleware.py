"""Two doors that stand before every page: demo mode stays at home, some roles need two factors."""

import ipaddress
from collections.abc import Callable
from http import HTTPStatus

from allauth.account.authentication import get_authentication_records
from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from infra.ground.answers import problem_answer, wants_json
from infra.people.access.roles import SECOND_FACTOR

GetResponse = Callable[[HttpRequest], HttpResponseBase]
HOME_NAMES = {"localhost", "testserver"}


class DemoOnlyAtHomeMiddleware:
    """In demo mode, with its open accounts, answers nobody but this very machine."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.DEMO_MODE and not is_at_home(request):
            page = render_to_string("errors/demo_only_at_home.html")
            return HttpResponse(page, status=403)
        return self.get_response(request)


def is_at_home(request: HttpRequest) -> bool:
    """Whether client, every proxy on the way and the host asked for are the loopback."""
    forwarded = request.headers.get("X-Forwarded-For", "")
    clients = [request.META.get("REMOTE_ADDR", ""), *filter(None, forwarded.split(","))]
    host = request.META.get("HTTP_HOST") or request.META.get("SERVER_NAME", "")
    return all(_is_loopback(client.strip()) for client in clients) and _is_home_name(host)


def _is_home_name(host: str) -> bool:
    name = host.rsplit(":", 1)[0] if not host.endswith("]") else host
    name = name.strip("[]").lower()
    return name in HOME_NAMES or _is_loopback(name)


def _is_loopback(text: str) -> bool:
    try:
        return ipaddress.ip_address(text).is_loopback
    except ValueError:
        return False


class SecondFactorMiddleware:
    """Leaders, clerks and administrators go nowhere before they have shown a second factor."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.DEMO_MODE or not self._lacks(request):
            return self.get_response(request)
        enrolled = is_mfa_enabled(request.user)
        if request.path.startswith(_open_paths(enrolled=enrolled)):
            return self.get_response(request)
        if wants_json(request):
            sentence = _("Your role needs a second factor: sign in with it first.")
            return problem_answer(HTTPStatus.FORBIDDEN, "second_factor_required", [sentence])
        return redirect("mfa_reauthenticate" if enrolled else "mfa_activate_totp")

    def _lacks(self, request: HttpRequest) -> bool:
        if not request.user.is_authenticated or not request.user.has_role(*SECOND_FACTOR):
            return False
        records = get_authentication_records(request, request.user)
        return not any(record.get("method") == "mfa" for record in records)


def _open_paths(*, enrolled: bool) -> tuple[str, ...]:
    """What stays open: setting the app up, or, with one, showing its code; and the way out."""
    always = ("account_logout", "account_reauthenticate", "set_language")
    own = "mfa_reauthenticate" if enrolled else "mfa_index"
    return (settings.STATIC_URL, *(reverse(name) for name in (*always, own)))
