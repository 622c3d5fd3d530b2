"""Repairs that were completed on a mast: who, when, what, with the paper that shows it."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.tracking import tracked
from infra.models import Person, User
from infra.models.base import VersionedModel
from sites.models.mast import Mast


class RepairQuerySet(models.QuerySet["Repair"]):
    """Repairs, narrowed to what a person may see."""

    def standing(self) -> "RepairQuerySet":
        """Those that were not withdrawn."""
        return self.filter(withdrawn_at=None)

    def visible_to(self, user: Person) -> "RepairQuerySet":
        """The department's own papers: nobody else reads them."""
        return self.all() if user.is_authenticated and user.is_department else self.none()


@tracked()
class Repair(VersionedModel):
    """One completed repair. It lifts dangers, so it is never edited: a wrong one is withdrawn."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mast = models.ForeignKey(Mast, models.PROTECT, related_name="repairs")
    completed_at = models.DateTimeField(_("completed at"))
    done_by = models.CharField(_("carried out by"), max_length=200)
    what = models.TextField(_("what was done"), max_length=4000)
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+", editable=False)
    withdrawn_at = models.DateTimeField(null=True, editable=False)
    withdrawal_reason = models.CharField(max_length=300, blank=True, editable=False)

    objects = RepairQuerySet.as_manager()

    class Meta:
        ordering = ["-completed_at"]
        verbose_name = _("completed repair")

    def __str__(self) -> str:
        return self.what[:80]
