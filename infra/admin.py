"""The editable rows that have no page of their own: calendar, limits, procedures."""

from typing import Any

from django.contrib import admin
from django.contrib.admin import TabularInline
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from infra.cases.clock.admin import CalendarDayAdmin
from infra.ground.standing import review_mark
from infra.models import NoticeDelivery, Procedure, ProcedureComponent, RegulationLimit
from infra.people.access.admin_site import NUMBER_FIELDS, AdministratorAdmin, is_administrator
from infra.people.deliveries import send_again
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


@admin.register(NoticeDelivery)
class NoticeDeliveryAdmin(AdministratorAdmin):
    """What went out by mail, what waits, what was given up and why; nothing is edited."""

    list_display = ["notice_subject", "recipient", "channel", "state", "attempts", "sent_at"]
    list_filter = ["state", "channel"]
    search_fields = ["notice__subject", "notice__recipient__full_name"]
    list_select_related = ["notice__recipient"]
    actions = ["send_again"]

    @admin.display(description=_("subject"))
    def notice_subject(self, row: NoticeDelivery) -> str:
        """What the letter is about."""
        return row.notice.subject

    @admin.display(description=_("recipient"))
    def recipient(self, row: NoticeDelivery) -> str:
        """To whom."""
        return str(row.notice.recipient)

    @admin.action(description=_("Send again what was not sent"))
    def send_again(self, request: HttpRequest, queryset: QuerySet[NoticeDelivery]) -> None:
        """Let the chosen ones wait for the worker again."""
        count = send_again(queryset)
        words = ngettext("%(n)d letter waits to be sent.", "%(n)d letters wait to be sent.", count)
        self.message_user(request, words % {"n": count})

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Nobody."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Reading and sending again only; the list's actions need the right to see."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Nobody."""
        return False


__all__ = ["CalendarDayAdmin"]
