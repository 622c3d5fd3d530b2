"""Outgoing documents: draft, for signature, issued; the number comes from the office's register."""

import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infra.choices import DocumentState, DocumentType, SignMode
from infra.models.base import VersionedModel
from infra.models.user import User


class Document(VersionedModel):
    """A document about one object; `content_hash` is the SHA-256 of frozen context and template."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    target_type = models.ForeignKey(ContentType, models.PROTECT)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    type = models.CharField(_("type"), max_length=20, choices=DocumentType)
    state = models.CharField(
        max_length=15, choices=DocumentState, default=DocumentState.DRAFT, editable=False
    )
    subject = models.CharField(_("subject"), max_length=300)
    context = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64, blank=True)
    draft_file = models.ForeignKey("infra.Attachment", models.PROTECT, null=True, related_name="+")
    signed_file = models.ForeignKey("infra.Attachment", models.PROTECT, null=True, related_name="+")
    sign_mode = models.CharField(max_length=5, choices=SignMode, blank=True)
    signing_title = models.CharField(max_length=120, blank=True)
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)
    issued_on = models.DateField(_("date"), null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    valid_until = models.DateField(_("valid until"), null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="document_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "symbol", "issued_on"],
                condition=~Q(number=""),
                name="document_number_once",
            )
        ]
        verbose_name = _("document")

    def __str__(self) -> str:
        return self.subject


class NumberSeries(models.Model):
    """The last number per type and year; only where the office has no register, or in demo."""

    document_type = models.CharField(max_length=20, choices=DocumentType)
    year = models.PositiveSmallIntegerField()
    last_number = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document_type", "year"], name="series_type_year")
        ]
