"""What hinders a route's steps, in sentences."""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.documents.selectors import authority_of, current_document
from infra.files.selectors import files_of
from infra.ground.choices import DocumentState, DocumentType
from infra.ground.rules import Severity
from infra.models import Attachment, User
from undergrounding.models import Route
from undergrounding.selectors.facts import findings_on
from undergrounding.sentences import sentence

Data = Mapping[str, Any]


def route_in_use(route: Route, _actor: User, _data: Data) -> list[str]:
    """A draft that was put aside goes nowhere."""
    if route.archived_at is None:
        return []
    return [_("This route was put aside. Take it back first.")]


def route_sound(route: Route, _actor: User, _data: Data) -> list[str]:
    """The rules are run now, by today's limits and layers; what blocks is said."""
    found = findings_on(route, timezone.localdate())
    return [sentence(finding) for finding in found if finding.severity is Severity.BLOCKING]


def route_submission_drafted(route: Route, _actor: User, _data: Data) -> list[str]:
    """The leader signs what lies before them, frozen."""
    document = current_document(route, DocumentType.SUBMISSION)
    if document and document.state == DocumentState.FOR_SIGNATURE:
        return []
    return [_("There is no submission waiting for signature. Send the route back to the head.")]


def route_may_sign(_route: Route, actor: User, _data: Data) -> list[str]:
    """A dated row lets this person sign submissions today."""
    if authority_of(actor, DocumentType.SUBMISSION, timezone.localdate()):
        return []
    return [_("No row of the table of competence lets you sign submissions today.")]


def route_submission_issued(route: Route, _actor: User, _data: Data) -> list[str]:
    """The committee answers a submission that went out with number and date."""
    document = current_document(route, DocumentType.SUBMISSION)
    if document and document.state == DocumentState.ISSUED:
        return []
    return [_("The submission has no number yet. The clerk issues it first.")]


def route_decision_complete(route: Route, actor: User, data: Data) -> list[str]:
    """Number, date and file of the committee's paper; not dated ahead, nor before we submitted."""
    found: list[str] = []
    if not str(data.get("number", "")).strip():
        found.append(_("Type in the number of the committee's document."))
    day = day_of(data)
    if day is None:
        found.append(_("Type in the date of the committee's document, such as 02/12/2026."))
    elif day > timezone.localdate():
        found.append(_("The date of the committee's document lies in the future."))
    elif (sent := _issued_on(route)) and day < sent:
        found.append(
            _("The committee's document is dated before our submission of %(day)s.")
            % {"day": f"{sent:%d/%m/%Y}"}
        )
    if decision_file(route, actor, data) is None:
        found.append(_("Attach the committee's document as a PDF file."))
    return found


def day_of(data: Data) -> date | None:
    """The date of the decision, written as 2026-12-02."""
    try:
        return date.fromisoformat(str(data.get("decided_on", "")))
    except ValueError:
        return None


def decision_file(route: Route, actor: User, data: Data) -> Attachment | None:
    """The file named by the decision, among this route's own."""
    try:
        uuid = UUID(str(data.get("file", "")))
    except ValueError:
        return None
    return files_of(route, actor).filter(uuid=uuid).first()


def _issued_on(route: Route) -> date | None:
    document = current_document(route, DocumentType.SUBMISSION)
    return document.issued_on if document else None


GUARDS = (
    route_in_use,
    route_sound,
    route_submission_drafted,
    route_may_sign,
    route_submission_issued,
    route_decision_complete,
)
