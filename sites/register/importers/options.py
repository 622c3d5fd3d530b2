"""The options beside the columns: what a row is, which notation, which meridian, whose."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from infra.exchange.importer import OptionsForm
from infra.ground.number_field import WholeNumberField
from infra.models import Organisation
from infra.places.geo.crs import DEFAULT_MERIDIANS, MERIDIANS, meridian_label
from sites.register.importers.building import HOLDERS, SECTORS
from sites.register.importers.positions import GEOGRAPHIC, PLANE
from sites.register.importers.sectors import DEFAULT_CLUSTER_M

_OTHERS = [m for m in MERIDIANS if m not in DEFAULT_MERIDIANS]


class MastImportOptions(OptionsForm):
    """Everything that columns cannot say."""

    rows_are = forms.ChoiceField(
        label=_("One row is"),
        choices=[("masts", _("a mast (or one operator on it)")), (SECTORS, _("a sector (cell)"))],
        widget=forms.RadioSelect,
        initial="masts",
    )
    position_from = forms.ChoiceField(
        label=_("Position from"),
        choices=[(GEOGRAPHIC, _("latitude and longitude")), (PLANE, _("VN-2000 X, Y in metres"))],
        widget=forms.RadioSelect,
        initial=GEOGRAPHIC,
    )
    datum = forms.ChoiceField(
        label=_("Latitude and longitude are"),
        choices=[("wgs84", _("WGS-84 (GPS)")), ("vn2000", _("VN-2000"))],
        help_text=_(
            "Lists from GPS devices are WGS-84, even where the heading says VN-2000: 226 m"
        ),
        initial="wgs84",
        required=False,
    )
    meridian = forms.ChoiceField(
        label=_("Central meridian"),
        choices=[
            ("", _("choose")),
            *((m, meridian_label(m)) for m in (*DEFAULT_MERIDIANS, *_OTHERS)),
        ],
        help_text=_("Former Đồng Tháp 105°00′, former Tiền Giang 105°45′. It cannot be guessed."),
        required=False,
    )
    operator = forms.ModelChoiceField(
        Organisation.objects.none(),
        label=_("Operator of all rows"),
        to_field_name="short_name",
        required=False,
        empty_label=_("as the column says, or none"),
    )
    cluster_m = WholeNumberField(
        unit="m",
        label=_("Sectors stand on one mast within, m"),
        min_value=1,
        max_value=150,
        initial=DEFAULT_CLUSTER_M,
        required=False,
    )
    code_prefix = forms.CharField(
        label=_("Put before each code"),
        max_length=20,
        required=False,
        help_text=_("Needed where the codes are only running numbers."),
    )
    allow_outside = forms.BooleanField(
        label=_("Positions outside the province are meant so"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        operators = Organisation.objects.filter(kind__in=HOLDERS, is_active=True)
        field = self.fields["operator"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 - declared above
        field.queryset = operators

    def clean(self) -> dict[str, Any]:
        """Plane coordinates need their meridian."""
        data = super().clean() or self.cleaned_data
        if data.get("position_from") == PLANE and not data.get("meridian"):
            self.add_error("meridian", _("Plane coordinates mean nothing without their meridian."))
        return data

    def as_options(self) -> dict[str, Any]:
        """The cleaned values as JSON."""
        data = dict(self.cleaned_data)
        operator = data.get("operator")
        return {**data, "operator": operator.short_name if operator else ""}
