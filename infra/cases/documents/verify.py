"""What the public page says of an issued document."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infra.ground.choices import DocumentState
from infra.models import Document


@dataclass(frozen=True)
class Verdict:
    """A word, a sentence, a tone (good, waiting, bad)."""

    key: str
    word: str | Promise
    sentence: str | Promise
    tone: str


VALID = Verdict(
    "valid",
    _("Valid"),
    _("This document was issued and stands as printed."),
    "good",
)
EXPIRED = Verdict(
    "expired",
    _("Expired"),
    _("This document was issued, but its validity has ended."),
    "waiting",
)
REPLACED = Verdict(
    "replaced",
    _("Replaced"),
    _("A newer document stands in place of this one; it no longer counts."),
    "bad",
)
WITHDRAWN = Verdict(
    "withdrawn",
    pgettext_lazy("document", "Withdrawn"),
    _("The department took this document back; it no longer counts."),
    "bad",
)


def verdict_of(document: Document, today: date | None = None) -> Verdict:
    """Replaced and withdrawn come before expired."""
    if document.state == DocumentState.REPLACED:
        return REPLACED
    if document.state == DocumentState.WITHDRAWN:
        return WITHDRAWN
    today = today or timezone.localdate()
    if document.valid_until and document.valid_until < today:
        return EXPIRED
    return VALID
