"""Files, kept by content hash outside the web root."""

import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.db.models import PointField
from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.constraints import not_negative
from infra.models.fields import StoredHash
from infra.models.user import User


class Attachment(models.Model):
    """A file of one object. Whoever sees the object sees the file, unless it is internal."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    target_type = models.ForeignKey(ContentType, models.PROTECT)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    component = models.CharField(max_length=40, blank=True, help_text="Procedure component code")
    name = models.CharField(_("file name"), max_length=200)
    sha256 = StoredHash()
    size = models.PositiveBigIntegerField()
    content_type = models.CharField(max_length=100)
    is_internal = models.BooleanField(default=False)
    captured_at = models.DateTimeField(null=True, blank=True)
    captured_point = PointField(srid=4326, null=True, blank=True, spatial_index=False)
    captured_accuracy_m = models.FloatField(null=True, blank=True)
    uploaded_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    uploaded_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["uploaded_at"]
        indexes = [
            models.Index(fields=["target_type", "target_id"], name="attachment_target"),
            models.Index(fields=["sha256"], name="attachment_sha256"),
        ]
        constraints = [
            not_negative("attachment", "captured_accuracy_m"),
        ]
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.name


class FileOpening(models.Model):
    """Somebody opened a picture as it was sent, with all the camera wrote. Final.

    It names the file by its UUID and hash, so that it outlives the row.
    """

    attachment_uuid = models.UUIDField(db_index=True)
    name = models.CharField(_("file name"), max_length=200)
    sha256 = models.CharField(max_length=64)
    person = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    address = models.GenericIPAddressField(null=True)

    class Meta:
        ordering = ["-at"]
        verbose_name = _("opening of an original")

    def __str__(self) -> str:
        return f"{self.name} {self.at}"
