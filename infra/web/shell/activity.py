"""What a person did last, from the transition records."""

from dataclasses import dataclass
from datetime import datetime

from infra.cases.workflow.errors import UnknownTransition
from infra.cases.workflow.registry import get_workflow
from infra.models import TransitionRecord, User

SHOWN = 8


@dataclass(frozen=True)
class Act:
    """One recorded step: on what, by which transition, when."""

    title: str
    transition: str
    at: datetime
    url: str


def recent_activity(user: User) -> list[Act]:
    """The person's last steps, newest first; two queries and one per kind of target."""
    records = (
        TransitionRecord.objects.filter(actor=user)
        .order_by("-at")[:SHOWN]
        .prefetch_related("target")
    )
    return [
        Act(str(record.target), _label(record), record.at, _url(record.target))
        for record in records
        if record.target is not None
    ]


def _label(record: TransitionRecord) -> str:
    try:
        table = get_workflow(record.workflow)
    except UnknownTransition:
        return record.transition
    known = [*table.edges(record.transition), table.act(record.transition)]
    return str(known[0].label) if known[0] else record.transition


def _url(target: object) -> str:
    absolute = getattr(target, "get_absolute_url", None)
    return absolute() if absolute else ""
