"""A route on its way: steps taken by the right people, a committee's paper, a signer."""

from datetime import date
from typing import Any

from django.utils import timezone

from infra.cases.documents.selectors import current_document
from infra.cases.documents.services import issue
from infra.cases.workflow.engine import fire
from infra.files import store
from infra.ground.choices import DocumentType
from infra.models import Document, TransitionRecord, User
from tests.cast import Cast
from tests.files import papers
from tests.undergrounding.drawing_samples import make_route
from tests.workflow.casework import let_sign, upload
from undergrounding.models import Route
from undergrounding.services.decisions import decision_attach

PAPER = papers.plain()


def step(route: Route, name: str, actor: User, **options: Any) -> TransitionRecord:
    """One step on the version that stands."""
    return fire(
        workflow="route",
        target=route,
        transition=name,
        actor=actor,
        version=route.version,
        **options,
    )


def submission_of(route: Route) -> Document:
    """The newest submission."""
    document = current_document(route, DocumentType.SUBMISSION)
    assert document
    return document


def with_leader(cast: Cast) -> Route:
    """A route whose submission waits for the leader."""
    let_sign(cast.leader, DocumentType.SUBMISSION)
    route = make_route(cast.planner)
    step(route, "submit", cast.planner)
    step(route, "submit_to_leader", cast.head)
    return route


def with_committee(cast: Cast) -> Route:
    """A route whose submission went out with number and date."""
    route = with_leader(cast)
    step(route, "submit_to_committee", cast.leader)
    document = submission_of(route)
    frozen = document.draft_file
    assert frozen
    issue(
        document,
        actor=cast.clerk,
        version=document.version,
        number="37",
        issued_on=timezone.localdate(),
        signed_file=upload(store.read_bytes(frozen.sha256), "to-trinh-da-ky.pdf"),
    )
    return route


def decision_data(route: Route, actor: User, **changes: Any) -> dict[str, Any]:
    """What the committee's paper says, with the paper itself."""
    file = decision_attach(route=route, actor=actor, upload=upload(PAPER, "qd.pdf"))
    told: dict[str, Any] = {
        "number": "1234/QĐ-UBND",
        "decided_on": timezone.localdate().isoformat(),
        "note": "",
        "file": str(file.uuid),
    }
    return told | changes


def approved(cast: Cast) -> Route:
    """A route with its recorded approval."""
    route = with_committee(cast)
    step(route, "record_approval", cast.clerk, data=decision_data(route, cast.clerk))
    return route


LONG_AGO = date(2020, 1, 1)
