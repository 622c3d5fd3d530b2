"""Positions proposed in a dossier, each with its own screening, result and expiry."""

import uuid

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.indexes import GistIndex
from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.constraints import chosen, not_negative
from infra.ground.expressions import Geography
from infra.ground.tracking import tracked
from infra.models import Dossier, Person, User
from infra.models.base import VersionedModel
from sites.choices import Footing, MastClass, Outcome, RelocationReason, Structure
from sites.models.mast import Mast


class CandidateQuerySet(models.QuerySet["CandidateLocation"]):
    """Candidate locations, narrowed through their dossiers."""

    def visible_to(self, user: Person) -> "CandidateQuerySet":
        """Those whose dossier the person may see."""
        return self.filter(dossier__in=Dossier.objects.visible_to(user))


@tracked()
class CandidateLocation(VersionedModel):
    """One proposed position (EPSG:4326): a new one, or the new place of an existing mast."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    dossier = models.ForeignKey(Dossier, models.CASCADE, related_name="candidates")
    order = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("station name"), max_length=120)
    address = models.CharField(_("address"), max_length=250, blank=True)
    declared_unit = models.CharField(_("commune as declared"), max_length=120, blank=True)
    point = PointField(_("position"), srid=4326, spatial_index=False)
    coordinate_text = models.CharField(_("coordinates as given"), max_length=200, blank=True)
    old_mast = models.ForeignKey(
        Mast, models.PROTECT, null=True, blank=True, related_name="relocations"
    )
    relocation_reason = models.CharField(
        _("reason for moving"), max_length=20, choices=RelocationReason, blank=True
    )
    mast_class = models.CharField(_("class"), max_length=3, choices=MastClass)
    structure = models.CharField(_("structure"), max_length=20, choices=Structure)
    footing = models.CharField(_("footing"), max_length=10, choices=Footing, default=Footing.GROUND)
    height_m = models.DecimalField(_("mast height, m"), max_digits=5, decimal_places=1)
    building_height_m = models.DecimalField(
        _("building height, m"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    eirp_w = models.DecimalField(
        _("radiated power (EIRP), W"), max_digits=9, decimal_places=1, null=True, blank=True
    )
    outcome = models.CharField(_("result"), max_length=25, choices=Outcome, blank=True)
    outcome_reason = models.TextField(_("reason or conditions"), blank=True)
    share_with = models.ForeignKey(
        Mast, models.PROTECT, null=True, blank=True, related_name="sharing_requests"
    )
    proposed_point = PointField(
        _("adjusted position"), srid=4326, null=True, blank=True, spatial_index=False
    )
    override_reason = models.TextField(_("reason for overriding a blocking finding"), blank=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField(null=True, blank=True)
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    objects = CandidateQuerySet.as_manager()

    class Meta:
        ordering = ["dossier", "order"]
        indexes = [
            GistIndex(fields=["point"], name="candidate_point_gist"),
            GistIndex(Geography("point"), name="candidate_geog_gist"),
        ]
        constraints = [
            chosen("candidate", "mast_class", MastClass),
            chosen("candidate", "structure", Structure),
            chosen("candidate", "footing", Footing),
            chosen("candidate", "relocation_reason", RelocationReason, blank=True),
            chosen("candidate", "outcome", Outcome, blank=True),
            not_negative("candidate", "height_m", "building_height_m", "eirp_w"),
        ]
        verbose_name = _("candidate location")

    def __str__(self) -> str:
        return self.name


@tracked(deletions_only=True)
class Screening(models.Model):
    """One run of the rules on a candidate, frozen: findings, limits and dataset versions used.

    `subject` is what was judged (place, heights, class): a screening is fresh while the candidate
    still says the same. `scope` names whose sight of the masts it was measured in.
    """

    candidate = models.ForeignKey(CandidateLocation, models.CASCADE, related_name="screenings")
    candidate_version = models.PositiveIntegerField()
    scope = models.CharField(max_length=40, default="all")
    subject = models.JSONField(default=dict)
    as_of = models.DateField()
    findings = models.JSONField(default=list)
    datasets = models.JSONField(default=dict)
    ran_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    ran_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-ran_at"]
        get_latest_by = "ran_at"
