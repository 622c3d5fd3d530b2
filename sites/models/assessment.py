"""Engineers' verification that a mast bears its loads (not the EMF certification)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.constraints import chosen, in_order, not_negative
from infra.ground.tracking import tracked
from infra.models.base import VersionedModel
from sites.choices import AssessmentConclusion
from sites.models.mast import Mast


@tracked()
class StructuralAssessment(VersionedModel):
    """One assessment: body, standard, utilisation (1.00 = fully used), conclusion, until when."""

    mast = models.ForeignKey(Mast, models.CASCADE, related_name="assessments")
    body = models.CharField(_("assessing body"), max_length=160)
    standard = models.CharField(_("standard"), max_length=120)
    utilisation = models.DecimalField(
        _("utilisation"), max_digits=4, decimal_places=2, null=True, blank=True
    )
    conclusion = models.CharField(_("conclusion"), max_length=20, choices=AssessmentConclusion)
    assessed_on = models.DateField(_("date"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    class Meta:
        ordering = ["-assessed_on"]
        constraints = [
            chosen("assessment", "conclusion", AssessmentConclusion),
            not_negative("assessment", "utilisation"),
            in_order("assessment", "assessed_on", "valid_until"),
        ]
        verbose_name = _("structural assessment")
