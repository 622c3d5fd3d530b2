"""Writing down what was done on a case: state, version and record in one."""

import json
from collections.abc import Mapping
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.serializers.json import DjangoJSONEncoder
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.workflow import registry
from infra.cases.workflow.errors import TransitionRefused
from infra.cases.workflow.table import Workflow
from infra.ground.choices import NationalState
from infra.models import TransitionRecord, User
from infra.models.base import VersionedModel


def keep_record(
    table: Workflow,
    row: VersionedModel,
    actor: User,
    *,
    name: str,
    to_state: str,
    national: NationalState | None = None,
    reason: str = "",
    facts: Mapping[str, Any],
) -> TransitionRecord:
    """Raise the locked row's version, move it and record who did what on what evidence."""
    came_from = state_of(row)
    moved: Any = row
    # What was sent never stands in for what the workflow itself saw.
    evidence = {**facts, **registry.collect_evidence(table.key, row, actor)}
    row.version += 1
    row.updated_at = timezone.now()
    moved.state = to_state
    moved.save(update_fields=["state", "version", "updated_at"])
    return TransitionRecord.objects.create(
        workflow=table.key,
        target_type=ContentType.objects.get_for_model(row),
        target_id=row.pk,
        transition=name,
        from_state=came_from,
        to_state=to_state,
        national_state=national,
        version=row.version,
        actor=actor,
        actor_name=actor.get_full_name(),
        reason=reason,
        evidence=as_plain(evidence),
    )


def state_of(row: VersionedModel) -> str:
    """The state of a row under a workflow."""
    stateful: Any = row
    return str(stateful.state)


def as_plain(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as the database keeps them. Raises TransitionRefused for what is no JSON."""
    try:
        text = json.dumps(facts, cls=DjangoJSONEncoder, allow_nan=False)
    except (ValueError, RecursionError):
        raise TransitionRefused(_("What was sent with the step cannot be kept.")) from None
    plain: dict[str, Any] = json.loads(text)
    return plain
