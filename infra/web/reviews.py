"""Rows of law whose day of review has come, before the people who keep them."""

from collections.abc import Iterator

from django.db.models import F
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import Role
from infra.models import Procedure, RegulationLimit, User
from infra.people.worklist import PER_PROVIDER, WorkItem


def reviews_waiting(user: User) -> Iterator[WorkItem]:
    """Limits and procedures that are due and still hold, for administrators."""
    if not user.has_role(Role.ADMINISTRATOR):
        return
    today = timezone.localdate()
    kinds = (
        (RegulationLimit, F("label"), "admin:infra_regulationlimit_change"),
        (Procedure, F("name"), "admin:infra_procedure_change"),
    )
    for model, title, url in kinds:
        due = model.objects.filter(review_on__lte=today).exclude(valid_to__lt=today)
        rows = due.order_by("review_on", "pk").values_list("pk", title, "review_on", "ask")
        for key, name, review_on, ask in rows[: PER_PROVIDER // 2]:
            yield WorkItem(
                title=name,
                sentence=_("Review this row: does it still hold? Ask %s.") % ask
                if ask
                else _("Review this row: does it still hold?"),
                url=reverse(url, args=[key]),
                due_on=review_on,
                kind=_("Law and limits"),
            )
