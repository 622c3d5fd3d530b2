"""The register's filters: read from the address, refused quietly when they make no sense."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
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
from sites.register.selectors.choices import Offers, commune_offers, holder_offers
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
GROUPS: tuple[tuple[StrOrPromise, tuple[str, ...]], ...] = (
    (_("Safety"), ("grade", "assessment")),
    (_("Where it stands"), ("commune",)),
    (_("Whose it is"), ("owner", "operator")),
    (_("The mast"), ("mast_class", "structure", "status")),
    (_("Papers"), ("permit", "emf")),
    (_("Record"), ("publicity", "archived")),
)
OPEN_AT_FIRST = 2


@dataclass(frozen=True)
class Chip:
    """One active filter and the address of the page without it."""

    label: str
    without: str


@dataclass(frozen=True)
class Group:
    """Filters that belong together; `count` of them are in use."""

    title: StrOrPromise
    fields: list[forms.BoundField]
    count: int
    is_open: bool


class Picker(forms.SelectMultiple):
    """A list to choose several from, grouped; a script makes it one to type in (js/picker.js).

    Each choice carries the other words it is found by. The offers are read when it is drawn.
    """

    template_name = "sites/register/picker.html"
    offers: Callable[[], Offers]

    def __init__(self) -> None:
        super().__init__({"class": "form-select", "size": 6})

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        self.choices = []  # the field's own would be read and drawn a second time
        context = super().get_context(name, value, attrs)
        offers = self.offers()
        chosen = {str(one) for one in value or ()}
        context["widget"] |= {
            "groups": [
                (kind, [(one, one.value in chosen) for one in group]) for kind, group in offers
            ],
            "total": sum(len(group) for _kind, group in offers),
        }
        return context


def _several(label: StrOrPromise, choices: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label, choices=choices, required=False, widget=forms.CheckboxSelectMultiple
    )


def _one(label: StrOrPromise, choices: Choices) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=label,
        choices=[("", _("all")), *choices],
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )


def _rows(
    label: StrOrPromise, model: Any, key: str | None = None
) -> forms.ModelMultipleChoiceField[Any]:
    return forms.ModelMultipleChoiceField(
        model.objects.none(), label=label, required=False, to_field_name=key, widget=Picker()
    )


def lowered(label: str) -> str:
    """A label inside a sentence: names such as EMF keep their capitals."""
    return label[:1].lower() + label[1:]


class MastFilterForm(forms.Form):
    """Every filter of the register; the field names are the names in the address."""

    q = forms.CharField(label=_("Code, name, address, station"), required=False, max_length=100)
    grade = _several(_("Safety grade"), GRADES)
    owner = _rows(_("Owner"), Organisation)
    operator = _rows(_("Operator"), Organisation)
    commune = _rows(_("Commune or ward"), AdministrativeUnit, "code")
    mast_class = _several(_("Class"), MastClass.choices)
    structure = _several(_("Structure"), Structure.choices)
    status = _several(_("Operating status"), OperatingStatus.choices)
    permit = _several(_("Construction permit"), PermitStatus.choices)
    emf = _one(_("EMF certificate"), EMF_CHOICES)
    assessment = _one(_("Structural assessment"), ASSESSMENT_CHOICES)
    publicity = _several(_("Publicity"), Publicity.choices)
    archived = _one(_("Archive"), ARCHIVED_CHOICES)
    sort = forms.ChoiceField(
        label=_("Order"),
        choices=list(SORTS.items()),
        required=False,
        widget=forms.Select({"class": "form-select"}),
    )

    def __init__(self, data: QueryDict, *, is_public: bool) -> None:
        super().__init__(data)
        holders = Organisation.objects.filter(kind__in=MAST_HOLDERS)
        offered_once = cache(holder_offers)
        for name, rows, offers in (
            ("owner", holders, offered_once),
            ("operator", holders, offered_once),
            ("commune", units_on().defer("boundary", "point"), commune_offers),
        ):
            field = self.fields[name]
            assert isinstance(field, forms.ModelMultipleChoiceField)  # noqa: S101 - declared above
            field.queryset = rows
            field.widget.offers = offers
        if is_public:
            for name in INTERNAL:
                del self.fields[name]

    def groups(self) -> list[Group]:
        """The filters as the panel shows them; what is in use stands open."""
        self.is_valid()
        shown: list[Group] = []
        for title, names in GROUPS:
            fields = [self[name] for name in names if name in self.fields]
            count = sum(len(self._values(field.name)) for field in fields)
            if fields:
                is_open = bool(count) or len(shown) < OPEN_AT_FIRST
                shown.append(Group(title, fields, count, is_open))
        return shown

    def count(self) -> int:
        """How many values are chosen in the panel; what is typed stands beside it."""
        return sum(group.count for group in self.groups())

    def query(self) -> MastQuery:
        """What to look for; a value that makes no sense is left out."""
        self.is_valid()
        return MastQuery(**{name: value for name, value in self.cleaned_data.items() if value})

    def address(self) -> str:
        """What was asked, as it stands in an address: without page, map view and odd words."""
        return urlencode(self._pairs())

    def chips(self) -> list[Chip]:
        """The active filters with the address that takes each away."""
        self.is_valid()
        return [
            Chip(self._words(name, one), self._without(name, one))
            for name in self.fields
            if name != "sort"
            for one in self._values(name)
        ]

    def labels(self) -> dict[str, str]:
        """The words for each filter in use, `q` without its example words."""
        self.is_valid()
        used = [name for name in self.fields if name != "sort" and self._values(name)]
        return {
            name: str(_("words typed")) if name == "q" else lowered(str(self.fields[name].label))
            for name in used
        }

    def _values(self, name: str) -> list[Any]:
        value = self.cleaned_data.get(name)
        if not value:
            return []
        return [value] if isinstance(value, str) else list(value)

    def _words(self, name: str, value: Any) -> str:
        field = self.fields[name]
        if name == "q":
            return f"“{value}”"
        words = str(value)
        if isinstance(field, forms.ChoiceField) and not isinstance(field, forms.ModelChoiceField):
            words = str(dict(cast("Any", field.choices)).get(value, value))
        return f"{field.label}: {words}"

    def _pairs(self) -> list[tuple[str, str]]:
        lists = self.data.lists()  # type: ignore[attr-defined]
        return [(k, v) for k, values in lists for v in values if k in self.fields and v]

    def _without(self, name: str, value: Any) -> str:
        key = str(getattr(value, "code" if name == "commune" else "pk", value))
        return f"?{urlencode([pair for pair in self._pairs() if pair != (name, key)])}"
