"""The steps of any object under a workflow, as lines that a reader may see."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.geos import Point
from django.db.models import Q, QuerySet

from infra.cases.workflow.registry import workflow_of
from infra.cases.workflow.table import Workflow
from infra.models import TransitionRecord, User
from infra.models.base import VersionedModel
from infra.people.access.people import name_for


@dataclass(frozen=True)
class Entry:
    """One line of the history."""

    at: datetime
    kind: str
    title: str
    who: str = ""
    body: str = ""
    url: str = ""
    is_internal: bool = False
    point: Point | None = field(default=None, compare=False)


def records_of(target: VersionedModel, user: User) -> QuerySet[TransitionRecord]:
    """The object's steps; people outside the department get those its table opens to them."""
    kind = ContentType.objects.get_for_model(target)
    rows = TransitionRecord.objects.filter(target_type=kind, target_id=target.pk)
    rows = rows.select_related("actor__organisation")
    return rows if user.is_department else rows.filter(_open_steps(workflow_of(target)))


def steps_of(target: VersionedModel, user: User) -> Iterator[Entry]:
    """The object's steps as lines, oldest first."""
    table = workflow_of(target)
    for record in records_of(target, user):
        yield Entry(
            at=record.at,
            kind="step",
            title=_step_title(table, record),
            who=name_for(user, record.actor, record.actor_name),
            body=record.reason,
        )


def _open_steps(table: Workflow | None) -> Q:
    """The records of edges and acts declared open; without a table there are none."""
    wanted = Q(pk__in=[])
    if table is None:
        return wanted
    for edge in table.transitions:
        if not edge.is_internal:
            wanted |= Q(transition=edge.name, from_state__in=edge.sources)
    acts = [act.name for act in table.acts if not act.is_internal]
    return wanted | Q(transition__in=acts)


def _step_title(table: Workflow | None, record: TransitionRecord) -> str:
    """What was done, and where the case stood then unless it stayed where it was."""
    if table is None:
        return f"{record.transition} → {record.to_state}"
    if act := table.act(record.transition):
        return str(act.label)
    edge = table.edge(record.transition, record.from_state)
    state = table.states(record.to_state).label
    return f"{edge.label if edge else record.transition} → {state}"
