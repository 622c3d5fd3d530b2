"""What follows a route's steps: the submission's own way, and the committee's ruling for good."""

from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.documents.selectors import current_document
from infra.cases.documents.services import draft_document, freeze_for_signature, sign
from infra.cases.workflow.engine import fire
from infra.cases.workflow.errors import TransitionRefused
from infra.files.services import attach
from infra.files.sniff import Kind
from infra.ground.choices import DocumentState, DocumentType
from infra.models import Attachment, Document, TransitionRecord, User
from infra.places.geo.measure import length_m
from undergrounding.choices import CommitteeOutcome
from undergrounding.documents import TEMPLATE, submission_context, submission_subject
from undergrounding.guards import day_of, decision_file
from undergrounding.models import CommitteeDecision, Route

Data = Mapping[str, Any]
COMPONENT = "committee-decision"


def route_draft_submission(route: Route, actor: User, _record: TransitionRecord, _d: Data) -> None:
    """Draft the submission from the route as it stands, and freeze it for the leader."""
    document = draft_document(
        target=route,
        type=DocumentType.SUBMISSION,
        template=TEMPLATE,
        context=submission_context(route, timezone.localdate()),
        subject=submission_subject(route),
    )
    freeze_for_signature(document, actor=actor, version=document.version)


def route_sign_submission(route: Route, actor: User, _record: TransitionRecord, _d: Data) -> None:
    """The leader signs the submission with the step; raises TransitionRefused without authority."""
    document = _submission(route)
    sign(document, actor=actor, version=document.version)


def route_thaw_submission(route: Route, actor: User, record: TransitionRecord, _d: Data) -> None:
    """Sent back: the submission can be written anew."""
    document = _submission(route)
    if document.state == DocumentState.FOR_SIGNATURE:
        fire(
            workflow="document",
            target=document,
            transition="thaw",
            actor=actor,
            version=document.version,
            reason=record.reason,
        )


def route_record_approval(route: Route, actor: User, _r: TransitionRecord, data: Data) -> None:
    """The committee approved."""
    _record(route, actor, data, CommitteeOutcome.APPROVED)


def route_record_refusal(route: Route, actor: User, _r: TransitionRecord, data: Data) -> None:
    """The committee did not approve."""
    _record(route, actor, data, CommitteeOutcome.NOT_APPROVED)


def decision_attach(*, route: Route, actor: User, upload: "File[bytes]") -> Attachment:
    """Keep the committee's paper with the route; a PDF only. Raises Refused or TooLarge."""
    return attach(route, upload, actor, COMPONENT, allow={Kind.PDF})


def geometry_mark(route: Route) -> str:
    """SHA-256 of the line's WKB (EPSG:4326): the same vertices give the same mark."""
    return sha256(bytes(route.geometry.wkb)).hexdigest()


def _record(route: Route, actor: User, data: Data, outcome: CommitteeOutcome) -> None:
    file, day = decision_file(route, actor, data), day_of(data)
    if file is None or day is None:
        msg = "route_decision_complete let a decision pass that lacks its date or file"
        raise TypeError(msg)
    CommitteeDecision.objects.create(
        route=route,
        outcome=outcome,
        number=str(data["number"]).strip(),
        decided_on=day,
        note=str(data.get("note", "")).strip(),
        file=file,
        geometry=route.geometry,
        geometry_sha256=geometry_mark(route),
        length_m=length_m(route.geometry),
        recorded_by=actor,
    )


def _submission(route: Route) -> Document:
    document = current_document(route, DocumentType.SUBMISSION)
    if document is None:
        raise TransitionRefused(_("There is no submission of this route yet."))
    return document


EFFECTS = (
    route_draft_submission,
    route_sign_submission,
    route_thaw_submission,
    route_record_approval,
    route_record_refusal,
)
