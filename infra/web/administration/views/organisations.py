"""Organisations: find, make, change."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from infra.ground.choices import OrganisationKind
from infra.models import Organisation
from infra.people.access.people import person_of
from infra.web.administration.forms import OrganisationForm
from infra.web.administration.history import changes_of
from infra.web.administration.organisations import organisation_create, organisation_update
from infra.web.administration.selectors import organisations_found
from infra.web.administration.views.common import PAGE_SIZE, administrator, sent_form


@administrator
@require_safe
def organisations(request: HttpRequest) -> HttpResponse:
    """Every body, by words and kind."""
    q, kind = request.GET.get("q", "")[:100], request.GET.get("kind", "")
    page = Paginator(organisations_found(q, kind), PAGE_SIZE).get_page(request.GET.get("page", 1))
    context = {"page": page, "q": q, "kind": kind, "kinds": OrganisationKind.choices}
    return render(request, "infra/administration/organisations.html", context)


@administrator
@require_http_methods(["GET", "POST"])
def organisation_new(request: HttpRequest) -> HttpResponse:
    """A new body."""
    form = OrganisationForm(request.POST or None)

    def act() -> str:
        body = organisation_create(
            actor=person_of(request), data=form.data_for_service(), why=form.cleaned_data["why"]
        )
        messages.success(request, _("Saved."))
        return reverse("administration:organisation", args=[body.pk])

    return sent_form(request, form, "infra/administration/organisation_form.html", {}, act)


@administrator
@require_http_methods(["GET", "POST"])
def organisation(request: HttpRequest, pk: int) -> HttpResponse:
    """One body to change, with who changed what before."""
    body = get_object_or_404(Organisation, pk=pk)
    form = OrganisationForm(request.POST or None, instance=body)

    def act() -> str:
        organisation_update(
            actor=person_of(request),
            pk=pk,
            version=form.cleaned_data["version"] or 0,
            data=form.data_for_service(),
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("Saved."))
        return reverse("administration:organisation", args=[pk])

    context = {
        "organisation": Organisation.objects.get(pk=pk),
        "changes": changes_of(body),
        "members": body.people.order_by("full_name"),
    }
    return sent_form(request, form, "infra/administration/organisation_form.html", context, act)
