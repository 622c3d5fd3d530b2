"""`{% transitions target %}`: the buttons of the steps this person may take."""

from typing import Any

from django import template
from django.template.context import RequestContext

from infra.cases.workflow import registry
from infra.cases.workflow.engine import available
from infra.cases.workflow.forms import transition_form
from infra.cases.workflow.table import Transition
from infra.models.base import VersionedModel

register = template.Library()


@register.inclusion_tag("parts/transitions.html", takes_context=True)
def transitions(context: RequestContext, target: VersionedModel) -> dict[str, Any]:
    """Buttons made from the target's transition table; nothing for a target without one."""
    request = context["request"]
    table = registry.workflow_of(target)
    edges = available(table.key, target, request.user) if table else []
    return {
        "workflow": table.key if table else "",
        "target": target,
        "steps": [_step(edge, target) for edge in edges],
        "next": request.get_full_path(),
        "csrf_token": context.get("csrf_token"),
    }


def _step(edge: Transition, target: VersionedModel) -> dict[str, Any]:
    asks = bool(edge.form or edge.needs_reason or edge.confirm)
    form = transition_form(edge, target, None) if asks else None
    return {"edge": edge, "asks": asks, "form": form}
