"""Guards and effects of the document table."""

from collections.abc import Mapping
from datetime import date
from functools import partial
from typing import Any
from uuid import UUID

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.documents.cases import case_hinders
from infra.cases.documents.catalogue import form_of
from infra.cases.documents.hashing import content_hash
from infra.cases.documents.numbers import next_number
from infra.cases.documents.pdf import render_pdf
from infra.cases.documents.selectors import authority_of
from infra.cases.documents.signed_file import mismatch
from infra.cases.documents.workflow import DOCUMENT
from infra.cases.workflow.registry import (
    register_effect,
    register_evidence,
    register_guard,
    register_workflow,
)
from infra.files.services import attach_bytes
from infra.ground.choices import DocumentState
from infra.models import Attachment, Document, SigningAuthority, TransitionRecord, User
from infra.models.targets import register_target

Data = Mapping[str, Any]
FROZEN = ["content_hash", "draft_file"]
SIGNED = ["draft_file", "sign_mode", "signing_title", "superior_title", "signer", "signed_at"]
ISSUED = ["number", "symbol", "issued_on", "issued_by", "signed_file"]


def signer_is_competent(document: Document, actor: User, _data: Data) -> list[str]:
    """A dated row must let this person sign this type today."""
    if authority_of(actor, document.type, timezone.localdate()):
        return []
    return [
        _("No row of the table of competence lets you sign “%(type)s” today.")
        % {"type": document.get_type_display()}
    ]


def number_is_free(document: Document, _actor: User, data: Data) -> list[str]:
    """Number and date from the register, or none where we number ourselves."""
    number, issued_on = _text(data, "number"), _day(data)
    if len(number) > _longest("number") or len(_symbol(document, data)) > _longest("symbol"):
        return [_("Number or symbol is too long: write them as on paper.")]
    if not number and not settings.OWN_DOCUMENT_NUMBERS:
        return [_("Type in the number and date from the office's document register.")]
    if hindrances := _against_date(document, data):
        return hindrances
    taken = Document.objects.filter(
        number=number, symbol=_symbol(document, data), issued_on__year=_year(issued_on)
    )
    if number and taken.exclude(pk=document.pk).exists():
        return [_("The number %(number)s is already given this year.") % {"number": number}]
    return []


def _against_date(document: Document, data: Data) -> list[str]:
    issued_on = _day(data)
    if data.get("issued_on") and issued_on is None:
        return [_("The date cannot be read; write it as 02/12/2026.")]
    if issued_on and issued_on > timezone.localdate():
        return [_("The date of issue lies in the future.")]
    if issued_on and document.signed_at and issued_on < _signed_on(document):
        return [_("The date of issue lies before the signature.")]
    return []


def signed_file_matches(document: Document, _actor: User, data: Data) -> list[str]:
    """The signed file is asked with a number of the register, and must be this document."""
    if not data.get("signed_file"):
        if settings.OWN_DOCUMENT_NUMBERS and not _text(data, "number"):
            return []
        return [_("Upload the signed file.")]
    signed = _signed_attachment(document, data)
    if signed is None:
        return [_("The signed file is not there; upload it again.")]
    return mismatch(document, signed, str(data.get("check_code", "")))


def successor_is_issued(document: Document, _actor: User, data: Data) -> list[str]:
    """Only an issued document of the same type takes another's place."""
    other = _successor(data)
    if other and other.pk != document.pk and other.type == document.type:
        return []
    return [_("Name an issued document of the same type that replaces this one.")]


def freeze_document(document: Document, actor: User, _record: TransitionRecord, _d: Data) -> None:
    """The hash of the words, and the file as it goes to the signer."""
    document.content_hash = content_hash(document.template, document.context, document.subject)
    document.draft_file = _keep_pdf(document, actor)
    document.save(update_fields=FROZEN)


def thaw_document(document: Document, _actor: User, _record: TransitionRecord, _d: Data) -> None:
    """Free the words again."""
    document.content_hash, document.draft_file = "", None
    document.save(update_fields=FROZEN)


def sign_document(document: Document, actor: User, record: TransitionRecord, _d: Data) -> None:
    """Copy the authority's words onto the document and render the file to be issued."""
    authority = authority_of(actor, document.type, timezone.localdate())
    if not isinstance(authority, SigningAuthority):
        msg = "signer_is_competent let a person pass who has no authority"
        raise TypeError(msg)
    document.sign_mode = authority.mode
    document.signing_title = authority.signing_title
    document.superior_title = authority.superior_title
    document.signer, document.signed_at = actor, record.at
    document.draft_file = _keep_pdf(document, actor)
    document.save(update_fields=SIGNED)


def issue_document(document: Document, actor: User, _record: TransitionRecord, data: Data) -> None:
    """Number, date, signed file; with our own number the file is rendered with it."""
    document.issued_on = _day(data) or timezone.localdate()
    document.symbol = _symbol(document, data)
    document.number = _text(data, "number") or next_number(document.type, document.issued_on)
    document.issued_by = actor
    document.signed_file = _signed_attachment(document, data) or _keep_pdf(document, actor)
    document.save(update_fields=ISSUED)


def replace_document(document: Document, _actor: User, _record: TransitionRecord, d: Data) -> None:
    """Point at what stands in its place."""
    document.replaced_by = _successor(d)
    document.save(update_fields=["replaced_by"])


def withdraw_document(document: Document, _a: User, record: TransitionRecord, _d: Data) -> None:
    """Keep why."""
    document.withdrawn_reason = record.reason[:300]
    document.save(update_fields=["withdrawn_reason"])


def evidence(document: Document, _actor: User) -> dict[str, Any]:
    """What the document was when it moved."""
    return {
        "subject": document.subject,
        "content_hash": document.content_hash,
        "file_sha256": document.draft_file.sha256 if document.draft_file else "",
    }


def register() -> None:
    """Bind the table and all it names."""
    register_workflow(DOCUMENT)
    register_target(Document)
    register_evidence(DOCUMENT.key, evidence)
    for step in ("freeze", "thaw", "sign", "issue"):
        register_guard(f"case_lets_{step}", partial(_case_lets, step))
    for guard in (signer_is_competent, number_is_free, signed_file_matches, successor_is_issued):
        register_guard(guard.__name__, guard)
    for effect in (
        freeze_document,
        thaw_document,
        sign_document,
        issue_document,
        replace_document,
        withdraw_document,
    ):
        register_effect(effect.__name__, effect)


def _case_lets(step: str, document: Document, _actor: User, _data: Data) -> list[str]:
    return case_hinders(document, step)


def _keep_pdf(document: Document, actor: User) -> Attachment:
    name = f"{document.type}-{document.check_code or 'du-thao'}.pdf"
    return attach_bytes(document, name, render_pdf(document), actor)


def _signed_attachment(document: Document, data: Data) -> Attachment | None:
    uuid = _uuid(data, "signed_file")
    if uuid is None:
        return None
    own = Attachment.objects.filter(
        target_type__app_label="infra", target_type__model="document", target_id=document.pk
    )
    return own.filter(uuid=uuid).first()


def _successor(data: Data) -> Document | None:
    uuid = _uuid(data, "by")
    return Document.objects.filter(uuid=uuid, state=DocumentState.ISSUED).first() if uuid else None


def _uuid(data: Data, key: str) -> UUID | None:
    try:
        return UUID(str(data.get(key, "")))
    except ValueError:
        return None


def _text(data: Data, key: str) -> str:
    """A text of plain data; whatever else was sent is none."""
    value = data.get(key)
    return value.strip() if isinstance(value, str) else ""


def _longest(name: str) -> int:
    field: Any = Document._meta.get_field(name)
    return int(field.max_length)


def _symbol(document: Document, data: Data) -> str:
    return _text(data, "symbol") or document.symbol or form_of(document.template).symbol


def _day(data: Data) -> date | None:
    try:
        return date.fromisoformat(str(data.get("issued_on", "")))
    except ValueError:
        return None


def _year(day: date | None) -> int:
    return (day or timezone.localdate()).year


def _signed_on(document: Document) -> date:
    return timezone.localtime(document.signed_at).date()
