"""What a step asks for beside its reason; `facts` turns it into the transition's plain data."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infra.cases.dossiers.people import possible_applicants, procedures_in_force
from infra.ground.choices import Opinion
from infra.ground.number_field import AsksAboutOddValues, DateField, number_fields
from infra.models import Dossier, Organisation, User
from infra.places.territory.plausible import day_question


class SupplementForm(forms.Form):
    """One itemised request."""

    items = forms.CharField(
        label=_("What is missing, one item per line"), widget=forms.Textarea(attrs={"rows": 5})
    )
    reply_by = DateField(
        label=_("To be answered by"), required=False, question=day_question("valid-day")
    )

    def __init__(self, *args: Any, target: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if target.supplements.exists():
            self.fields["items"].help_text = _(
                "A supplement was already requested once: a second request makes this dossier "
                "late by the national rule."
            )

    def facts(self, _actor: User) -> dict[str, Any]:
        """Items as a list."""
        lines = self.cleaned_data["items"].splitlines()
        day = self.cleaned_data["reply_by"]
        return {
            "items": [line.strip() for line in lines if line.strip()],
            "reply_by": day.isoformat() if day else "",
        }


class SupplementAnswerForm(forms.Form):
    """What the applicant added."""

    answer = forms.CharField(
        label=_("What was added"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def __init__(self, *args: Any, target: Dossier, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.target = target


class SeenForm(forms.Form):
    """Carries the version of the dossier that the person saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)


class CommentForm(SeenForm):
    """A remark, public or internal, that may be pinned on the map; sent twice it is one."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, required=False)
    body = forms.CharField(
        label=_("Comment"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    is_public = forms.BooleanField(label=_("The applicant reads it"), required=False)
    lon = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    lat = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)


class ConsultForm(SeenForm):
    """A question to one or several bodies."""

    bodies = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Bodies asked"), widget=forms.CheckboxSelectMultiple
    )
    question = forms.CharField(
        label=_("Question"), widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )
    due_on = DateField(label=_("To be answered by"), question=day_question("valid-day"))

    def __init__(self, *args: Any, bodies: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["bodies"]
        choice.queryset = bodies


class OpinionForm(SeenForm):
    """What a consulted body answers."""

    opinion = forms.ChoiceField(label=_("Opinion"), choices=Opinion.choices)
    answer = forms.CharField(
        label=_("Answer"), required=False, widget=forms.Textarea(attrs={"rows": 3}), max_length=4000
    )

    def clean(self) -> dict[str, Any]:
        """Conditions and objections need words."""
        cleaned = super().clean() or {}
        needs_words = {Opinion.DISAGREE, Opinion.AGREE_WITH_CONDITIONS}
        if cleaned.get("opinion") in needs_words and not cleaned.get("answer", "").strip():
            raise ValidationError({"answer": _("Write the conditions or the reason.")})
        return cleaned


class AssignForm(SeenForm):
    """Who appraises."""

    officer = forms.ModelChoiceField(User.objects.none(), label=_("Officer"))

    def __init__(self, *args: Any, officers: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choice: Any = self.fields["officer"]
        choice.queryset = officers


class ReceptionForm(AsksAboutOddValues, forms.ModelForm[Dossier]):
    """A dossier that came on paper or from the national portal: code, time, due date as given.

    `uuid` is the page's, so sending twice is one dossier.
    """

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)

    class Meta:
        model = Dossier
        fields = (
            "procedure",
            "applicant",
            "title",
            "channel",
            "external_code",
            "letter_number",
            "letter_date",
            "given_received_at",
            "given_due_on",
            "note",
        )
        labels = {"procedure": _("Procedure"), "applicant": _("Applicant")}
        widgets = {
            "given_received_at": forms.DateTimeInput(
                attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"
            ),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        formfield_callback = number_fields(
            {"letter_date": day_question("past-day"), "given_due_on": day_question("valid-day")}
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices: Any = self.fields
        choices["procedure"].queryset = procedures_in_force()
        choices["applicant"].queryset = possible_applicants()
