"""Who asks, as a person: for views behind a guard, where a stranger cannot be."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest

from infra.models import User


def person_of(request: HttpRequest) -> User:
    """The signed-in person. Raises PermissionDenied for a stranger."""
    if not isinstance(request.user, User):
        raise PermissionDenied
    return request.user
