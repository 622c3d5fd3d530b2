"""Who asks, for views that only people with a role reach."""

from typing import Any

from django.http import HttpRequest

from infra.models import User


def person_of(request: HttpRequest) -> User:
    """The signed-in person; the view's guard has turned strangers away."""
    person: Any = request.user
    known: User = person
    return known
