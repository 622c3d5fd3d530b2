"""Stations of operators on a mast, and their antennas."""

import uuid

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infra.ground.constraints import all_chosen, chosen, not_negative
from infra.ground.tracking import tracked
from infra.models import Organisation
from infra.models.base import VersionedModel
from sites.choices import OperatingStatus, Technology
from sites.models.mast import Mast

# Without a join, so that no plan made for one station is used for very many.
MASTS_OF_MOVED = """
    SELECT mast_id FROM (
        (SELECT mast_id, operator_id FROM old_rows
            EXCEPT ALL SELECT mast_id, operator_id FROM new_rows)
        UNION ALL (SELECT mast_id, operator_id FROM new_rows
            EXCEPT ALL SELECT mast_id, operator_id FROM old_rows)
    ) AS moved
"""


def _viewers_trigger(name: str, operation: pgtrigger.Operation, rows: str) -> pgtrigger.Trigger:
    """After a statement, compute the viewers of each touched mast again, where they differ.

    The masts are locked first: whoever writes stations of one mast at the same time waits, and then
    reads what the other has written.
    """
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(  # type: ignore[no-untyped-call]
            new="new_rows" if "new_rows" in rows else None,
            old="old_rows" if "old_rows" in rows else None,
        ),
        func=f"""
        PERFORM FROM sites_mast WHERE id IN ({rows}) ORDER BY id FOR NO KEY UPDATE;
        UPDATE sites_mast SET viewer_org_ids = sites_mast_viewers(owner_id, id)
        WHERE id IN ({rows})
            AND viewer_org_ids IS DISTINCT FROM sites_mast_viewers(owner_id, id);
        RETURN NULL;
        """,  # noqa: S608 - no value comes from outside
    )


@tracked()
class Station(VersionedModel):
    """One operator's base transceiver station on a mast."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    mast = models.ForeignKey(Mast, models.PROTECT, related_name="stations")
    operator = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("operator"), related_name="stations"
    )
    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=200, blank=True)
    technologies = ArrayField(models.CharField(max_length=2, choices=Technology), default=list)
    operating_status = models.CharField(
        _("operating status"),
        max_length=12,
        choices=OperatingStatus,
        default=OperatingStatus.ON_AIR,
    )
    off_air_since = models.DateField(_("off air since"), null=True, blank=True)
    off_air_reason = models.CharField(_("reason"), max_length=200, blank=True)
    emf_certificate = models.CharField(_("EMF certificate"), max_length=80, blank=True)
    emf_body = models.CharField(_("certifying body"), max_length=120, blank=True)
    emf_valid_until = models.DateField(_("EMF certificate valid until"), null=True, blank=True)

    class Meta:
        ordering = ["code"]
        constraints = [
            models.UniqueConstraint(fields=["operator", "code"], name="station_operator_code"),
            chosen("station", "operating_status", OperatingStatus),
            all_chosen("station", "technologies", Technology),
        ]
        indexes = [
            models.Index(fields=["emf_valid_until"], name="station_emf_until"),
            models.Index(fields=["operator", "emf_valid_until"], name="station_operator_emf"),
        ]
        verbose_name = _("station")
        triggers = [
            _viewers_trigger("viewers_insert", pgtrigger.Insert, "SELECT mast_id FROM new_rows"),
            _viewers_trigger("viewers_delete", pgtrigger.Delete, "SELECT mast_id FROM old_rows"),
            _viewers_trigger(
                "viewers_update",
                pgtrigger.Update,
                MASTS_OF_MOVED,
            ),
        ]

    def __str__(self) -> str:
        return self.code


class Antenna(models.Model):
    """One antenna (sector) of a station: azimuth in degrees from north, height in metres."""

    station = models.ForeignKey(Station, models.CASCADE, related_name="antennas")
    technology = models.CharField(max_length=2, choices=Technology, blank=True)
    azimuth_deg = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    height_m = models.DecimalField(max_digits=5, decimal_places=1, null=True, blank=True)
    band = models.CharField(max_length=40, blank=True)
    eirp_w = models.DecimalField(max_digits=9, decimal_places=1, null=True, blank=True)

    class Meta:
        ordering = ["azimuth_deg"]
        constraints = [
            chosen("antenna", "technology", Technology, blank=True),
            not_negative("antenna", "height_m", "eirp_w"),
            models.CheckConstraint(
                condition=Q(azimuth_deg__isnull=True) | Q(azimuth_deg__range=(0, 360)),
                name="antenna_azimuth_on_the_rose",
                violation_error_message=_("An azimuth is from 0 to 360 degrees."),
            ),
        ]
