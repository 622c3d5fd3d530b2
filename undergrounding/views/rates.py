"""The pages of cost rates: read by the department, kept by planners."""

from http import HTTPStatus
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from infra.ground.choices import Role
from infra.ground.errors import Problem
from infra.people.access.decorators import department_required, role_required
from infra.people.access.people import person_of
from undergrounding.choices import Method
from undergrounding.forms.rates import RateForm
from undergrounding.models import CostRate
from undergrounding.permissions import may_plan
from undergrounding.selectors.rates import all_rates, rates_on
from undergrounding.services.rates import rate_delete, rate_save


@require_GET
@department_required
def rate_list(request: HttpRequest) -> HttpResponse:
    """Every rate with its source, and the methods that have none today."""
    today = timezone.localdate()
    standing = rates_on(today)
    context = {
        "rates": all_rates(),
        "missing": [label for value, label in Method.choices if value not in standing],
        "may_plan": may_plan(request.user),
        "today": today,
    }
    return render(request, "undergrounding/rate_list.html", context)


@require_http_methods(["GET", "POST"])
@role_required(Role.PLANNER)
def rate_new(request: HttpRequest) -> HttpResponse:
    """A new rate."""
    initial = {"valid_from": timezone.localdate(), "method": request.GET.get("method", "")}
    return _edit(request, CostRate(), initial)


@require_http_methods(["GET", "POST"])
@role_required(Role.PLANNER)
def rate_edit(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """A rate to change."""
    rate = get_object_or_404(CostRate, uuid=uuid)
    return _edit(request, rate, {"version": rate.version})


@require_POST
@role_required(Role.PLANNER)
def rate_remove(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """Take away a rate that was entered by mistake."""
    rate_delete(actor=person_of(request), rate=get_object_or_404(CostRate, uuid=uuid))
    messages.success(request, _("The rate was taken away; the history keeps it."))
    return redirect("undergrounding:rate_list")


def _edit(request: HttpRequest, rate: CostRate, initial: dict[str, object]) -> HttpResponse:
    form, status = RateForm(request.POST or None, instance=rate, initial=initial), HTTPStatus.OK
    if request.method == "POST" and form.is_valid():
        try:
            rate_save(actor=person_of(request), rate=form.save(commit=False))
        except Problem as problem:
            form.add_error(None, [str(sentence) for sentence in problem.sentences])
            status = problem.status
        else:
            messages.success(request, _("The rate is saved."))
            return redirect("undergrounding:rate_list")
    context = {"form": form, "rate": rate if rate.pk else None}
    return render(request, "undergrounding/rate_form.html", context, status=status)
