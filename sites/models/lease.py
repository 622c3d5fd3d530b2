"""The landlord and what binds him: personal, for the department only."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.constraints import in_order, not_negative
from infra.ground.tracking import tracked
from infra.models.base import VersionedModel
from sites.models.mast import Mast


@tracked()
class Lease(VersionedModel):
    """A lease of land or roof; money in đồng."""

    mast = models.ForeignKey(Mast, models.CASCADE, related_name="leases")
    landlord_name = models.CharField(_("landlord"), max_length=120)
    landlord_phone = models.CharField(_("telephone"), max_length=40, blank=True)
    starts_on = models.DateField(_("from"), null=True, blank=True)
    ends_on = models.DateField(_("to"), null=True, blank=True)
    unpaid_vnd = models.DecimalField(
        _("unpaid rent, đồng"), max_digits=14, decimal_places=0, null=True, blank=True
    )
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["-starts_on"]
        constraints = [
            in_order("lease", "starts_on", "ends_on"),
            not_negative("lease", "unpaid_vnd"),
        ]
        verbose_name = _("lease")
