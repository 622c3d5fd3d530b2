"""How the chain of seals names a step and a document."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from infra.cases.workflow.registry import get_workflows
from infra.ground.choices import DocumentType
from infra.work.seals.words import register_record_name, target_in_words

Payload = Mapping[str, Any]


def step_in_words(payload: Payload) -> str:
    """“Sign” of dossier “HS-2026-0001” by whom."""
    table = next((one for one in get_workflows() if one.key == payload["workflow"]), None)
    edges = table.edges(str(payload["transition"])) if table else []
    return _("step “%(step)s” of %(target)s by %(who)s") % {
        "step": edges[0].label if edges else payload["transition"],
        "target": target_in_words(payload),
        "who": payload["actor_name"],
    }


def document_in_words(payload: Payload) -> str:
    """Its kind, number and subject."""
    kinds = {kind.value: kind.label for kind in DocumentType}
    return _("%(type)s no. %(number)s “%(subject)s”") % {
        "type": kinds.get(str(payload["type"]), payload["type"]),
        "number": payload["number"],
        "subject": payload["subject"],
    }


def register() -> None:
    """Called once, when Django is ready."""
    register_record_name("infra_transitionrecord", step_in_words)
    register_record_name("infra_document", document_in_words)
