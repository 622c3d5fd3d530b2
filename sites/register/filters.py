"""The register's filters: read from the address, refused quietly when they make no sense."""

from dataclasses import dataclass
from typing import Any, cast
from urllib.parse import urlencode

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise

from infra.ground.choices import Publicity
from infra.models import AdministrativeUnit, Organisation
from infra.places.territory.selectors import units_on
from sites.choices import MAST_HOLDERS, Grade, MastClass, OperatingStatus, PermitStatus, Structure
from sites.register.selectors.masts import MastQuery
from sites.register.selectors.orders import SORTS

Choices = list[tuple[str, StrOrPromise]]
EMF_CHOICES: Choices = [
    ("expiring", _("expires within 90 days")),
    ("expired", _("expired")),
    ("none", _("no certificate")),
]
ASSESSMENT_CHOICES: Choices = [("none", _("never assessed")), ("expired", _("no longer valid"))]
ARCHIVED_CHOICES: Choices = [("only", _("archived only")), ("with", _("archived too"))]
GRADES: Choices = [(g.value or "none", g.label) for g in Grade]
INTERNAL = frozenset({"grade", "permit", "assessment", "publicity", "archived"})


@dataclass(frozen=True)
class Chip:
    """One active filter and the address of the page without it."""

    label: str
    without: str


def _several(label: StrOrPromise, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _one(label: StrOrPromise, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=[("", _("all")), *choices], required=False)


class MastFilterForm(forms.Form):
    """Every filter of the register; the field names are the names in the address."""

    q = forms.CharField(label=_("Code, name, address, station"), required=False, max_length=100)
    grade = _several(_("Safety grade"), GRADES)
    owner = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Owner"), required=False
    )
    operator = forms.ModelMultipleChoiceField(
        Organisation.objects.none(), label=_("Operator"), required=False
    )
    commune = forms.ModelMultipleChoiceField(
        AdministrativeUnit.objects.none(),
        label=_("Commune or ward"),
        required=False,
        to_field_name="code",
    )
    mast_class = _several(_("Class"), MastClass.choices)
    structure = _several(_("Structure"), Structure.choices)
    status = _several(_("Operating status"), OperatingStatus.choices)
    permit = _several(_("Construction permit"), PermitStatus.choices)
    emf = _one(_("EMF certificate"), EMF_CHOICES)
    assessment = _one(_("Structural assessment"), ASSESSMENT_CHOICES)
    publicity = _several(_("Publicity"), Publicity.choices)
    archived = _one(_("Archive"), ARCHIVED_CHOICES)
    sort = forms.ChoiceField(label=_("Order"), choices=list(SORTS.items()), required=False)

    def __init__(self, data: QueryDict, *, is_public: bool) -> None:
        super().__init__(data)
        holders = Organisation.objects.filter(kind__in=MAST_HOLDERS)
        for name, rows in (
            ("owner", holders),
            ("operator", holders),
            ("commune", units_on().defer("boundary", "point")),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
            field.queryset = rows
        if is_public:
            for name in INTERNAL:
                del self.fields[name]

    def single_fields(self) -> list[forms.BoundField]:
        """Drop-down filters."""
        return [self[name] for name in ("emf", "assessment", "archived") if name in self.fields]

    def organisation_fields(self) -> list[forms.BoundField]:
        """Filters whose choices are rows of a table."""
        return [self[name] for name in ("commune", "owner", "operator")]

    def choice_fields(self) -> list[forms.BoundField]:
        """Filters with a box for each choice."""
        names = ("grade", "mast_class", "structure", "status", "permit", "publicity")
        return [self[name] for name in names if name in self.fields]

    def query(self) -> MastQuery:
        """What to look for; a value that makes no sense is left out."""
        self.is_valid()
        return MastQuery(**{name: value for name, value in self.cleaned_data.items() if value})

    def chips(self) -> list[Chip]:
        """The active filters with the address that takes each away."""
        self.is_valid()
        chips = []
        for name in self.fields:
            value = self.cleaned_data.get(name)
            if name == "sort" or not value:
                continue
            several = not isinstance(value, str)
            chips += [
                Chip(self._words(name, one), self._without(name, one))
                for one in (value if several else [value])
            ]
        return chips

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if name == "q":
            return f"“{value}”"
        words = str(value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            words = str(dict(cast("Any", field.choices)).get(value, value))
        return f"{field.label}: {words}"

    def _without(self, name: str, value: Any) -> str:
        key = str(getattr(value, "code" if name == "commune" else "pk", value))
        pairs = [
            (k, v)
            for k, values in self.data.lists()  # type: ignore[attr-defined]
            for v in values
            if k != "page" and not (k == name and v == key)
        ]
        return f"?{urlencode(pairs)}"
