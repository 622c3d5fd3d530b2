"""`{% transitions target %}`: the buttons of the steps this person may take."""

from typing import Any

from django import template
from django.template.context import RequestContext

from infra.models.base import VersionedModel
from infra.workflow import registry
from infra.workflow.engine import available
from infra.workflow.forms import transition_form
from infra.workflow.table import Transition

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
