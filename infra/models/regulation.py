"""Dated, cited, editable limits: no legal or technical number stands in code."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import Confidence, LimitKind
from infra.ground.constraints import chosen, in_order
from infra.ground.tracking import tracked

DECISION = r"\d+\s*(/\d{4})?/QĐ-"  # "12/QĐ-SKHCN", "12/2026/QĐ-UBND"


class ReviewedModel(models.Model):
    """A row of law that somebody has to look at again, and whom to ask then."""

    review_on = models.DateField(_("review on"), null=True, blank=True)
    ask = models.CharField(_("person or office to ask"), max_length=200, blank=True)

    class Meta:
        abstract = True


@tracked()
class RegulationLimit(ReviewedModel):
    """One limit of one instrument, how sure it is, and the decision that adopted it.

    `base_ended_on` is the last day of the act that the instrument itself stood on: the row is
    still shown, marked, and never blocks.
    """

    code = models.SlugField(_("code"), max_length=60, db_index=False)
    kind = models.CharField(
        _("kind"), max_length=15, choices=LimitKind, default=LimitKind.REGULATION
    )
    value = models.DecimalField(_("value"), max_digits=12, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20)
    label = models.CharField(_("label"), max_length=200)
    province = models.CharField(_("province"), max_length=60, blank=True)
    instrument = models.CharField(_("legal instrument"), max_length=200)
    citation = models.CharField(_("citation"), max_length=300, blank=True)
    confidence = models.CharField(_("confidence"), max_length=15, choices=Confidence)
    adopted_by = models.CharField(
        _("adopted by"),
        max_length=200,
        blank=True,
        help_text=_(
            "Number of the department's or the provincial committee's decision, such as "
            "12/QĐ-SKHCN. That an act holds in the whole country is no adoption."
        ),
    )
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to"), null=True, blank=True)
    base_ended_on = models.DateField(_("its base ended on"), null=True, blank=True)
    base_end_inferred = models.BooleanField(_("that end is inferred"), default=False)
    note = models.TextField(_("note"), blank=True, help_text=_("For the office; never printed."))

    class Meta:
        ordering = ["code", "valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["code", "province", "instrument", "valid_from"], name="limit_code_from"
            ),
            chosen("limit", "confidence", Confidence),
            chosen("limit", "kind", LimitKind),
            in_order("limit"),
            models.CheckConstraint(
                condition=models.Q(adopted_by="") | models.Q(adopted_by__iregex=DECISION),
                name="limit_adopted_by_decision",
                violation_error_message=_(
                    "Name the decision that adopts this row, with its number and symbol, such as "
                    "12/QĐ-SKHCN; or leave it empty."
                ),
            ),
        ]
        verbose_name = _("regulation limit")
        verbose_name_plural = _("regulation limits")

    def __str__(self) -> str:
        return f"{self.code} = {self.value} {self.unit}"
