"""Guards of views: the sign-in page for strangers, 403 for people without the role."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase

from infra.ground.choices import DEPARTMENT_ROLES, Role

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponseBase]


def role_required(*roles: Role) -> Callable[[View[P]], View[P]]:
    """Lets in who holds one of the roles; raises PermissionDenied for who does not."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if not request.user.has_role(*roles):
                raise PermissionDenied
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def department_required(view: View[P]) -> View[P]:
    """Lets in who works for the department."""
    return role_required(*DEPARTMENT_ROLES)(view)


def sign_in_required(view: View[P]) -> View[P]:
    """Lets in everybody who holds any role."""
    return role_required(*Role)(view)
