"""The one number field of all forms, and the question that a value beyond the plausible meets."""

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from infra.ground.decimals import NumberFault, read_decimal, show_decimal

Question = Callable[[Any], str]
"""Asks about a value: what is odd about it in a sentence, or nothing."""

YEARS = range(1900, 2101)
UNITS = {"_m": "m", "_deg": "°", "_w": "W", "_mm": "mm", "_vnd": "đ", "_per_m": "đ"}
FULL_CIRCLE = 360


class Typed(str):
    """What was typed, and the text that the box beside it confirms."""

    __slots__ = ("sure",)
    sure: str


class AskingWidget(forms.TextInput):
    """A text; when its value is doubted, a box that says the value once more in words."""

    template_name = "infra/asking.html"
    doubted = ""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        typed = Typed(data.get(name) or "")
        typed.sure = data.get(f"{name}_sure") or ""
        return typed

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        context["widget"] |= {"doubted": self.doubted, "token": str(value or "").strip()}
        return context


class AsksMixin(forms.Field):
    """A field that asks about odd values; `accepted` is the value that stood there before."""

    question: Question | None = None
    accepted: Any = None
    confirmed = ""

    def clean(self, value: Any) -> Any:
        """The value, once it is plausible or confirmed as typed. Raises ValidationError."""
        cleaned = super().clean(value)
        if cleaned in self.empty_values or self.question is None or cleaned == self.accepted:
            return cleaned
        doubt = self.question(cleaned)
        if not doubt:
            return cleaned
        words = self.in_words(cleaned)
        if isinstance(value, Typed) and value.sure and value.sure == value.strip():
            self.confirmed = words
            return cleaned
        self.widget.doubted = words
        raise ValidationError(doubt, code="implausible")

    def in_words(self, value: Any) -> str:
        """The value as the box confirms it."""
        return str(value)


class NumberWidget(AskingWidget):
    """Shows numbers the language's way; a phone offers its digits."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"inputmode": "decimal", "autocomplete": "off", **(attrs or {})})

    def format_value(self, value: Any) -> str | None:
        is_shown = value is None or isinstance(value, str)
        return value if is_shown else show_decimal(Decimal(str(value)))


class NumberField(AsksMixin, forms.DecimalField):
    """A number with decimal comma or point; `unit` may be typed behind it."""

    widget = NumberWidget
    whole = False

    def __init__(self, *, unit: str = "", question: Question | None = None, **options: Any) -> None:
        self.unit, self.question = unit, question
        super().__init__(**options)

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """No min, max or step: the browser would judge by its own idea of a number."""
        return {}

    def to_python(self, value: Any) -> Any:
        if value in self.empty_values or not str(value).strip():
            return None
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_decimal(value, unit=self.unit, whole=self.whole)
        except NumberFault as fault:
            raise ValidationError(str(fault), code=fault.code) from fault

    def in_words(self, value: Any) -> str:
        return f"{show_decimal(value)} {self.unit}".strip()


class WholeNumberField(NumberField):
    """A number without a fraction: points and commas can only part thousands."""

    whole = True

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.widget.attrs["inputmode"] = "numeric"

    def clean(self, value: Any) -> Any:
        """An int; while it is checked it is a Decimal, as Django's own field wants it."""
        number = super().clean(value)
        return None if number is None else int(number)

    def in_words(self, value: Any) -> str:
        return f"{int(value)} {self.unit}".strip()


class DateWidget(AskingWidget):
    """A date picker that speaks ISO, whatever the language."""

    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        return value if value is None or isinstance(value, str) else value.isoformat()


class DateField(AsksMixin, forms.DateField):
    """A date; one far from what is plausible is asked about, another century is refused."""

    widget = DateWidget

    def __init__(self, *, question: Question | None = None, **options: Any) -> None:
        self.question = question
        super().__init__(**options)

    def validate(self, value: Any) -> None:
        super().validate(value)
        if value and value.year not in YEARS:
            sentence = _("The year %(year)s cannot be right: type the date as 31/12/2026.")
            raise ValidationError(sentence % {"year": value.year}, code="year")

    def in_words(self, value: Any) -> str:
        return f"{value:%d/%m/%Y}"


class AsksAboutOddValues(forms.BaseForm):
    """A form whose fields ask: what stood there is accepted, what was confirmed can be written."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        for name, field in self.fields.items():
            if isinstance(field, AsksMixin):
                field.accepted = self.get_initial_for_field(field, name)

    def confirmations(self) -> list[str]:
        """What the person confirmed as right although it is odd, for the record."""
        return [
            _("%(field)s: %(value)s, confirmed by the person")
            % {
                "field": field.label,
                "value": field.confirmed,
            }
            for field in self.fields.values()
            if isinstance(field, AsksMixin) and field.confirmed
        ]


def number_fields(
    questions: Mapping[str, Question] | None = None, most: Mapping[str, int] | None = None
) -> Callable[..., forms.Field | None]:
    """A model form's `formfield_callback`: numbers and dates by the fields of this module.

    No number of a model is negative; `most` are the bounds beyond which nobody is asked.
    """

    def field_of(db_field: Any, **options: Any) -> forms.Field | None:
        return _field_of(
            db_field, (questions or {}).get(db_field.name), (most or {}).get(db_field.name), options
        )

    return field_of


def _field_of(
    db_field: Any, question: Question | None, most: int | None, options: dict[str, Any]
) -> forms.Field | None:
    asked = {**options, **_kind_of(db_field, question, most)}
    made: forms.Field | None = db_field.formfield(**asked)
    return made


def _kind_of(db_field: Any, question: Question | None, most: int | None) -> dict[str, Any]:
    """The class of a model field's form field and what it takes; nothing for other fields."""
    is_plain = isinstance(db_field, models.DateTimeField) or bool(db_field.choices)
    if is_plain or not isinstance(
        db_field, models.DecimalField | models.IntegerField | models.FloatField | models.DateField
    ):
        return {}
    if isinstance(db_field, models.DateField):
        return {"form_class": DateField, "question": question}
    is_whole = isinstance(db_field, models.IntegerField)
    unit = _unit_of(db_field.name)
    kind: dict[str, Any] = {
        "form_class": WholeNumberField if is_whole else NumberField,
        "unit": unit,
        "question": question,
        "min_value": 0,
    }
    top = most or (FULL_CIRCLE if unit == "°" else None)
    return kind if top is None else {**kind, "max_value": top}


def _unit_of(name: str) -> str:
    return next((unit for tail, unit in reversed(UNITS.items()) if name.endswith(tail)), "")
