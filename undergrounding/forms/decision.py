"""What the committee's paper says, as it is typed in."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from infra.files.intake import check_kind, check_size
from infra.files.sniff import Kind
from infra.ground.errors import Problem
from infra.ground.number_field import DateField
from infra.models import User
from infra.places.territory.plausible import day_question
from undergrounding.models import Route
from undergrounding.services.decisions import decision_attach


class DecisionForm(forms.Form):
    """Number, date, file and note of the provincial committee's decision."""

    number = forms.CharField(
        label=_("Number and symbol"), max_length=60, help_text=_("As on the paper: 123/QĐ-UBND.")
    )
    decided_on = DateField(label=_("Date"), question=day_question("past-day"))
    file = forms.FileField(
        label=_("Signed paper (PDF)"),
        widget=forms.ClearableFileInput(attrs={"accept": "application/pdf"}),
    )
    note = forms.CharField(
        label=_("Note"), required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, *args: Any, target: Route, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.route = target
        self.fields["decided_on"].widget.attrs["max"] = timezone.localdate().isoformat()

    def clean_file(self) -> Any:
        """A PDF by its content, whatever its name says."""
        upload: Any = self.cleaned_data["file"]
        try:
            check_size(upload)
            check_kind(upload, {Kind.PDF})
        except Problem as problem:
            raise forms.ValidationError([str(s) for s in problem.sentences]) from problem
        return upload

    def facts(self, actor: User) -> dict[str, Any]:
        """The file is kept first; all else is plain."""
        told = self.cleaned_data
        file = decision_attach(route=self.route, actor=actor, upload=told["file"])
        return {
            "number": told["number"],
            "decided_on": told["decided_on"].isoformat(),
            "note": told["note"],
            "file": str(file.uuid),
        }
