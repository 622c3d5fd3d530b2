"""The administration's history of a row: what the database kept, not what the pages remember."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from infra.people.access.admin_site import AdministratorAdmin
from infra.work.history.changes import changes_of


class TrackedAdmin(AdministratorAdmin):
    """A model under history: its page tells every change, by whatever door it came."""

    def history_view(
        self, request: HttpRequest, object_id: str, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        """Who changed the row, when, why and what, newest first."""
        row = self.get_object(request, object_id)
        if row is None:
            self.message_user(request, _("There is no such row any more."), messages.WARNING)
            return redirect("admin:index")
        if not self.has_view_permission(request, row):
            raise PermissionDenied
        context = {
            **self.admin_site.each_context(request),
            "title": _("History of %(row)s") % {"row": row},
            "opts": self.opts,
            "row": row,
            "changes": changes_of(row),
            **(extra_context or {}),
        }
        return TemplateResponse(request, "admin/row_history.html", context)
