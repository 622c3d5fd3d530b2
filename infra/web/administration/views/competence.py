"""Competence: who may sign what, from when to when, by which paper."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from infra.ground.choices import DocumentType
from infra.models import SigningAuthority
from infra.people.access.people import person_of
from infra.web.administration.competence import authority_create, authority_end, authority_update
from infra.web.administration.forms import AuthorityForm, EndForm
from infra.web.administration.history import changes_of
from infra.web.administration.selectors import authorities_all, authorities_on
from infra.web.administration.views.common import administrator, sent_form


@administrator
@require_safe
def authorities(request: HttpRequest) -> HttpResponse:
    """Every competence, and the documents that nobody may sign today."""
    today = timezone.localdate()
    rows = list(authorities_all())
    signed = set(authorities_on(today).values_list("document_type", flat=True))
    context = {
        "today": today,
        "standing": [row for row in rows if not row.valid_to or row.valid_to >= today],
        "past": [row for row in rows if row.valid_to and row.valid_to < today],
        "missing": [label for value, label in DocumentType.choices if value not in signed],
    }
    return render(request, "infra/administration/authorities.html", context)


@administrator
@require_http_methods(["GET", "POST"])
def authority_new(request: HttpRequest) -> HttpResponse:
    """A person may sign a type of document from a day on."""
    form = AuthorityForm(request.POST or None, initial={"valid_from": timezone.localdate()})

    def act() -> str:
        authority_create(
            actor=person_of(request), data=form.data_for_service(), why=form.cleaned_data["why"]
        )
        messages.success(request, _("Saved."))
        return reverse("administration:authorities")

    return sent_form(request, form, "infra/administration/authority_form.html", {}, act)


@administrator
@require_http_methods(["GET", "POST"])
def authority(request: HttpRequest, pk: int) -> HttpResponse:
    """One competence to correct, with who changed what before."""
    row = get_object_or_404(SigningAuthority, pk=pk)
    form = AuthorityForm(request.POST or None, instance=row)

    def act() -> str:
        authority_update(
            actor=person_of(request),
            pk=pk,
            version=form.cleaned_data["version"] or 0,
            data=form.data_for_service(),
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("Saved."))
        return reverse("administration:authorities")

    context = {"authority": authorities_all().get(pk=pk), "changes": changes_of(row)}
    return sent_form(request, form, "infra/administration/authority_form.html", context, act)


@administrator
@require_http_methods(["GET", "POST"])
def authority_ends(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a competence its last day."""
    row = get_object_or_404(authorities_all(), pk=pk)
    initial = {"version": row.version, "last_day": timezone.localdate()}
    form = EndForm(request.POST or None, initial=initial)

    def act() -> str:
        authority_end(
            actor=person_of(request),
            pk=pk,
            version=form.cleaned_data["version"],
            last_day=form.cleaned_data["last_day"],
            why=form.cleaned_data["why"],
        )
        messages.success(request, _("Saved."))
        return reverse("administration:authorities")

    context = {"authority": row}
    return sent_form(request, form, "infra/administration/authority_end.html", context, act)
