"""The forms of documents: template, its version, its symbol on paper."""

from dataclasses import dataclass

from infra.ground.choices import DocumentType
from infra.ground.registry import Registry


@dataclass(frozen=True)
class Form:
    """One form. Raise `version` with every change of its words: it is part of the content hash."""

    template: str
    version: int
    type: DocumentType
    symbol: str


# Symbols by the practice of NĐ 30/2020/NĐ-CP; the clerk's register decides, and may differ.
FORMS: Registry[Form] = Registry("form of a document")


def form_of(template: str) -> Form:
    """The form of a template name. Raises Unbound for an unknown one."""
    return FORMS.get(template)


def register_form_of_document(form: Form) -> None:
    """Add a form; its template is `infra/documents/<template>.html` or a path with a slash."""
    FORMS.register(form.template, form)


for _own in (
    Form("reply_letter", 1, DocumentType.REPLY_LETTER, "SKHCN-BCVT"),
    Form("submission", 1, DocumentType.SUBMISSION, "TTr-SKHCN"),
    Form("receipt", 1, DocumentType.RECEIPT, "GTN-SKHCN"),
    Form("supplement", 1, DocumentType.SUPPLEMENT, "SKHCN-BCVT"),
):
    register_form_of_document(_own)
