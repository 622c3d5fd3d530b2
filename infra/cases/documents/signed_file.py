"""Whether what the clerk uploads is the document that was signed."""

from django.utils.translation import gettext as _

from infra.files import store
from infra.models import Attachment, Document


def mismatch(document: Document, signed: Attachment, check_code: str) -> list[str]:
    """Sentences that say what differs; empty when it is ours.

    It is ours when its bytes are the frozen file's, or begin with them (a PDF signature is
    appended), or, for a scan, when the check code read off the paper is the document's.
    """
    if document.draft_file is None:
        return [_("The document was never frozen; there is nothing to compare with.")]
    frozen = store.read_bytes(document.draft_file.sha256)
    given = store.read_bytes(signed.sha256)
    if given.startswith(frozen):
        return []
    code = check_code.replace(" ", "").upper()
    if not code:
        return [
            _(
                "The uploaded PDF is not the signed document: it differs from byte %(place)d on "
                "(%(given)d bytes uploaded, %(frozen)d frozen)."
            )
            % {
                "place": _first_difference(frozen, given) + 1,
                "given": len(given),
                "frozen": len(frozen),
            },
            _("If it is a scan of the paper, type in the check code printed beside the QR code."),
        ]
    if code == document.check_code:
        return []
    return [
        _("The check code on the paper is %(given)s, this document's is %(ours)s: another text.")
        % {"given": code, "ours": document.check_code}
    ]


def _first_difference(a: bytes, b: bytes) -> int:
    pairs = enumerate(zip(a, b, strict=False))
    return next((place for place, (one, other) in pairs if one != other), min(len(a), len(b)))
