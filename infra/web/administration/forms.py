"""What administrators type in; each form says what would be wrong before it is written."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import DEPARTMENT_ROLES, DocumentType, OrganisationKind, Role, SignMode
from infra.ground.number_field import DateField, number_fields
from infra.models import Organisation, SigningAuthority, User

PUBLIC_BODIES = frozenset({OrganisationKind.DEPARTMENT, OrganisationKind.COMMITTEE})
COMPANIES = frozenset(
    {
        OrganisationKind.OPERATOR,
        OrganisationKind.TOWER_COMPANY,
        OrganisationKind.CABLE_TV,
        OrganisationKind.POWER_COMPANY,
    }
)
IDENTITY_CHECKS = (
    ("in_person", _("met in person, identity card seen")),
    ("call_back", _("called back on the number that the office has on file")),
    ("letter", _("written request signed by the head of their office")),
)


class WhyForm(forms.Form):
    """The reason of an act, kept in the history; the version the person saw travels along."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    why = forms.CharField(
        label=_("Reason"),
        max_length=300,
        help_text=_("Decision, letter or request, with number and date. It stays in the history."),
    )


class RowForm(forms.ModelForm):  # type: ignore[type-arg]
    """A row with the reason of its change."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    why = forms.CharField(
        label=_("Reason of this change"),
        max_length=300,
        help_text=_("Decision, letter or request, with number and date. It stays in the history."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self.instance.version

    def data_for_service(self) -> dict[str, Any]:
        """The checked values by field name."""
        return {name: self.cleaned_data[name] for name in self.Meta.fields}  # type: ignore[attr-defined]


class PersonForm(RowForm):
    """Name, address, organisation and roles of a person."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Without a role a person signs in and sees what the public sees."),
    )

    class Meta:
        model = User
        fields: ClassVar[list[str]] = ["full_name", "email", "title", "organisation", "roles"]
        help_texts: ClassVar[dict[str, Any]] = {
            "email": _("They sign in with it; the invitation goes there."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        bodies: Any = self.fields["organisation"]
        standing = Organisation.objects.filter(is_active=True)
        bodies.queryset = standing | Organisation.objects.filter(pk=self.instance.organisation_id)
        bodies.required = True

    def clean_email(self) -> str:
        """In lower case, and nobody else's."""
        email = str(self.cleaned_data["email"]).lower()
        others = User.objects.filter(email__iexact=email).exclude(pk=self.instance.pk)
        if taken := others.first():
            raise ValidationError(
                _("%(person)s has this address already%(closed)s. Open that account instead.")
                % {
                    "person": taken.full_name,
                    "closed": "" if taken.is_active else _(" (a closed account)"),
                }
            )
        return email

    def clean(self) -> dict[str, Any]:
        """Roles fit the organisation: nobody of a company reads as the department does."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        body, roles = told.get("organisation"), set(told.get("roles", []))
        if body is None:
            return told
        inside = roles & {role.value for role in DEPARTMENT_ROLES}
        if inside and body.kind not in PUBLIC_BODIES:
            labels = ", ".join(str(Role(role).label) for role in Role if role in inside)
            self.add_error(
                "roles",
                _("%(roles)s: only for people of the department. %(body)s is not part of it.")
                % {"roles": labels, "body": body.short_name},
            )
        if Role.OPERATOR in roles and body.kind not in COMPANIES:
            self.add_error(
                "roles",
                _("The operator's role is for people of a company. %(body)s is none.")
                % {"body": body.short_name},
            )
        return told


class OrganisationForm(RowForm):
    """A public body or a company, as papers and lists name it."""

    class Meta:
        model = Organisation
        fields: ClassVar[list[str]] = [
            "name",
            "short_name",
            "kind",
            "code",
            "unit",
            "email",
            "phone",
            "address",
            "is_active",
        ]
        help_texts: ClassVar[dict[str, Any]] = {
            "name": _("As in its decision of establishment or enterprise registration."),
            "short_name": _("What lists and maps show."),
            "kind": _("It decides what its people may see."),
            "code": _("Small letters, digits and hyphens; imports name the organisation by it."),
            "unit": _("For the committee of a commune or ward: which one."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["unit"]
        communes = units.queryset.filter(level=3).defer("boundary")
        units.queryset = (
            communes.filter(valid_to=None) | communes.filter(pk=self.instance.unit_id)
        ).order_by("name")

    def clean(self) -> dict[str, Any]:
        """A commune's committee belongs to a commune; only one stands for each."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        unit = told.get("unit")
        if told.get("kind") == OrganisationKind.COMMUNE and not unit:
            self.add_error("unit", _("Choose the commune or ward of this committee."))
        if told.get("kind") != OrganisationKind.COMMUNE and unit:
            self.add_error("unit", _("Only the committee of a commune or ward has one."))
        return told


class AuthorityForm(RowForm):
    """Who may sign which documents, on whose behalf, from when to when, by which paper."""

    class Meta:
        model = SigningAuthority
        fields: ClassVar[list[str]] = [
            "person",
            "document_type",
            "mode",
            "signing_title",
            "superior_title",
            "delegated_by",
            "valid_from",
            "valid_to",
            "source",
        ]
        formfield_callback = number_fields()
        help_texts: ClassVar[dict[str, Any]] = {
            "signing_title": _("In capitals as on paper: GIÁM ĐỐC, PHÓ GIÁM ĐỐC."),
            "superior_title": _("For KT., TL. and TUQ.: the title on whose behalf is signed."),
            "delegated_by": _("For TL. and TUQ.: who gave the authority."),
            "valid_to": _("Leave empty while it holds; TUQ. always has a last day."),
            "source": _("Number, date and issuer of the decision or of the written authorisation."),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        signers = User.objects.filter(is_active=True, organisation__kind__in=PUBLIC_BODIES)
        for name, held in (
            ("person", self.instance.person_id),
            ("delegated_by", self.instance.delegated_by_id),
        ):
            people: Any = self.fields[name]
            people.queryset = signers | User.objects.filter(
                pk=held, organisation__kind__in=PUBLIC_BODIES
            )

    def clean(self) -> dict[str, Any]:
        """The rules of NĐ 30/2020/NĐ-CP, Article 13."""
        told: dict[str, Any] = super().clean() or self.cleaned_data
        mode, first, last = told.get("mode"), told.get("valid_from"), told.get("valid_to")
        if first and last and last < first:
            self.add_error("valid_to", _("The last day lies before the first."))
        if mode in {SignMode.KT, SignMode.TL, SignMode.TUQ} and not told.get("superior_title"):
            self.add_error("superior_title", _("Say on whose behalf: the title of the superior."))
        if mode in {SignMode.TL, SignMode.TUQ}:
            self._check_delegation(told)
        elif told.get("delegated_by"):
            self.add_error("delegated_by", _("Only for TL. and TUQ.; leave it empty here."))
        if mode == SignMode.TUQ and not last:
            self.add_error("valid_to", _("A written authorisation (TUQ.) has a last day."))
        if told.get("person") and first:
            self._check_overlap(told)
        return told

    def _check_delegation(self, told: dict[str, Any]) -> None:
        giver, first, last = (told.get(n) for n in ("delegated_by", "valid_from", "valid_to"))
        document = told.get("document_type", "")
        if giver is None:
            self.add_error("delegated_by", _("Say who gave this authority."))
        elif giver == told.get("person"):
            self.add_error("delegated_by", _("Nobody gives authority to themselves."))
        elif first and document and not _may_give(giver, document, first, last):
            self.add_error(
                "delegated_by",
                _(
                    "%(person)s has no authority of their own for %(document)s through all these"
                    " days. Who signs TL. or TUQ. cannot pass it on."
                )
                % {"person": giver, "document": DocumentType(document).label},
            )

    def _check_overlap(self, told: dict[str, Any]) -> None:
        last = told.get("valid_to")
        rows = SigningAuthority.objects.filter(
            person=told["person"], document_type=told.get("document_type", "")
        ).exclude(pk=self.instance.pk)
        for row in rows:
            begins_later = last and row.valid_from > last
            if not begins_later and (not row.valid_to or row.valid_to >= told["valid_from"]):
                raise ValidationError(
                    _(
                        "%(person)s may sign this already in these days (%(source)s). End that"
                        " competence first."
                    )
                    % {"person": row.person, "source": row.source}
                )


class EndForm(WhyForm):
    """The last day of a competence."""

    last_day = DateField(label=_("Last day"))
    field_order = ["last_day", "why"]


class ResetForm(WhyForm):
    """How the person was known to be who they say, and why."""

    identity_check = forms.ChoiceField(
        label=_("How did you check who asks?"), choices=IDENTITY_CHECKS, widget=forms.RadioSelect
    )
    field_order = ["identity_check", "why"]

    def check_in_words(self) -> str:
        """The chosen way in words."""
        return str(dict(IDENTITY_CHECKS)[self.cleaned_data["identity_check"]])


class PeopleFilterForm(forms.Form):
    """The filters of the list of people; names are those of the address."""

    q = forms.CharField(label=_("Name, e-mail, job title"), required=False, max_length=100)
    role = forms.ChoiceField(
        label=_("Role"), required=False, choices=[("", _("all")), *Role.choices]
    )
    organisation = forms.ModelChoiceField(
        Organisation.objects.filter(people__isnull=False).distinct(),
        label=_("Organisation"),
        required=False,
        empty_label=_("all"),
    )
    state = forms.ChoiceField(
        label=_("Account"),
        required=False,
        choices=[("open", _("open")), ("closed", _("closed")), ("all", _("all"))],
    )


def _may_give(giver: User, document_type: str, first: Any, last: Any) -> bool:
    own = giver.signing_authorities.filter(
        document_type=document_type, valid_from__lte=first
    ).exclude(mode__in=[SignMode.TL, SignMode.TUQ])
    return any(not row.valid_to or (last and row.valid_to >= last) for row in own)
