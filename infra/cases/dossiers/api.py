"""Dossiers by API: the same selectors and the same one door as the pages."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Field, Router, Schema

from infra.cases.clock import OfficeCalendar, clock_of
from infra.cases.dossiers.selectors import DossierFilter, dossier_list
from infra.cases.workflow.engine import available, fire, hindrances
from infra.ground.paging import stretch
from infra.models import Dossier
from infra.people.access.people import person_of

router = Router(tags=["dossiers"])


class DossierOut(Schema):
    """One dossier in a list."""

    uuid: UUID
    code: str | None
    title: str
    state: str
    state_label: str
    applicant: str
    procedure: str
    received_at: datetime | None
    due_on: date | None
    clock: str | None
    version: int


class DossierPage(Schema):
    """A stretch of the list, and how many there are."""

    count: int
    items: list[DossierOut]


class TransitionOut(Schema):
    """A step this person may take now; `hindrances` say what stands against it."""

    name: str
    label: str
    target: str
    needs_reason: bool
    hindrances: list[str]


class TransitionIn(Schema):
    """The version the caller saw, why, and what the step asks for besides."""

    version: int
    reason: str = ""
    data: dict[str, Any] = Field(default_factory=dict)


class FiredOut(Schema):
    """What the step left."""

    state: str
    version: int
    national_state: int | None
    at: datetime


@router.get("", response=DossierPage, url_name="dossiers")
def list_dossiers(
    request: HttpRequest, state: str = "", q: str = "", offset: int = 0, limit: int = 50
) -> dict[str, Any]:
    """The caller's dossiers, the most urgent first; at most 200 at once."""
    rows = dossier_list(person_of(request), DossierFilter(state=state, text=q))
    shown = stretch(rows, offset, limit)
    calendar = OfficeCalendar()
    return {"count": rows.count(), "items": [_out(row, calendar) for row in shown]}


@router.get("/{uuid:uuid}", response=DossierOut, url_name="dossier")
def one_dossier(request: HttpRequest, uuid: UUID) -> dict[str, Any]:
    """One dossier; a foreign one is 404."""
    return _out(_seen(request, uuid), OfficeCalendar())


@router.get(
    "/{uuid:uuid}/transitions", response=list[TransitionOut], url_name="dossier_transitions"
)
def dossier_transitions(request: HttpRequest, uuid: UUID) -> list[dict[str, Any]]:
    """The steps the caller may take from here."""
    dossier, user = _seen(request, uuid), person_of(request)
    return [
        {
            "name": edge.name,
            "label": str(edge.label),
            "target": edge.target,
            "needs_reason": edge.needs_reason,
            "hindrances": hindrances(edge, dossier, user),
        }
        for edge in available("dossier", dossier, user)
    ]


@router.post(
    "/{uuid:uuid}/transitions/{name}", response=FiredOut, url_name="dossier_transition_fire"
)
def fire_transition(
    request: HttpRequest, uuid: UUID, name: str, body: TransitionIn
) -> dict[str, Any]:
    """Take one step. 409: somebody was faster; 422: the sentences say what hinders."""
    dossier = _seen(request, uuid)
    record = fire(
        workflow="dossier",
        target=dossier,
        transition=name,
        actor=person_of(request),
        version=body.version,
        reason=body.reason,
        data=body.data,
    )
    return {
        "state": record.to_state,
        "version": record.version,
        "national_state": record.national_state,
        "at": record.at,
    }


def _seen(request: HttpRequest, uuid: UUID) -> Dossier:
    return get_object_or_404(dossier_list(person_of(request)), uuid=uuid)


def _out(row: Dossier, calendar: OfficeCalendar) -> dict[str, Any]:
    clock = clock_of(row, calendar)
    return {
        "uuid": row.uuid,
        "code": row.code,
        "title": row.title,
        "state": row.state,
        "state_label": row.get_state_display(),
        "applicant": str(row.applicant),
        "procedure": str(row.procedure),
        "received_at": row.received_at,
        "due_on": row.due_on,
        "clock": clock.state.value if clock and not clock.is_closed else None,
        "version": row.version,
    }
