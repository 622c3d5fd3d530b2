"""What follows a dossier's steps on the side of its positions; bound to the table by key."""

from collections.abc import Mapping
from datetime import date
from hashlib import sha256
from json import dumps
from typing import Any

from django.utils import timezone

from infra.cases.documents.selectors import current_document
from infra.cases.documents.services import draft_document
from infra.ground.choices import DocumentType
from infra.models import Dossier, TransitionRecord, User
from sites.appraisal.documents import TEMPLATE, letter_context, letter_subject, months_after
from sites.appraisal.selectors.dossiers import blocking_rules, fresh_screening
from sites.appraisal.services.screening import screen_dossier
from sites.choices import AGREEING
from sites.models import CandidateLocation

Data = Mapping[str, Any]


def screen_positions(dossier: Dossier, actor: User, _record: TransitionRecord, _d: Data) -> None:
    """The rules run when the department takes the dossier up, or gets it back."""
    if actor.is_department:
        screen_dossier(dossier=dossier, actor=actor)


def draft_letter(dossier: Dossier, _actor: User, _record: TransitionRecord, _d: Data) -> None:
    """The reply letter, written from the results as they stand."""
    draft_document(
        target=dossier,
        type=DocumentType.REPLY_LETTER,
        template=TEMPLATE,
        context=letter_context(dossier),
        subject=letter_subject(dossier),
    )


def start_validity(dossier: Dossier, _actor: User, _record: TransitionRecord, data: Data) -> None:
    """What was agreed to counts from the letter's date for the procedure's months.

    Runs before the letter is issued: from then on nothing of it can be changed.
    """
    agreed = list(dossier.candidates.filter(outcome__in=AGREEING))
    if not agreed:
        return
    issued_on = _day(str(data.get("issued_on") or ""))
    until = months_after(issued_on, dossier.procedure.validity_months)
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    if letter is not None:
        letter.valid_until = until
        letter.save(update_fields=["valid_until"])
    for row in agreed:
        row.valid_until = until
        row.version += 1
        row.save(update_fields=["valid_until", "version", "updated_at"])


def position_evidence(dossier: Dossier, _actor: User) -> dict[str, Any]:
    """Results, reasons and screenings as they stood when the dossier moved."""
    rows = dossier.candidates.select_related("share_with", "decided_by").order_by("order")
    return {"positions": [_evidence(row) for row in rows]}


def _evidence(row: CandidateLocation) -> dict[str, Any]:
    screening = fresh_screening(row)
    return {
        "uuid": str(row.uuid),
        "name": row.name,
        "version": row.version,
        "point": [row.point.x, row.point.y],
        "outcome": row.outcome,
        "reason": row.outcome_reason,
        "override_reason": row.override_reason,
        "share_with": row.share_with.code if row.share_with else "",
        "adjusted": list(row.proposed_point.coords) if row.proposed_point else None,
        "decided_by": str(row.decided_by or ""),
        "screening": screening.pk if screening else None,
        "findings_sha256": _digest(screening.findings) if screening else "",
        "blocking": blocking_rules(screening) if screening else [],
    }


def _digest(findings: Any) -> str:
    plain = dumps(findings, sort_keys=True, ensure_ascii=False)
    return sha256(plain.encode()).hexdigest()


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return timezone.localdate()
