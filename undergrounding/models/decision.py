"""The provincial committee's ruling, as its paper says."""

from django.contrib.gis.db.models import LineStringField
from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.constraints import chosen, not_negative
from infra.models import Attachment, User
from undergrounding.choices import CommitteeOutcome
from undergrounding.models.route import Route


class CommitteeDecision(models.Model):
    """What the provincial committee ruled on a route, as its paper says; final by trigger.

    `geometry` is the line it ruled on, `geometry_sha256` the SHA-256 of its WKB (EPSG:4326).
    """

    route = models.OneToOneField(Route, models.PROTECT, related_name="decision")
    outcome = models.CharField(_("ruling"), max_length=15, choices=CommitteeOutcome)
    number = models.CharField(_("number"), max_length=60)
    decided_on = models.DateField(_("date"))
    note = models.TextField(_("note"), blank=True)
    file = models.ForeignKey(Attachment, models.PROTECT, related_name="+")
    geometry = LineStringField(srid=4326, spatial_index=False)
    geometry_sha256 = models.CharField(max_length=64)
    length_m = models.FloatField()
    recorded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            chosen("decision", "outcome", CommitteeOutcome),
            not_negative("decision", "length_m"),
        ]
        verbose_name = _("committee decision")

    def __str__(self) -> str:
        return self.number
