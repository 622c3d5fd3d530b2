"""People: find, make, change."""

from smtplib import SMTPException

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from infra.ground.choices import Role
from infra.models import User
from infra.people.access.people import person_of
from infra.people.accounts.invitations import invite
from infra.web.administration import people as services
from infra.web.administration.forms import PeopleFilterForm, PersonForm, WhyForm
from infra.web.administration.history import changes_of
from infra.web.administration.selectors import (
    PeopleQuery,
    holdings_of,
    people_found,
    role_lines,
)
from infra.web.administration.views.common import PAGE_SIZE, administrator, sent_form


@administrator
@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, narrowed by words, role, organisation and state."""
    form = PeopleFilterForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    query = PeopleQuery(
        asked.get("q", ""),
        asked.get("role", ""),
        asked.get("organisation"),
        asked.get("state") or "open",
    )
    page = Paginator(people_found(query), PAGE_SIZE).get_page(request.GET.get("page", 1))
    context = {"form": form, "page": page, "is_narrowed": bool(request.GET)}
    return render(request, "infra/administration/people.html", context)


@administrator
@require_http_methods(["GET", "POST"])
def person_new(request: HttpRequest) -> HttpResponse:
    """Make a person and send the invitation."""
    form = PersonForm(request.POST or None)

    def act() -> str:
        why = form.cleaned_data["why"]
        person = services.person_create(
            actor=person_of(request), data=form.data_for_service(), why=why
        )
        _send_invitation(request, person)
        return reverse("administration:person", args=[person.pk])

    return sent_form(request, form, "infra/administration/person_form.html", {}, act)


@administrator
@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One person: facts, what can be done, who changed what."""
    someone = _someone(pk)
    context = {
        "person": someone,
        "roles": [Role(role).label for role in someone.roles],
        "changes": changes_of(someone),
        "holdings": holdings_of(someone),
        "is_self": someone.pk == person_of(request).pk,
    }
    return render(request, "infra/administration/person.html", context)


@administrator
@require_http_methods(["GET", "POST"])
def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, address, organisation, roles."""
    someone = _someone(pk)
    form = PersonForm(request.POST or None, instance=someone)

    def act() -> str:
        services.person_update(
            actor=person_of(request),
            pk=pk,
            version=form.cleaned_data["version"] or 0,
            data=form.data_for_service(),
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("Saved."))
        return reverse("administration:person", args=[pk])

    context = {"person": _someone(pk)}
    return sent_form(request, form, "infra/administration/person_form.html", context, act)


@administrator
@require_http_methods(["GET", "POST"])
def person_close(request: HttpRequest, pk: int) -> HttpResponse:
    """Close an account, having seen what the person still holds open."""
    someone = _someone(pk)
    form = WhyForm(request.POST or None, initial={"version": someone.version})

    def act() -> str:
        services.person_close(
            actor=person_of(request),
            pk=pk,
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("The account is closed: nobody signs in with it any more."))
        return reverse("administration:person", args=[pk])

    context = {"person": someone, "holdings": holdings_of(someone)}
    return sent_form(request, form, "infra/administration/person_close.html", context, act)


@administrator
@require_http_methods(["GET", "POST"])
def person_reopen(request: HttpRequest, pk: int) -> HttpResponse:
    """Let a person sign in again."""
    someone = _someone(pk)
    form = WhyForm(request.POST or None, initial={"version": someone.version})

    def act() -> str:
        services.person_reopen(
            actor=person_of(request),
            pk=pk,
            version=form.cleaned_data["version"],
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("The account is open again."))
        return reverse("administration:person", args=[pk])

    context = {"person": someone, "roles": [Role(role).label for role in someone.roles]}
    return sent_form(request, form, "infra/administration/person_reopen.html", context, act)


@administrator
@require_POST
def person_invite(request: HttpRequest, pk: int) -> HttpResponse:
    """Send the invitation again."""
    someone = get_object_or_404(User, pk=pk, is_active=True)
    _send_invitation(request, someone)
    return redirect("administration:person", pk)


@administrator
@require_safe
def roles(request: HttpRequest) -> HttpResponse:
    """Every role, what it is for and who holds it."""
    return render(request, "infra/administration/roles.html", {"lines": role_lines()})


def _someone(pk: int) -> User:
    return get_object_or_404(people_found(PeopleQuery(state="all")), pk=pk)


def _send_invitation(request: HttpRequest, someone: User) -> None:
    try:
        invite(someone)
    except (SMTPException, OSError):
        messages.error(
            request,
            _("The invitation could not be sent to %s. Check the mail server, then send it again.")
            % someone.email,
        )
    else:
        messages.success(request, _("The invitation was sent to %s.") % someone.email)
