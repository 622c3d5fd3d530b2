"""What follows a dossier's step, inside its transaction."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.clock.dossiers import recompute_due
from infra.cases.documents.selectors import current_document
from infra.cases.dossiers.guards import day_of
from infra.cases.dossiers.slips import draft_receipt as write_receipt
from infra.cases.dossiers.slips import draft_supplement as write_supplement
from infra.cases.workflow.engine import fire
from infra.cases.workflow.errors import TransitionRefused
from infra.ground.choices import DocumentState, DocumentType
from infra.ground.numbering import next_code
from infra.models import ClockPause, Document, Dossier, SupplementRequest, TransitionRecord, User

Data = Mapping[str, Any]
Record = TransitionRecord


def give_code(dossier: Dossier, _actor: User, record: Record, _data: Data) -> None:
    """The code of the year, once."""
    dossier.code = dossier.code or next_code(
        Dossier.objects.all(), "HS", timezone.localtime(record.at).date()
    )
    dossier.submitted_at = record.at
    dossier.save(update_fields=["code", "submitted_at"])


def start_clock(dossier: Dossier, actor: User, record: Record, _data: Data) -> None:
    """Received now, or when the national portal says; due by calendar, or as given."""
    dossier.received_at = dossier.given_received_at or record.at
    dossier.officer = dossier.officer or actor
    dossier.save(update_fields=["received_at", "officer"])
    recompute_due(dossier)


def draft_receipt(dossier: Dossier, actor: User, _record: Record, _data: Data) -> None:
    """The receipt and appointment slip."""
    write_receipt(dossier, actor)


def open_supplement(dossier: Dossier, actor: User, record: Record, data: Data) -> None:
    """The request, and the clock stands."""
    SupplementRequest.objects.create(
        dossier=dossier,
        items=[item.strip() for item in data["items"] if item.strip()],
        requested_by=actor,
        reply_by=day_of(data, "reply_by"),
    )
    ClockPause.objects.create(
        dossier=dossier, paused_at=record.at, reason=_("Waiting for a supplement")
    )


def draft_supplement(dossier: Dossier, _actor: User, _record: Record, _data: Data) -> None:
    """The slip that names what is missing."""
    request = dossier.supplements.last()
    if request:
        write_supplement(dossier, request)


def close_supplement(dossier: Dossier, _actor: User, record: Record, data: Data) -> None:
    """The answer, and the clock runs again."""
    dossier.supplements.filter(answered_at=None).update(
        answered_at=record.at, answer=str(data["answer"]).strip()
    )
    _resume(dossier, record)


def close_dossier(dossier: Dossier, _actor: User, record: Record, _data: Data) -> None:
    """The handling ended."""
    _resume(dossier, record)
    dossier.completed_at = record.at
    dossier.save(update_fields=["completed_at"])


def resume_after_withdrawal(dossier: Dossier, actor: User, record: Record, _data: Data) -> None:
    """The appraisal goes on: a pause ends, a letter that waited for signature is a draft again."""
    _resume(dossier, record)
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    if letter and letter.state == DocumentState.FOR_SIGNATURE:
        _move(letter, "thaw", actor, reason=record.reason)


def freeze_letter(dossier: Dossier, actor: User, _record: Record, _data: Data) -> None:
    """The letter as the leader will read it."""
    _move(_letter(dossier), "freeze", actor)


def thaw_letter(dossier: Dossier, actor: User, record: Record, _data: Data) -> None:
    """The letter can be changed again."""
    _move(_letter(dossier), "thaw", actor, reason=record.reason)


def sign_letter(dossier: Dossier, actor: User, _record: Record, _data: Data) -> None:
    """The leader signs the letter with the dossier."""
    _move(_letter(dossier), "sign", actor)


def issue_letter(dossier: Dossier, actor: User, _record: Record, data: Data) -> None:
    """Number, date and signed file go to the letter."""
    _move(_letter(dossier), "issue", actor, data=data)


EFFECTS = (
    give_code,
    start_clock,
    draft_receipt,
    open_supplement,
    draft_supplement,
    close_supplement,
    close_dossier,
    resume_after_withdrawal,
    freeze_letter,
    thaw_letter,
    sign_letter,
    issue_letter,
)


def _letter(dossier: Dossier) -> Document:
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    if letter is None:
        raise TransitionRefused(_("There is no draft of the reply letter yet."))
    return letter


def _move(
    letter: Document, transition: str, actor: User, *, reason: str = "", data: Data | None = None
) -> None:
    fire(
        workflow="document",
        target=letter,
        transition=transition,
        actor=actor,
        version=letter.version,
        reason=reason,
        data=data,
    )


def _resume(dossier: Dossier, record: Record) -> None:
    if dossier.pauses.filter(resumed_at=None).update(resumed_at=record.at):
        recompute_due(dossier)
