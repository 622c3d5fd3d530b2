"""What the page of units asks: a date, a name, a coordinate to look up."""

from django import forms
from django.utils.translation import gettext_lazy as _

from infra.ground.number_field import DateField, DateWidget
from infra.places.field.forms import CoordinateField


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
