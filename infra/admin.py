"""The editable rows that have no page of their own: calendar, limits, procedures."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import TabularInline
from django.http import HttpRequest

from infra.cases.clock.admin import CalendarDayAdmin
from infra.models import Procedure, ProcedureComponent, RegulationLimit
from infra.people.access.admin_site import AdministratorAdmin, is_administrator


@admin.register(RegulationLimit)
class RegulationLimitAdmin(AdministratorAdmin):
    """Limits with their instrument; a changed rule is a new row with its own dates."""

    list_display = ["code", "value", "unit", "instrument", "confidence", "adopted_by", "valid_from"]
    list_filter = ["confidence", "province"]
    search_fields = ["code", "label", "instrument"]


class ComponentInline(TabularInline):  # type: ignore[type-arg]
    """The papers a procedure asks for."""

    model = ProcedureComponent
    extra = 0

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return is_administrator(request.user)

    has_view_permission = has_change_permission = has_delete_permission = has_add_permission


@admin.register(Procedure)
class ProcedureAdmin(AdministratorAdmin):
    """How requests are handled between two dates."""

    list_display = ["name", "kind", "working_days", "is_published", "valid_from", "valid_to"]
    inlines = [ComponentInline]


__all__ = ["CalendarDayAdmin"]
