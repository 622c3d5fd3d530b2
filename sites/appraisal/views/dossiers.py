"""Pages of requests: the list, the draft, and the dossier with its positions."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infra.cases.clock import calendar_of, clock_of
from infra.cases.dossiers.selectors import dossier_list
from infra.cases.dossiers.services import dossier_draft
from infra.ground.errors import Forbidden
from infra.ground.paging import BoundedPaginator, one_page
from infra.map.widget import map_config
from infra.models import Dossier
from infra.people.access.decorators import role_required
from infra.people.access.people import person_of
from infra.people.access.roles import APPLICANTS, DOSSIER_READERS
from sites.appraisal.forms.dossiers import DossierFilterForm, DossierForm, procedures_on
from sites.appraisal.selectors.dossiers import Positions, positions_counted
from sites.appraisal.services.dossiers import dossier_discard, dossier_update
from sites.appraisal.views.dossier_context import dossier_context
from sites.permissions import may_edit_dossier

PER_PAGE = 25


@require_GET
@role_required(*DOSSIER_READERS)
def dossier_index(request: HttpRequest) -> HttpResponse:
    """What the person may see, soonest due first, narrowed by the address."""
    user = person_of(request)
    form = DossierFilterForm(request.GET, user=user)
    found = dossier_list(user, form.narrowed())
    page = one_page(found, request.GET.get("page"), PER_PAGE, BoundedPaginator)
    shown = list(page.object_list)
    positions, calendar = positions_counted(shown), calendar_of(request)
    context = {
        "page": page,
        "rows": [
            (dossier, clock_of(dossier, calendar), positions.get(dossier.pk, Positions()))
            for dossier in shown
        ],
        "form": form,
        "may_create": user.has_role(*APPLICANTS),
    }
    return render(request, "sites/appraisal/list.html", context)


@require_http_methods(["GET", "POST"])
@role_required(*APPLICANTS)
def dossier_new(request: HttpRequest) -> HttpResponse:
    """A new request: which procedure, which letter."""
    first = procedures_on().first()
    form = DossierForm(request.POST or None, initial={"procedure": first and first.pk})
    if request.method == "POST" and form.is_valid():
        user = person_of(request)
        if user.organisation is None:
            raise Forbidden(_("Your account belongs to no organisation: ask the administrator."))
        dossier = dossier_draft(
            uuid=form.cleaned_data["uuid"],
            applicant=user.organisation,
            actor=user,
            **form.values(),
        )
        messages.success(request, _("The draft is kept. Add the positions."))
        return redirect("sites:dossier_detail", dossier.uuid)
    context = {"form": form, "procedures": procedures_on().prefetch_related("components")}
    return render(request, "sites/appraisal/letter.html", context)


@require_GET
@role_required(*DOSSIER_READERS)
def dossier_detail(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One request: header with its clock, positions beside the map, papers, steps."""
    dossier = visible_dossier(request, uuid)
    context = dossier_context(dossier, person_of(request))
    context["open_part"] = "files" if context["may_edit"] else ""
    context["map"] = map_config(
        request,
        layers=["masts", "candidates", "base"],
        focus=context["bounds"],
        filters={"candidates": {"dossier": [str(dossier.uuid)]}},
    )
    return render(request, "sites/appraisal/dossier.html", context)


@require_http_methods(["GET", "POST"])
@role_required(*APPLICANTS)
def dossier_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Change the letter of a draft."""
    dossier = editable_dossier(request, uuid)
    form = DossierForm(request.POST or None, instance=dossier)
    if request.method == "POST" and form.is_valid():
        dossier_update(
            dossier=dossier,
            actor=person_of(request),
            version=form.cleaned_data["version"] or 0,
            **form.values(),
        )
        return redirect("sites:dossier_detail", uuid)
    return render(request, "sites/appraisal/letter.html", {"form": form, "dossier": dossier})


@require_POST
@role_required(*APPLICANTS)
def dossier_remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Throw a draft away."""
    dossier_discard(dossier=visible_dossier(request, uuid), actor=person_of(request))
    messages.success(request, _("The draft is gone."))
    return redirect("sites:dossier_list")


def visible_dossier(request: HttpRequest, uuid: UUID) -> Dossier:
    """The dossier, or 404 when the person may not know of it."""
    rows = Dossier.objects.visible_to(person_of(request)).select_related(
        "procedure", "applicant", "officer"
    )
    return get_object_or_404(rows, uuid=uuid)


def editable_dossier(request: HttpRequest, uuid: UUID) -> Dossier:
    """The dossier while its applicant may still write it; 404, or 403 once it was submitted."""
    dossier = visible_dossier(request, uuid)
    if not may_edit_dossier(person_of(request), dossier):
        raise PermissionDenied(
            _("The dossier is with the department: it can no longer be changed here.")
        )
    return dossier
