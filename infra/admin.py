"""The editable rows of the ground floor: organisations, people, calendar, limits, procedures."""

from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin import TabularInline
from django.contrib.auth.forms import AdminUserCreationForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from infra.cases.clock.admin import CalendarDayAdmin
from infra.ground.choices import Role
from infra.ground.standing import review_mark
from infra.models import (
    Organisation,
    Procedure,
    ProcedureComponent,
    RegulationLimit,
    SigningAuthority,
    User,
)
from infra.people.access.admin_site import NUMBER_FIELDS, AdministratorAdmin, is_administrator
from infra.work.history.admin import TrackedAdmin


class PersonForm(forms.ModelForm):  # type: ignore[type-arg]
    """Roles as a list of boxes to tick."""

    roles = forms.MultipleChoiceField(
        label=_("roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = User
        fields = [
            "email",
            "full_name",
            "title",
            "organisation",
            "roles",
            "notify_by_email",
            "is_active",
        ]


class NewPersonForm(AdminUserCreationForm):  # type: ignore[type-arg]
    """A person with a first password, or none yet."""

    roles = forms.MultipleChoiceField(
        label=_("roles"),
        choices=Role.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    class Meta:
        model = User
        fields = ["email", "full_name", "title", "organisation", "roles"]


@admin.register(User)
class PersonAdmin(AdministratorAdmin):
    """People are closed, never deleted: their acts stay signed with their name."""

    list_display = ["full_name", "email", "organisation", "role_names", "is_active"]
    list_filter = ["is_active", "organisation__kind"]
    search_fields = ["full_name", "email"]
    autocomplete_fields = ["organisation"]
    list_select_related = ["organisation"]

    @admin.display(description=_("roles"))
    def role_names(self, person: User) -> str:
        """The roles in words."""
        return ", ".join(str(Role(role).label) for role in person.roles)

    def get_form(
        self, request: HttpRequest, obj: User | None = None, change: bool = False, **kwargs: Any
    ) -> type[forms.ModelForm]:  # type: ignore[type-arg]
        """Another form for a new person, with a first password."""
        kwargs["form"] = PersonForm if change else NewPersonForm
        return super().get_form(request, obj, change, **kwargs)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


@admin.register(Organisation)
class OrganisationAdmin(AdministratorAdmin):
    """Departments, companies, communes."""

    list_display = ["short_name", "name", "kind", "is_active"]
    list_filter = ["kind", "is_active"]
    search_fields = ["short_name", "name", "code"]
    raw_id_fields = ["unit"]


@admin.register(RegulationLimit)
class RegulationLimitAdmin(TrackedAdmin):
    """Limits with their instrument; a changed rule is a new row with its own dates."""

    list_display = [
        *("code", "value", "unit", "instrument", "confidence", "adopted_by", "valid_from"),
        *("review", "ask"),
    ]
    list_filter = ["kind", "confidence", "province", "review_on"]
    search_fields = ["code", "label", "instrument"]

    @admin.display(description=_("review on"), ordering="review_on")
    def review(self, row: RegulationLimit) -> str:
        """The day, marked once it has come."""
        return review_mark(row.review_on)


class ComponentInline(TabularInline):  # type: ignore[type-arg]
    """The papers a procedure asks for."""

    model = ProcedureComponent
    extra = 0
    formfield_overrides = NUMBER_FIELDS

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request.user)

    has_view_permission = has_change_permission = has_delete_permission = has_add_permission


@admin.register(Procedure)
class ProcedureAdmin(TrackedAdmin):
    """How requests are handled between two dates."""

    list_display = [
        *("name", "kind", "working_days", "is_published", "valid_from", "valid_to"),
        *("review", "ask"),
    ]
    inlines = [ComponentInline]

    @admin.display(description=_("review on"), ordering="review_on")
    def review(self, row: Procedure) -> str:
        """The day, marked once it has come."""
        return review_mark(row.review_on)


@admin.register(SigningAuthority)
class SigningAuthorityAdmin(AdministratorAdmin):
    """Who may sign what, on whose behalf, from when to when."""

    list_display = ["person", "document_type", "mode", "signing_title", "valid_from", "valid_to"]
    list_filter = ["document_type"]
    autocomplete_fields = ["person"]


__all__ = ["CalendarDayAdmin"]
