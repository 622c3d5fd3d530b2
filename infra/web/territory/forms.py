"""What the page of units asks: a date, a name, a coordinate to look up."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import ConstraintKind
from infra.ground.number_field import DateField, DateWidget
from infra.places.field.forms import CoordinateField
from infra.places.geo.crs import MERIDIANS, meridian_label


class UnitSearchForm(forms.Form):
    """Units that stood on a date, by name or code."""

    on = DateField(
        label=_("On the day"), required=False, widget=DateWidget(attrs={"class": "form-control"})
    )
    q = forms.CharField(
        label=_("Name or code"),
        required=False,
        max_length=80,
        widget=forms.TextInput(attrs={"type": "search", "class": "form-control"}),
    )


class PlaceLookupForm(forms.Form):
    """A coordinate by itself: which unit it lies in, and what it is in the other system."""

    place = CoordinateField(label=_("Look up a coordinate"), required=False)


class BoundaryLoadForm(forms.Form):
    """A file with the communes' boundaries, and whose it is."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("GeoJSON, GeoPackage, or a shapefile with all its parts in one ZIP."),
        widget=forms.ClearableFileInput(attrs={"accept": ".geojson,.json,.gpkg,.zip"}),
    )
    source = forms.CharField(
        label=_("Source"),
        max_length=200,
        help_text=_("Who made the data and in which paper, as it is to be cited."),
    )
    source_date = DateField(label=_("Source date"), widget=DateWidget())
    meridian = forms.ChoiceField(
        label=_("Central meridian"),
        required=False,
        choices=[
            ("", _("The file names its own system")),
            *((each, meridian_label(each)) for each in MERIDIANS),
        ],
        help_text=_("Only for plane VN-2000 coordinates whose file does not say it."),
    )
    layer_name = forms.CharField(
        label=_("Layer inside the GeoPackage"),
        max_length=200,
        required=False,
        help_text=_("Only when the GeoPackage holds several."),
    )

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        if "kind" not in self.fields:
            self.fields["source_date"].help_text = _("The units that stood on this day get them.")

    def clean_source_date(self) -> Any:
        """Data of a day that has not come cannot be right."""
        day = self.cleaned_data["source_date"]
        if day > timezone.localdate():
            raise forms.ValidationError(_("This day has not come yet."))
        return day


class LayerLoadForm(BoundaryLoadForm):
    """The same for a constraint layer."""

    kind = forms.ChoiceField(label=_("Layer"), choices=[("", "---------"), *ConstraintKind.choices])
    field_order = ("kind",)
