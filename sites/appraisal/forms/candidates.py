"""The applicant's forms of positions: one at a time, or a pasted table."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import ProcedureKind
from infra.ground.number_field import AsksAboutOddValues, number_fields
from infra.models import AdministrativeUnit, Dossier, User
from infra.places.field.forms import CoordinateField, ExaminesCoordinates
from infra.places.territory.plausible import number_question
from infra.places.territory.selectors import units_on
from sites.appraisal.forms.position_table import read_table
from sites.choices import Footing
from sites.models import CandidateLocation, Mast

MOST_OWN_CODES = 400
HIGHEST_M = 1000  # nothing that carries antennas is higher: beyond it nobody is asked


class CandidateForm(ExaminesCoordinates, AsksAboutOddValues, forms.ModelForm[CandidateLocation]):
    """One position: where, what stands there, for a relocation which mast moves."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    point = CoordinateField(unit_field="declared_unit")
    declared_unit = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(),
        label=gettext_lazy("Commune or ward"),
        required=False,
        empty_label=gettext_lazy("As the map says"),
    )
    old_mast = forms.ModelChoiceField(
        Mast.objects.none(),
        label=gettext_lazy("Mast that moves"),
        required=False,
        to_field_name="code",
        widget=forms.TextInput(attrs={"list": "own-masts", "autocomplete": "off"}),
        help_text=gettext_lazy("Its code; only your own masts."),
        error_messages={"invalid_choice": gettext_lazy("This is not the code of a mast of yours.")},
    )

    class Meta:
        model = CandidateLocation
        fields = (
            "old_mast",
            "relocation_reason",
            "name",
            "mast_class",
            "structure",
            "footing",
            "height_m",
            "building_height_m",
            "eirp_w",
            "address",
        )
        formfield_callback = number_fields(
            {
                "height_m": number_question("mast-height"),
                "building_height_m": number_question("building-height"),
            },
            {"height_m": HIGHEST_M, "building_height_m": HIGHEST_M},
        )

    def __init__(self, *args: Any, dossier: Dossier, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_masts = Mast.objects.current().filter(
            viewer_org_ids__contains=[user.organisation_id]
        )
        masts: Any = self.fields["old_mast"]
        masts.queryset = self.own_masts
        units: Any = self.fields["declared_unit"]
        units.queryset = units_on().order_by("name")
        self.fields["version"].initial = self.instance.version if self.instance.pk else 0
        if self.instance.pk:
            self.initial["point"] = self.instance.point
            old = self.instance.old_mast
            self.initial["old_mast"] = old.code if old else ""
            self.initial["declared_unit"] = _unit_named(self.instance.declared_unit)
        if dossier.procedure.kind != ProcedureKind.RELOCATION:
            del self.fields["old_mast"]
            del self.fields["relocation_reason"]

    def own_codes(self) -> list[str]:
        """Codes that the browser offers while the person types."""
        return list(self.own_masts.values_list("code", flat=True)[:MOST_OWN_CODES])

    def clean(self) -> dict[str, Any]:
        """A mast on a roof needs the height of its building."""
        given: dict[str, Any] = super().clean() or {}
        if given.get("footing") == Footing.ROOF and given.get("building_height_m") is None:
            self.add_error("building_height_m", _("Give the height of the building."))
        return given

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        names = [name for name in (*self.Meta.fields, "point") if name in self.fields]
        unit = self.cleaned_data["declared_unit"]
        return {
            **{name: self.cleaned_data[name] for name in names},
            "declared_unit": str(unit) if unit else "",
            "coordinate_text": str(self.data.get("point_0", ""))[:200],
        }

    def place(self) -> Point | None:
        """The point as it was read, doubted or not; None when nothing could be read."""
        field: Any = self.fields["point"]
        return field.entry.point if field.entry else None


def _unit_named(name: str) -> AdministrativeUnit | None:
    return next((unit for unit in units_on() if str(unit) == name), None) if name else None


class PasteForm(forms.Form):
    """A table of positions; `rows` holds what was read, errors name line and column."""

    table = forms.CharField(
        label=gettext_lazy("Table"),
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "class": "paste-table"}),
    )

    def clean(self) -> dict[str, Any]:
        """Every line is read; one bad line and nothing is added."""
        given: dict[str, Any] = super().clean() or {}
        self.rows, errors = read_table(given.get("table", ""))
        for error in errors:
            self.add_error("table", error)
        return given
