"""The officer's result of one position."""

from typing import Any

from django import forms
from django.contrib.gis.geos import Point
from django.utils.translation import gettext_lazy as _

from infra.models import User
from sites.choices import Outcome
from sites.models import CandidateLocation, Mast


class OutcomeForm(forms.Form):
    """One of five results, what goes with it, and the version the officer saw."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    outcome = forms.ChoiceField(label=_("Result"), choices=Outcome.choices, required=False)
    reason = forms.CharField(
        label=_("Reason or conditions"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    override_reason = forms.CharField(
        label=_("Why agree although a rule is not passed"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    share_with = forms.ModelChoiceField(
        Mast.objects.none(), label=_("Mast to be shared"), required=False, to_field_name="uuid"
    )
    adjusted_lon = forms.FloatField(
        required=False, min_value=-180, max_value=180, widget=forms.HiddenInput
    )
    adjusted_lat = forms.FloatField(
        required=False, min_value=-90, max_value=90, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, candidate: CandidateLocation, user: User, **kwargs: Any) -> None:
        adjusted = candidate.proposed_point
        kwargs["initial"] = {
            "version": candidate.version,
            "outcome": candidate.outcome,
            "reason": candidate.outcome_reason,
            "override_reason": candidate.override_reason,
            "share_with": candidate.share_with and candidate.share_with.uuid,
            "adjusted_lon": adjusted and adjusted.x,
            "adjusted_lat": adjusted and adjusted.y,
        }
        super().__init__(*args, **kwargs)
        masts: Any = self.fields["share_with"]
        masts.queryset = Mast.objects.visible_to(user).current()

    def values(self) -> dict[str, Any]:
        """What the service takes."""
        given = self.cleaned_data
        lon, lat = given["adjusted_lon"], given["adjusted_lat"]
        return {
            "version": given["version"],
            "outcome": given["outcome"],
            "reason": given["reason"],
            "override_reason": given["override_reason"],
            "share_with": given["share_with"],
            "proposed_point": None if lon is None or lat is None else Point(lon, lat, srid=4326),
        }
