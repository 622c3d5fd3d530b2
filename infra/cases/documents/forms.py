"""What the clerk types in from the register."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from infra.cases.documents.catalogue import form_of
from infra.cases.documents.selectors import current_document
from infra.cases.documents.services import issue_facts
from infra.ground.choices import DocumentState, DocumentType
from infra.ground.number_field import DateField
from infra.models import Document, User
from infra.places.territory.plausible import day_question


class IssueForm(forms.Form):
    """Number, symbol, date and signed file; in an office without a register all may stay empty."""

    number = forms.CharField(label=_("Number"), max_length=20, required=False)
    symbol = forms.CharField(label=_("Symbol"), max_length=40, required=False)
    issued_on = DateField(label=_("Date"), required=False, question=day_question("past-day"))
    signed_file = forms.FileField(
        label=_("Signed file (PDF)"),
        required=False,
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    check_code = forms.CharField(
        label=_("Check code read off the paper, for a scan"), max_length=20, required=False
    )

    def __init__(self, *args: Any, target: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.document = _document(target)
        if self.document:
            self.fields["symbol"].initial = form_of(self.document.template).symbol
        self.fields["issued_on"].initial = timezone.localdate()
        if settings.OWN_DOCUMENT_NUMBERS:
            self.fields["number"].help_text = _(
                "Leave number and file empty: the system gives the next number of the year."
            )

    def facts(self, actor: User) -> dict[str, Any]:
        """The file is kept first; all else is plain."""
        if self.document is None:
            return {}
        return issue_facts(
            self.document,
            actor=actor,
            number=self.cleaned_data["number"],
            symbol=self.cleaned_data["symbol"],
            issued_on=self.cleaned_data["issued_on"],
            signed_file=self.cleaned_data["signed_file"],
            check_code=self.cleaned_data["check_code"],
        )


class ReplaceForm(forms.Form):
    """Which issued document stands in this one's place."""

    by = forms.ModelChoiceField(
        Document.objects.none(), label=_("Replaced by"), to_field_name="uuid"
    )

    def __init__(self, *args: Any, target: Document, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["by"]
        choice.queryset = Document.objects.filter(
            type=target.type, state=DocumentState.ISSUED
        ).exclude(pk=target.pk)
        choice.label_from_instance = lambda row: f"{row.full_number}: {row.subject}"

    def facts(self, _actor: User) -> dict[str, Any]:
        """By its uuid."""
        return {"by": str(self.cleaned_data["by"].uuid)}


def _document(target: Any) -> Document | None:
    if isinstance(target, Document):
        return target
    return current_document(target, DocumentType.REPLY_LETTER)
