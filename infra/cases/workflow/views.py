"""The one door behind all buttons: `/quy-trinh/<workflow>/<uuid>/<transition>/`."""

from typing import Any
from uuid import UUID

from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from infra.cases.workflow import registry
from infra.cases.workflow.addresses import page_of
from infra.cases.workflow.engine import fire, may_take
from infra.cases.workflow.errors import (
    TransitionForbidden,
    UnknownTransition,
)
from infra.cases.workflow.forms import form_facts, transition_form
from infra.cases.workflow.table import Transition, Workflow
from infra.ground.errors import Conflict, Refused, TooLarge
from infra.models.base import VersionedModel
from infra.people.access.people import person_of

UNPROCESSABLE = 422


@login_required
@require_http_methods(["GET", "POST"])
def transition_page(request: HttpRequest, workflow: str, uuid: UUID, name: str) -> HttpResponse:
    """GET asks (and needs no script), POST takes the step and returns to where it was asked."""
    table = registry.get_workflow(workflow)
    model: Any = apps.get_model(table.model)
    target = get_object_or_404(model._default_manager.visible_to(request.user), uuid=uuid)
    edge = _edge(table, target, name, request)
    if request.method == "GET":
        return _ask(request, table, target, edge, transition_form(edge, target, None))
    form = transition_form(edge, target, request.POST, request.FILES)
    if not form.is_valid():
        return _ask(request, table, target, edge, form, status=UNPROCESSABLE)
    return _take(request, table, target, edge, form)


def _edge(table: Workflow, target: Any, name: str, request: HttpRequest) -> Transition:
    if not table.edges(name):
        raise UnknownTransition(_("There is no such step."))
    edge = table.edge(name, target.state)
    if edge is None and request.method == "POST":
        return table.edges(name)[0]
    if edge is None:
        state = table.states(target.state).label
        raise Conflict(_("This step is not possible from “%(state)s”.") % {"state": state})
    if not may_take(edge, target, person_of(request)):
        raise TransitionForbidden(_("This step is not yours to take."))
    return edge


def _take(
    request: HttpRequest, table: Workflow, target: VersionedModel, edge: Transition, form: Form
) -> HttpResponse:
    actor = person_of(request)
    try:
        with transaction.atomic():
            record = fire(
                workflow=table.key,
                target=target,
                transition=edge.name,
                actor=actor,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data.get("reason", ""),
                data=form_facts(form, actor),
            )
    except (Refused, TooLarge) as error:
        form.add_error(None, list(error.sentences))
        return _ask(request, table, target, edge, form, status=error.status)
    state = table.states(record.to_state).label
    messages.success(request, _("Done. It now stands at “%(state)s”.") % {"state": state})
    return redirect(_next(request, target))


def _ask(
    request: HttpRequest,
    table: Workflow,
    target: VersionedModel,
    edge: Transition,
    form: Form,
    *,
    status: int = 200,
) -> HttpResponse:
    context = {
        "workflow": table.key,
        "target": target,
        "edge": edge,
        "form": form,
        "next": _next(request, target),
    }
    return render(request, "infra/workflow/transition.html", context, status=status)


def _next(request: HttpRequest, target: Any) -> str:
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}):
        return wanted
    return page_of(target)
