"""Comments on a case, and the notices that reach people."""

import uuid

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.db.models import PointField
from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import CommentVisibility, DeliveryState
from infra.ground.constraints import chosen
from infra.models.user import User


class Comment(models.Model):
    """A remark on a case, public or internal, that may be pinned on the map."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True)
    target_type = models.ForeignKey(ContentType, models.PROTECT)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    author = models.ForeignKey(User, models.PROTECT, related_name="comments")
    body = models.TextField(_("comment"))
    visibility = models.CharField(
        max_length=10, choices=CommentVisibility, default=CommentVisibility.INTERNAL
    )
    point = PointField(srid=4326, null=True, blank=True, spatial_index=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            chosen("comment", "visibility", CommentVisibility),
        ]
        indexes = [models.Index(fields=["target_type", "target_id"], name="comment_target")]


class Notice(models.Model):
    """A sentence for one person, with the page it leads to."""

    uuid = models.UUIDField(default=uuid.uuid4, db_default=RandomUUID(), unique=True)
    recipient = models.ForeignKey(User, models.CASCADE, related_name="notices")
    subject = models.CharField(max_length=200)
    body = models.TextField(blank=True)
    url = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    read_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at"]
        indexes = [models.Index(fields=["recipient", "read_at"], name="notice_recipient_read")]


class NoticeDelivery(models.Model):
    """One notice through one channel outside the application: sent, waiting, or why it failed.

    The worker sends: `next_try_at` says when, and while one tries it is the end of its lease.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    notice = models.ForeignKey(
        Notice, models.CASCADE, related_name="deliveries", verbose_name=_("notice")
    )
    channel = models.CharField(_("channel"), max_length=20)
    state = models.CharField(
        _("state"), max_length=12, choices=DeliveryState, default=DeliveryState.WAITING
    )
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    next_try_at = models.DateTimeField(_("next attempt"), default=timezone.now)
    sent_at = models.DateTimeField(_("sent at"), null=True)
    error = models.CharField(_("error"), max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["notice", "channel"], name="delivery_notice_channel"),
            chosen("delivery", "state", DeliveryState),
        ]
        indexes = [
            models.Index(
                fields=["next_try_at"],
                name="delivery_waiting",
                condition=models.Q(state=DeliveryState.WAITING),
            ),
            models.Index(
                fields=["id"],
                name="delivery_failed",
                condition=models.Q(state=DeliveryState.FAILED.value),
            ),
        ]
        verbose_name = _("delivery of a notice")
        verbose_name_plural = _("deliveries of notices")
