"""The way of a document: every step goes through the engine."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import File
from django.db import models, transaction
from django.utils.translation import gettext as _

from infra.cases.documents.catalogue import form_of
from infra.cases.documents.office import office_context
from infra.cases.documents.selectors import documents_of
from infra.cases.workflow.engine import fire
from infra.files.services import attach
from infra.files.sniff import Kind
from infra.ground.choices import DocumentState, DocumentType
from infra.ground.errors import Conflict
from infra.models import Document, User

SUBJECT_LENGTH = 300


@transaction.atomic
def draft_document(
    *,
    target: models.Model,
    type: DocumentType,
    template: str,
    context: Mapping[str, Any],
    subject: str,
    valid_until: date | None = None,
) -> Document:
    """Make the target's draft of this type, or write it anew; a frozen one is a Conflict.

    `context` is JSON only; the issuing office is frozen into it under `office`.
    """
    form_of(template)  # an unknown template fails here, not when it is printed
    words = {"office": office_context(), **context}
    drafts = documents_of(target).select_for_update().filter(type=type)
    waiting = drafts.filter(state__in=(DocumentState.FOR_SIGNATURE, DocumentState.SIGNED))
    if waiting.exists():
        raise Conflict(_("The document is already with its signer; send it back first."))
    document = drafts.filter(state=DocumentState.DRAFT).first()
    if document is None:
        document = Document(
            target_type=ContentType.objects.get_for_model(target), target_id=target.pk, type=type
        )
    else:
        document.version += 1
    document.template, document.context = template, words
    document.subject, document.valid_until = subject[:SUBJECT_LENGTH], valid_until
    document.save()
    return document


def freeze_for_signature(document: Document, *, actor: User, version: int) -> None:
    """Freeze the words: content hash and file stand from here."""
    _fire(document, "freeze", actor, version)


def sign(document: Document, *, actor: User, version: int) -> None:
    """Sign as the person's dated authority says; raises TransitionRefused without one."""
    _fire(document, "sign", actor, version)


def issue(
    document: Document,
    *,
    actor: User,
    version: int,
    number: str = "",
    symbol: str = "",
    issued_on: date | None = None,
    signed_file: "File[Any] | None" = None,
    check_code: str = "",
) -> None:
    """Number, date and signed file from the office's register; an empty number takes our own."""
    facts = issue_facts(
        document,
        actor=actor,
        number=number,
        symbol=symbol,
        issued_on=issued_on,
        signed_file=signed_file,
        check_code=check_code,
    )
    _fire(document, "issue", actor, version, data=facts)


def issue_facts(
    document: Document,
    *,
    actor: User,
    number: str,
    symbol: str,
    issued_on: date | None,
    signed_file: "File[Any] | None",
    check_code: str,
) -> dict[str, Any]:
    """What `issue` needs as plain data, the signed file kept as an attachment first."""
    facts = {
        "number": number.strip(),
        "symbol": symbol.strip(),
        "issued_on": issued_on.isoformat() if issued_on else "",
        "check_code": check_code.strip(),
        "signed_file": "",
    }
    if signed_file:
        scans = {Kind.PDF}
        facts["signed_file"] = str(attach(document, signed_file, actor, allow=scans).uuid)
    return facts


def replace(document: Document, *, by: Document, actor: User, version: int) -> None:
    """Say that a newer issued document stands in its place."""
    _fire(document, "replace", actor, version, data={"by": str(by.uuid)})


def withdraw(document: Document, *, actor: User, version: int, reason: str) -> None:
    """Take it back; the public page says so at once."""
    fire(
        workflow="document",
        target=document,
        transition="withdraw",
        actor=actor,
        version=version,
        reason=reason,
    )


def _fire(
    document: Document,
    transition: str,
    actor: User,
    version: int,
    data: Mapping[str, Any] | None = None,
) -> None:
    fire(
        workflow="document",
        target=document,
        transition=transition,
        actor=actor,
        version=version,
        data=data,
    )
