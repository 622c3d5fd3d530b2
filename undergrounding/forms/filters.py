"""What a list of routes may be asked for, read from the address."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infra.models import AdministrativeUnit
from infra.places.territory.selectors import units_on
from undergrounding.choices import RouteState
from undergrounding.models import Scheme
from undergrounding.permissions import Person
from undergrounding.selectors.routes import RouteQuestion, years_of


class RouteFilterForm(forms.Form):
    """Text, state, year, plan, commune; a value nobody knows is left out, never an error."""

    q = forms.CharField(label=_("Name, code or street"), required=False, max_length=100)
    state = forms.ChoiceField(label=_("State"), required=False)
    year = forms.TypedChoiceField(
        label=_("Planned year"), required=False, coerce=int, empty_value=None
    )
    scheme = forms.ModelChoiceField(
        Scheme.objects.all(),
        label=_("Plan"),
        required=False,
        to_field_name="code",
        empty_label=_("all plans"),
    )
    commune = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=_("Commune or ward"),
        required=False,
        to_field_name="code",
        empty_label=_("whole province"),
    )
    archived = forms.BooleanField(label=_("Put aside"), required=False)

    def __init__(self, data: Any, *, user: Person) -> None:
        super().__init__(data)
        fields: dict[str, Any] = self.fields
        fields["state"].choices = [("", _("all states")), *RouteState.choices]
        fields["year"].choices = [("", _("all years")), *((y, str(y)) for y in years_of(user))]
        fields["commune"].queryset = units_on().defer("boundary").order_by("name")
        for field in fields.values():
            is_choice = isinstance(field.widget, forms.Select)
            field.widget.attrs["class"] = "form-select" if is_choice else "form-control"
        fields["archived"].widget.attrs["class"] = "form-check-input"

    def question(self) -> RouteQuestion:
        """The question as far as it can be understood."""
        self.is_valid()
        asked = self.cleaned_data
        return RouteQuestion(
            text=asked.get("q", ""),
            state=asked.get("state", ""),
            year=asked.get("year"),
            scheme=asked.get("scheme"),
            commune=asked.get("commune"),
            archived=asked.get("archived", False),
        )

    def map_filters(self) -> dict[str, list[str]]:
        """The same for the map's layer of routes."""
        asked = self.cleaned_data
        scheme = asked.get("scheme")
        told = {
            "state": asked.get("state"),
            "year": asked.get("year"),
            "scheme": scheme.code if scheme else "",
        }
        return {name: [str(value)] for name, value in told.items() if value}
