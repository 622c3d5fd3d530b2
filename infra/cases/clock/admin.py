"""The calendar in the administration: a changed day moves the due dates of open dossiers."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.forms import ModelForm
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from infra.cases.clock.dossiers import recompute_open
from infra.models import CalendarDay
from infra.people.access.admin_site import AdministratorAdmin


@admin.register(CalendarDay)
class CalendarDayAdmin(AdministratorAdmin):
    """Days off, days in lieu, working Saturdays."""

    list_display = ("date", "kind", "name", "source")
    list_filter = ("kind", "date")
    date_hierarchy = "date"
    search_fields = ("name",)
    actions = ("recompute",)

    def save_model(
        self, request: HttpRequest, obj: CalendarDay, form: "ModelForm[CalendarDay]", change: bool
    ) -> None:
        """Store the day, then recompute."""
        super().save_model(request, obj, form, change)
        self._recompute(request)

    def delete_model(self, request: HttpRequest, obj: CalendarDay) -> None:
        """Delete the day, then recompute."""
        super().delete_model(request, obj)
        self._recompute(request)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[CalendarDay]) -> None:
        """Delete the days, then recompute."""
        super().delete_queryset(request, queryset)
        self._recompute(request)

    @admin.action(description=_("Recompute due dates of open dossiers"))
    def recompute(self, request: HttpRequest, queryset: Any) -> None:
        """For who changed days by other doors."""
        self._recompute(request)

    def _recompute(self, request: HttpRequest) -> None:
        moved = recompute_open()
        text = ngettext(
            "%(n)d dossier has a new due date.", "%(n)d dossiers have a new due date.", moved
        )
        self.message_user(request, text % {"n": moved}, messages.INFO)
