"""The scheme a route belongs to, with the figures of its plan."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from infra.ground.choices import Confidence
from infra.ground.constraints import chosen, in_order, not_negative


class Scheme(models.Model):
    """A plan or scheme, e.g. KH 240/KH-UBND of 14/10/2020."""

    code = models.SlugField(max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=250)
    instrument = models.CharField(pgettext_lazy("of law", "instrument"), max_length=200)
    starts_on = models.DateField()
    ends_on = models.DateField()

    class Meta:
        constraints = [
            in_order("scheme", "starts_on", "ends_on"),
        ]

    def __str__(self) -> str:
        return self.name


class PlanFigure(models.Model):
    """Routes and kilometres that a phase of the scheme names, as published."""

    scheme = models.ForeignKey(Scheme, models.CASCADE, related_name="figures")
    phase = models.CharField(_("phase"), max_length=80)
    from_year = models.PositiveSmallIntegerField()
    to_year = models.PositiveSmallIntegerField()
    area = models.CharField(_("area"), max_length=200, blank=True)
    route_count = models.PositiveIntegerField(_("routes"))
    length_km = models.DecimalField(_("length, km"), max_digits=8, decimal_places=2)
    source = models.CharField(_("source"), max_length=200)
    confidence = models.CharField(max_length=15, choices=Confidence)

    class Meta:
        ordering = ["from_year"]
        constraints = [
            chosen("figure", "confidence", Confidence),
            in_order("figure", "from_year", "to_year"),
            not_negative("figure", "length_km"),
        ]
