"""Imports that were checked and wait for their sender's decision."""

from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.exchange.services import KEPT_DAYS
from infra.ground.choices import ImportState
from infra.models import ImportRun, User
from infra.people.worklist import WorkItem, WorkKind


def _checked(user: User) -> QuerySet[ImportRun] | None:
    """One's own, the soonest forgotten first."""
    rows = ImportRun.objects.filter(created_by=user, state=ImportState.CHECKED)
    return rows.defer("head", "report").order_by("created_at", "pk")


def _import(run: ImportRun, _user: User) -> WorkItem:
    return WorkItem(
        title=run.file_name,
        sentence=_("Import checked: decide on the report"),
        url=reverse("exchange:run_detail", args=[run.uuid]),
        due_on=timezone.localdate(run.created_at) + timedelta(days=KEPT_DAYS),
        state_label=run.get_state_display(),
    )


IMPORTS = WorkKind("imports", gettext_lazy("Imports to confirm"), rows=_checked, item=_import)
