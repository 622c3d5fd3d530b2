"""Forms of the request itself: the letter, and what the list is narrowed by."""

from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from infra.cases.dossiers.selectors import DossierFilter
from infra.ground.choices import DossierState
from infra.ground.number_field import AsksAboutOddValues, number_fields
from infra.models import Dossier, Organisation, Procedure, User
from infra.places.territory.plausible import day_question


class DossierForm(AsksAboutOddValues, forms.ModelForm[Dossier]):
    """The letter of request; `uuid` is the page's, so sending twice is one dossier."""

    uuid = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)

    class Meta:
        model = Dossier
        fields = ("procedure", "title", "letter_number", "letter_date", "note")
        labels = {"procedure": _("Procedure")}
        widgets = {
            "procedure": forms.RadioSelect,
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        formfield_callback = number_fields({"letter_date": day_question("past-day")})

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        procedures: Any = self.fields["procedure"]
        procedures.queryset = procedures_on()
        procedures.empty_label = None
        self.fields["version"].initial = self.instance.version
        if self.instance.pk:
            procedures.disabled = True
            procedures.queryset = Procedure.objects.filter(pk=self.instance.procedure_id)
            self.initial["uuid"] = self.instance.uuid

    def values(self) -> dict[str, Any]:
        """What the person wrote, without version and identifier."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}


class DossierFilterForm(forms.Form):
    """What narrows the list; every choice stands in the address."""

    q = forms.CharField(label=_("Search"), required=False, max_length=100)
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[("", _("All")), *DossierState.choices]
    )
    due = forms.ChoiceField(
        label=_("Due"),
        required=False,
        choices=[("", _("All")), ("overdue", _("Overdue")), ("week", _("Within seven days"))],
    )
    applicant = forms.ModelChoiceField(
        Organisation.objects.none(), label=_("Applicant"), required=False, to_field_name="code"
    )
    waiting = forms.BooleanField(label=_("Waiting for me"), required=False)
    mine = forms.BooleanField(label=_("Only mine"), required=False)

    def __init__(self, data: Any, *, user: User) -> None:
        super().__init__(data)
        self.user = user
        applicants: Any = self.fields["applicant"]
        applicants.queryset = Organisation.objects.filter(
            Exists(Dossier.objects.visible_to(user).filter(applicant=OuterRef("pk")))
        )
        applicants.empty_label = _("All")
        if not user.is_department:
            del self.fields["applicant"]
            del self.fields["mine"]

    def narrowed(self) -> DossierFilter:
        """What was chosen; an unknown value counts as not given."""
        self.is_valid()
        given = self.cleaned_data
        applicant = given.get("applicant")
        return DossierFilter(
            state=given.get("state") or "",
            applicant=applicant.pk if applicant else None,
            officer=self.user.pk if given.get("mine") else None,
            text=given.get("q") or "",
            due=given.get("due") or "",
            is_waiting=bool(given.get("waiting")),
        )


def procedures_on() -> "QuerySet[Procedure]":
    """The procedures in force today."""
    today = timezone.localdate()
    return Procedure.objects.filter(
        Q(valid_to__isnull=True) | Q(valid_to__gte=today), valid_from__lte=today
    ).order_by("code")
