"""Masts that lack something, for those who keep the register."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from infra.ground.paging import BoundedPaginator, one_page
from infra.people.access.decorators import department_required
from infra.people.access.people import person_of
from sites.permissions import may_edit_masts
from sites.register.selectors.quality import CHECKS


@require_GET
@department_required
def mast_lacking(request: HttpRequest, key: str) -> HttpResponse:
    """All current masts that one check finds."""
    user, check = person_of(request), CHECKS.find(key)
    if check is None:
        raise Http404
    rows = check.rows(user).select_related("owner")
    context = {
        "check": check,
        "page": one_page(rows, request.GET.get("page"), paginator=BoundedPaginator),
        "may_edit": may_edit_masts(user),
    }
    return render(request, "sites/register/lacking.html", context)
