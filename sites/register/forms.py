"""Forms of a mast and what belongs to it."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from infra.ground.choices import OrganisationKind
from infra.ground.number_field import AsksAboutOddValues, number_fields
from infra.models import Organisation
from infra.places.field.forms import CoordinateField
from infra.places.territory.plausible import day_question, number_question
from sites.choices import Technology
from sites.models import Antenna, Lease, Mast, Station, StructuralAssessment

HOLDERS = (OrganisationKind.OPERATOR, OrganisationKind.TOWER_COMPANY)
OWNERS = (*HOLDERS, OrganisationKind.CABLE_TV, OrganisationKind.POWER_COMPANY)


HIGHEST_M = 1000  # nothing that carries antennas is higher: beyond it nobody is asked
MAST_QUESTIONS = {
    "height_m": number_question("mast-height"),
    "building_height_m": number_question("building-height"),
    "half_width_m": number_question("half-width"),
    "location_accuracy_m": number_question("position-accuracy"),
    "permit_date": day_question("past-day"),
    "built_on": day_question("past-day"),
    "last_verified_on": day_question("past-day"),
}


MAST_SECTIONS: tuple[tuple[StrOrPromise, tuple[str, ...]], ...] = (
    (_("Code and name"), ("code", "name")),
    (
        _("Position"),
        ("point", "location_accuracy_m", "location_source", "declared_unit", "address"),
    ),
    (
        _("Shape"),
        (
            *("mast_class", "structure", "footing", "height_m", "building_height_m"),
            *("half_width_m", "guy_count"),
        ),
    ),
    (
        _("Owner and operation"),
        ("owner", "owner_unreachable", "operating_status", "built_on", "last_verified_on"),
    ),
    (_("Construction permit"), ("permit_status", "permit_number", "permit_date")),
    (_("Record"), ("publicity", "note", "why")),
)


class MastForm(AsksAboutOddValues, forms.ModelForm[Mast]):
    """Every field a person may change, and why it is changed."""

    point = CoordinateField(label=_("Position"))
    why = forms.CharField(label=_("Reason for this change"), max_length=200, required=False)

    class Meta:
        model = Mast
        fields = [
            *("code", "name", "address", "point", "declared_unit", "location_accuracy_m"),
            *("location_source", "mast_class", "structure", "footing", "height_m"),
            *("building_height_m", "half_width_m", "guy_count", "owner", "owner_unreachable"),
            *("permit_status", "permit_number", "permit_date", "operating_status", "built_on"),
            *("last_verified_on", "publicity", "note"),
        ]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        formfield_callback = number_fields(
            MAST_QUESTIONS, {"height_m": HIGHEST_M, "building_height_m": HIGHEST_M}
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ModelChoiceField)  # noqa: S101 - the model says so
        owner.queryset = Organisation.objects.filter(kind__in=OWNERS)

    def sections(self) -> list[tuple[StrOrPromise, list[forms.BoundField]]]:
        """All fields in the order in which a person thinks of them."""
        return [(title, [self[name] for name in names]) for title, names in MAST_SECTIONS]

    def data_for_service(self) -> dict[str, Any]:
        """The model's fields, without the reason."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}

    def reason(self) -> str:
        """Why it is changed, with the odd values that the person confirmed."""
        return "; ".join(filter(None, [self.cleaned_data["why"], *self.confirmations()]))


class StationForm(AsksAboutOddValues, forms.ModelForm[Station]):
    """One operator's station."""

    technologies = forms.MultipleChoiceField(
        label=_("Technologies"),
        choices=Technology.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    class Meta:
        model = Station
        fields = [
            *("operator", "code", "name", "technologies", "operating_status", "off_air_since"),
            *("off_air_reason", "emf_certificate", "emf_body", "emf_valid_until"),
        ]
        formfield_callback = number_fields(
            {
                "off_air_since": day_question("past-day"),
                "emf_valid_until": day_question("valid-day"),
            }
        )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        operator = self.fields["operator"]
        assert isinstance(operator, forms.ModelChoiceField)  # noqa: S101 - the model says so
        operator.queryset = Organisation.objects.filter(kind__in=HOLDERS)


class AntennaForm(AsksAboutOddValues, forms.ModelForm[Antenna]):
    """One antenna of a station."""

    class Meta:
        model = Antenna
        fields = ["azimuth_deg", "height_m", "technology", "band", "eirp_w"]
        formfield_callback = number_fields(
            {"height_m": number_question("mast-height")}, {"height_m": HIGHEST_M}
        )
        labels = {
            "azimuth_deg": _("Azimuth"),
            "height_m": _("Height"),
            "technology": _("Technology"),
            "band": _("Band"),
            "eirp_w": _("EIRP, W"),
        }


AntennaFormSet = forms.formset_factory(AntennaForm, extra=2, can_delete=True, max_num=60)


class AssessmentForm(AsksAboutOddValues, forms.ModelForm[StructuralAssessment]):
    """An engineer's verification of the structure."""

    class Meta:
        model = StructuralAssessment
        fields = ["body", "standard", "utilisation", "conclusion", "assessed_on", "valid_until"]
        formfield_callback = number_fields(
            {"assessed_on": day_question("past-day"), "valid_until": day_question("valid-day")}
        )


class LeaseForm(AsksAboutOddValues, forms.ModelForm[Lease]):
    """A lease; personal data, for the department."""

    class Meta:
        model = Lease
        fields = ["landlord_name", "landlord_phone", "starts_on", "ends_on", "unpaid_vnd", "note"]
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}
        formfield_callback = number_fields(
            {"starts_on": day_question("valid-day"), "ends_on": day_question("valid-day")}
        )
