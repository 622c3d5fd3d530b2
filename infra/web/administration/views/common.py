"""What every page of an administrator does with a form that is sent."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from infra.ground.choices import Role
from infra.ground.errors import Conflict, Problem
from infra.people.access.decorators import role_required

PAGE_SIZE = 30
administrator = role_required(Role.ADMINISTRATOR)


def sent_form(
    request: HttpRequest,
    form: Any,
    template: str,
    context: dict[str, Any],
    act: Callable[[], str],
) -> HttpResponse:
    """Draw the form, or do the act and go where it says: 302, 409 when stale, 422 when wrong."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                return redirect(act())
            except Problem as problem:
                form.add_error(None, list(problem.sentences))
                status = 409 if isinstance(problem, Conflict) else 422
    return render(request, template, context | {"form": form}, status=status)
