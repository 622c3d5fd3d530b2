"""Rows of law whose day of review has come, before the people who keep them."""

from functools import partial
from typing import Any

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import Role
from infra.models import Procedure, RegulationLimit, User
from infra.people.worklist import WorkItem, WorkKind


def due_for_review(model: type[Model]) -> QuerySet[Any]:
    """Rows that are due and still hold, the longest due first."""
    today = timezone.localdate()
    rows = model._default_manager.filter(review_on__lte=today).exclude(valid_to__lt=today)
    return rows.order_by("review_on", "pk")


def _kept_by(user: User, model: type[Model]) -> QuerySet[Any] | None:
    return due_for_review(model) if user.has_role(Role.ADMINISTRATOR) else None


def _review(row: Any, _user: User) -> WorkItem:
    is_limit = isinstance(row, RegulationLimit)
    page = "admin:infra_regulationlimit_change" if is_limit else "admin:infra_procedure_change"
    return WorkItem(
        title=row.label if is_limit else row.name,
        sentence=_("Review this row: does it still hold? Ask %s.") % row.ask
        if row.ask
        else _("Review this row: does it still hold?"),
        url=reverse(page, args=[row.pk]),
        due_on=row.review_on,
    )


def _kind(key: str, label: Any, model: type[Model]) -> WorkKind:
    return WorkKind(key, label, rows=partial(_kept_by, model=model), item=_review)


KINDS = (
    _kind("limit-reviews", gettext_lazy("Limits to review"), RegulationLimit),
    _kind("procedure-reviews", gettext_lazy("Procedures to review"), Procedure),
)
