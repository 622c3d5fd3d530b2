"""The one field for a place in every form: what is written, the system it is in, the doubts."""

import hashlib
from datetime import date
from typing import Any, Final

from django import forms
from django.contrib.gis.geos import Point
from django.core.exceptions import ValidationError
from django.urls import reverse_lazy
from django.utils.choices import CallableChoiceIterator as LazyChoices
from django.utils.translation import gettext_lazy as _

from infra.models import AdministrativeUnit
from infra.places.geo.choices import CHOICE_WGS84, system_choices
from infra.places.geo.entry import Entry, read_entry
from infra.places.geo.errors import CoordinateError
from infra.places.territory.examine import Doubt, DoubtCode, examine

NEVER_CONFIRMED: Final = frozenset({DoubtCode.AXES_SWAPPED})


class CoordinateWidget(forms.MultiWidget):
    """A text, the choice of system and, when something is doubted, a box to confirm it."""

    template_name = "infra/geo/coordinate.html"
    use_fieldset = False

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        text = forms.TextInput(attrs={"class": "form-control", "autocomplete": "off"})
        system = forms.Select(attrs={"class": "form-select"}, choices=LazyChoices(system_choices))
        super().__init__([text, system, forms.HiddenInput()], attrs)
        self.doubts: list[Doubt] = []
        self.unit_name = ""
        self.on: date | None = None

    def id_for_label(self, id_: str) -> str:
        return f"{id_}_0" if id_ else id_

    def decompress(self, value: Any) -> list[Any]:
        if isinstance(value, Point):
            return [f"{value.y:.7f}, {value.x:.7f}", CHOICE_WGS84, ""]
        return ["", CHOICE_WGS84, ""]

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        choice = data.get(f"{name}_1") or CHOICE_WGS84
        return [data.get(f"{name}_0", ""), choice, data.get(f"{name}_2", "")]

    def value_omitted_from_data(self, data: Any, files: Any, name: str) -> bool:
        return f"{name}_0" not in data

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        values = value if isinstance(value, list) else self.decompress(value)
        text_attrs = context["widget"]["subwidgets"][0]["attrs"]
        described = [text_attrs.get("aria-describedby", ""), f"{name}_help"]
        text_attrs["aria-describedby"] = " ".join(filter(None, described))
        context["widget"] |= {
            "help_id": f"{name}_help",
            "url": reverse_lazy("coordinate_reading"),
            "unit_name": self.unit_name,
            "on": self.on.isoformat() if self.on else "",
            "doubts": self.doubts,
            "may_confirm": bool(self.doubts)
            and not any(doubt.code in NEVER_CONFIRMED for doubt in self.doubts),
            "token": confirmation_of(values[0] or "", values[1] or ""),
        }
        return context


def confirmation_of(text: str, choice: str) -> str:
    """What a ticked box sends: it confirms this text under this choice and no other."""
    return hashlib.sha256(f"{choice}|{text.strip()}".encode()).hexdigest()[:16]


class CoordinateField(forms.MultiValueField):
    """Cleans to a Point in EPSG:4326; `entry` keeps how it was read.

    `unit_field` names the form's field with the declared unit: then the form has to be an
    ExaminesCoordinates, which looks at the place once that field is clean.
    """

    widget = CoordinateWidget

    def __init__(self, *, unit_field: str = "", on: date | None = None, **options: Any) -> None:
        parts = [forms.CharField(), forms.ChoiceField(choices=system_choices), forms.CharField()]
        options.setdefault("label", _("Coordinates"))
        super().__init__(fields=parts, require_all_fields=False, **options)
        self.unit_field = unit_field
        self.on = on
        self.widget.on = on
        self.entry: Entry | None = None
        self._sent: list[str] = ["", "", ""]

    def clean(self, value: Any) -> Point | None:
        self._sent = [str(each or "") for each in value] if value else ["", "", ""]
        text, choice, _confirmation = self._sent
        if not text.strip():
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        try:
            self.entry = read_entry(text, choice)
        except CoordinateError as error:
            raise ValidationError(str(error), code=error.code) from error
        if not self.unit_field:
            self.refuse_doubts(None)
        return self.entry.point

    def compress(self, data_list: Any) -> Any:
        return data_list

    def has_changed(self, initial: Any, data: Any) -> bool:
        before = CoordinateWidget().decompress(initial)
        return [str(each or "") for each in (data or ["", "", ""])][:2] != before[:2]

    def refuse_doubts(self, declared: AdministrativeUnit | None) -> None:
        """Raises ValidationError with every grave doubt that was not confirmed."""
        if self.entry is None:
            return
        entry = self.entry
        doubts = examine(entry.reading, entry.meridian, declared, self.on)
        grave = [doubt for doubt in doubts if doubt.is_grave]
        self.widget.doubts = grave
        text, choice, confirmation = self._sent
        is_confirmed = confirmation == confirmation_of(text, choice)
        left = [each for each in grave if not is_confirmed or each.code in NEVER_CONFIRMED]
        if left:
            raise ValidationError(
                [ValidationError(doubt.sentence, code=doubt.code) for doubt in left]
            )


class ExaminesCoordinates(forms.Form):
    """A form whose coordinates are held against the unit declared in the same form."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for field in self.fields.values():
            if isinstance(field, CoordinateField) and field.unit_field:
                field.widget.unit_name = self.add_prefix(field.unit_field)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, field in self.fields.items():
            if isinstance(field, CoordinateField) and field.unit_field and cleaned.get(name):
                declared = cleaned.get(field.unit_field)
                try:
                    field.refuse_doubts(declared)
                except ValidationError as refused:
                    self.add_error(name, refused)
        return cleaned
