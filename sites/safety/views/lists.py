"""The two lists of surveys: what is to be visited, worst first, and what was recorded."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from infra.ground.choices import Role
from infra.ground.paging import BoundedPaginator, one_page
from infra.people.access.decorators import department_required
from infra.people.access.people import person_of
from sites.choices import Grade
from sites.models import Mast
from sites.safety.selectors.inspections import visits
from sites.safety.selectors.visiting import (
    coded,
    last_visits,
    masts_to_visit,
    never_verified,
    of_grade,
)

PER_PAGE = 50
ALL = "-"
"""The choice of no grade; an empty one asks for masts that have none yet."""


@require_GET
@department_required
def inspection_list(request: HttpRequest) -> HttpResponse:
    """Masts to visit or visits, narrowed by grade, name and whether anybody was ever there."""
    user = person_of(request)
    is_recorded = request.GET.get("tab") == "recorded"
    query, grade = request.GET.get("q", "").strip()[:100], request.GET.get("grade", ALL)
    is_graded = grade in Grade.values
    is_unseen = not is_recorded and "unseen" in request.GET
    may_survey = user.has_role(Role.INSPECTOR)
    if is_recorded:
        rows: Any = visits(user).filter(grade=grade) if is_graded else visits(user)
        if query:
            rows = rows.filter(mast__in=coded(Mast.objects.visible_to(user), query))
    else:
        masts = masts_to_visit(user).select_related("owner")
        masts = of_grade(masts, grade) if is_graded else masts
        masts = never_verified(masts) if is_unseen else masts
        rows = coded(masts, query)
    page = one_page(rows, request.GET.get("page"), PER_PAGE, BoundedPaginator)
    context = {
        "tab": "recorded" if is_recorded else "to_visit",
        "page": page,
        "rows": list(page) if is_recorded else _with_last_visit(list(page)),
        "query": query,
        "grade": grade if is_graded else ALL,
        "grades": Grade.choices,
        "is_unseen": is_unseen,
        "may_survey": may_survey,
        "survey": {"user": user.pk} if may_survey else None,
    }
    return render(request, "sites/safety/inspection_list.html", context)


def _with_last_visit(masts: list[Mast]) -> list[tuple[Mast, Any]]:
    last = last_visits(masts)
    return [(mast, last.get(mast.pk)) for mast in masts]
