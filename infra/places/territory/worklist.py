"""Layers and boundaries that were tried and wait for their sender's decision."""

from datetime import timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import ImportState
from infra.models import LayerLoad, User
from infra.people.worklist import WorkItem, WorkKind
from infra.places.territory.loads import KEPT_DAYS, LAYER_ROLES


def _tried(user: User) -> QuerySet[LayerLoad] | None:
    """One's own, the soonest forgotten first."""
    if not user.has_role(*LAYER_ROLES):
        return None
    rows = LayerLoad.objects.filter(created_by=user, state=ImportState.CHECKED)
    return rows.defer("report").order_by("created_at", "pk")


def _load(load: LayerLoad, _user: User) -> WorkItem:
    return WorkItem(
        title=load.file_name,
        sentence=_("%(layer)s: the trial is done, decide on what it found")
        % {"layer": load.target},
        url=reverse("territory:load_detail", args=[load.uuid]),
        due_on=timezone.localdate(load.created_at) + timedelta(days=KEPT_DAYS),
        state_label=load.get_state_display(),
    )


LOADS = WorkKind("layer-loads", gettext_lazy("Layers to confirm"), rows=_tried, item=_load)
