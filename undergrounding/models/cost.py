"""Unit costs, entered by people with their source."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import Confidence
from infra.ground.constraints import chosen, in_order, not_negative
from infra.ground.tracking import tracked
from infra.models import User
from infra.models.base import VersionedModel
from undergrounding.choices import Method


@tracked()
class CostRate(VersionedModel):
    """A unit cost somebody entered with its source; none stands by default (no sure figure)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    method = models.CharField(_("method"), max_length=25, choices=Method)
    vnd_per_m = models.DecimalField(_("đồng per metre"), max_digits=14, decimal_places=0)
    source = models.CharField(_("source"), max_length=250)
    confidence = models.CharField(_("confidence"), max_length=15, choices=Confidence)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    entered_by = models.ForeignKey(
        User, models.PROTECT, null=True, editable=False, related_name="+"
    )

    class Meta:
        ordering = ["method", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["method", "valid_from"],
                name="rate_method_from",
                violation_error_message=_(
                    "This method has a rate from that date. Edit it, or choose another date."
                ),
            ),
            chosen("rate", "method", Method),
            chosen("rate", "confidence", Confidence),
            not_negative("rate", "vnd_per_m"),
            in_order("rate"),
        ]
        verbose_name = _("cost rate")

    def __str__(self) -> str:
        return f"{self.get_method_display()}: {self.vnd_per_m}"
