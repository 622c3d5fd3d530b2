"""The form of a cost rate."""

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from infra.ground.number_field import AsksAboutOddValues, number_fields
from infra.places.territory.plausible import day_question
from undergrounding.models import CostRate


class RateForm(AsksAboutOddValues, forms.ModelForm[CostRate]):
    """A rate with its source; the version the person saw travels along."""

    version = forms.IntegerField(widget=forms.HiddenInput, initial=1)

    class Meta:
        model = CostRate
        fields: ClassVar[list[str]] = [
            "method",
            "vnd_per_m",
            "source",
            "confidence",
            "valid_from",
            "valid_to",
        ]
        formfield_callback = number_fields(
            {"valid_from": day_question("valid-day"), "valid_to": day_question("valid-day")}
        )
        help_texts: ClassVar[dict[str, Any]] = {
            "source": _(
                "Number, date and issuer of the quotation, unit-price decision or estimate."
            ),
            "valid_to": _("Leave empty while the rate holds."),
        }

    def clean_vnd_per_m(self) -> Any:
        """A rate costs something."""
        amount = self.cleaned_data["vnd_per_m"]
        if amount <= 0:
            raise forms.ValidationError(_("Type in the đồng per metre, greater than 0."))
        return amount

    def clean(self) -> dict[str, Any]:
        """The last day does not lie before the first."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        first, last = told.get("valid_from"), told.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day lies before the first."))
        if "version" in told:
            self.instance.version = told["version"]
        return told
