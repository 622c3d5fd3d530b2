"""Outgoing documents: draft, for signature, issued; the number comes from the office's register."""

import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import DocumentState, DocumentType, SignMode
from infra.ground.constraints import chosen
from infra.ground.tracking import tracked
from infra.models.base import VersionedModel
from infra.models.targets import on_visible_targets
from infra.models.user import Person, User

CHECK_CODE_LENGTH = 10
OUT = (DocumentState.ISSUED, DocumentState.REPLACED, DocumentState.WITHDRAWN)
SLIPS = (DocumentType.RECEIPT, DocumentType.SUPPLEMENT)
INSIDE = (DocumentType.SUBMISSION, DocumentType.MINUTES)


class DocumentQuerySet(models.QuerySet["Document"]):
    """Documents, narrowed to what a person may read."""

    def visible_to(self, user: Person) -> "DocumentQuerySet":
        """All for the department; for others issued ones, and slips, of what they see.

        Papers between authorities stay inside, as internal files do.
        """
        if not user.is_authenticated:
            return self.none()
        if user.is_department:
            return self.all()
        readable = (Q(state__in=OUT) | Q(type__in=SLIPS)) & ~Q(type__in=INSIDE)
        return self.filter(readable).filter(on_visible_targets(user, but=Document))


@tracked()
class Document(VersionedModel):
    """A document about one object; `content_hash` is the SHA-256 of frozen context and template.

    What may change in which state is the database's to say: its seal stands in the migrations.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    target_type = models.ForeignKey(ContentType, models.PROTECT)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    type = models.CharField(_("type"), max_length=20, choices=DocumentType)
    state = models.CharField(
        max_length=15, choices=DocumentState, default=DocumentState.DRAFT, editable=False
    )
    subject = models.CharField(_("subject"), max_length=300)
    template = models.CharField(max_length=80, default="reply_letter")
    context = models.JSONField(default=dict)
    content_hash = models.CharField(max_length=64, blank=True)
    draft_file = models.ForeignKey("infra.Attachment", models.PROTECT, null=True, related_name="+")
    signed_file = models.ForeignKey("infra.Attachment", models.PROTECT, null=True, related_name="+")
    sign_mode = models.CharField(max_length=5, choices=SignMode, blank=True)
    signing_title = models.CharField(max_length=120, blank=True)
    superior_title = models.CharField(max_length=120, blank=True)
    signer = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    signed_at = models.DateTimeField(null=True)
    number = models.CharField(_("number"), max_length=20, blank=True)
    symbol = models.CharField(_("symbol"), max_length=40, blank=True)
    issued_on = models.DateField(_("date"), null=True)
    issued_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    valid_until = models.DateField(_("valid until"), null=True)
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, related_name="replaces")
    withdrawn_reason = models.CharField(max_length=300, blank=True)

    objects = DocumentQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["target_type", "target_id"], name="document_target")]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "symbol", "issued_on"],
                condition=~Q(number=""),
                name="document_number_once",
            ),
            chosen("document", "type", DocumentType),
            chosen("document", "state", DocumentState),
            chosen("document", "sign_mode", SignMode, blank=True),
        ]
        verbose_name = _("document")

    def __str__(self) -> str:
        return self.subject

    @property
    def check_code(self) -> str:
        """The short code printed beside the QR code: the first ten digits of the content hash."""
        return self.content_hash[:CHECK_CODE_LENGTH].upper()

    @property
    def full_number(self) -> str:
        """Number and symbol as on paper; one digit is padded (NĐ 30/2020/NĐ-CP)."""
        if not self.number:
            return ""
        number = self.number.zfill(2) if self.number.isdigit() else self.number
        return f"{number}/{self.symbol}" if self.symbol else number
