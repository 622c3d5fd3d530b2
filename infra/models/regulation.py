"""Dated, cited, editable limits: no legal or technical number stands in code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import Confidence
from infra.ground.constraints import chosen, in_order
from infra.ground.tracking import tracked


@tracked()
class RegulationLimit(models.Model):
    """One limit of one instrument, how sure it is, and the decision that adopted it."""

    code = models.SlugField(_("code"), max_length=60, db_index=False)
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20)
    label = models.CharField(_("label"), max_length=200)
    province = models.CharField(_("province"), max_length=60, blank=True)
    instrument = models.CharField(_("legal instrument"), max_length=200)
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=15, choices=Confidence)
    adopted_by = models.CharField(_("adopted by"), max_length=200, blank=True)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    note = models.TextField(_("note"), blank=True)

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "province", "instrument", "valid_from"], name="limit_code_from"
            ),
            chosen("limit", "confidence", Confidence),
            in_order("limit"),
        ]
        verbose_name = _("regulation limit")
        verbose_name_plural = _("regulation limits")

    def __str__(self) -> str:
        return f"{self.code} = {self.value} {self.unit}"
