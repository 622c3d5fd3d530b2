"""The form of a completed repair."""

import uuid
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from sites.models import Repair


class RepairForm(forms.ModelForm[Repair]):
    """Who, when, what and the paper that shows it; the number makes sending it twice harmless."""

    uuid = forms.UUIDField(widget=forms.HiddenInput)
    paper = forms.FileField(
        label=_("Acceptance record or photos"),
        help_text=_("PDF or picture; the department alone reads it."),
    )

    class Meta:
        model = Repair
        fields = ["completed_at", "done_by", "what"]
        widgets = {
            "completed_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
            "what": forms.Textarea(attrs={"rows": 4}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["uuid"].initial = uuid.uuid4()
