"""What hinders a dossier's step, in sentences; and who counts as its applicant."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.documents.selectors import current_document
from infra.files.selectors import files_of
from infra.ground.choices import DocumentState, DocumentType, Role
from infra.models import Dossier, User

Data = Mapping[str, Any]
LONGEST_ITEM = 300


def dossier_applicant(dossier: Dossier, actor: User) -> bool:
    """The applicant's operator, or an officer for a dossier the department typed in itself."""
    if actor.has_role(Role.OPERATOR) and dossier.applicant_id == actor.organisation_id:
        return True
    return actor.has_role(Role.OFFICER) and dossier.created_by.is_department


def components_present(dossier: Dossier, actor: User, _data: Data) -> list[str]:
    """Every required paper of the procedure has at least one file."""
    given = {file.component for file in files_of(dossier, actor)}
    return [
        _("“%(paper)s” is missing: add its file.") % {"paper": part.name}
        for part in dossier.procedure.components.all()
        if part.is_required and part.code not in given
    ]


def supplement_itemised(_dossier: Dossier, _actor: User, data: Data) -> list[str]:
    """The request names what is missing, item by item, and a day that is still to come."""
    items = data.get("items")
    is_list = isinstance(items, list) and all(isinstance(item, str) for item in items)
    if not is_list or not any(item.strip() for item in items or []):
        return [_("Name what is missing, one item per line.")]
    if any(len(item) > LONGEST_ITEM for item in items or []):
        return [_("Keep each item below %(n)d characters.") % {"n": LONGEST_ITEM}]
    reply_by = day_of(data, "reply_by")
    if data.get("reply_by") and (reply_by is None or reply_by <= timezone.localdate()):
        return [_("The day to answer by must be a date after today.")]
    return []


def supplement_answered(_dossier: Dossier, _actor: User, data: Data) -> list[str]:
    """The answer says what was added."""
    if str(data.get("answer", "")).strip():
        return []
    return [_("Write in a sentence what you added or why it cannot be given.")]


def letter_drafted(dossier: Dossier, _actor: User, _data: Data) -> list[str]:
    """There is a reply letter that can go to the leader."""
    letter = current_document(dossier, DocumentType.REPLY_LETTER)
    if letter and letter.state == DocumentState.DRAFT:
        return []
    return [_("There is no draft of the reply letter yet.")]


def day_of(data: Data, key: str) -> date | None:
    """A date of plain data, None when absent or unreadable."""
    try:
        return date.fromisoformat(str(data.get(key) or ""))
    except ValueError:
        return None
