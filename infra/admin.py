"""The editable rows that have no page of their own: calendar, limits, procedures."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import TabularInline
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from infra.cases.clock.admin import CalendarDayAdmin
from infra.ground.standing import review_mark
from infra.models import Procedure, ProcedureComponent, RegulationLimit
from infra.people.access.admin_site import NUMBER_FIELDS, is_administrator
from infra.work.history.admin import TrackedAdmin


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


__all__ = ["CalendarDayAdmin"]
