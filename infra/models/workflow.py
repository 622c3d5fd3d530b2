"""What each transition leaves behind."""

from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import NationalState
from infra.models.user import User


class TransitionRecord(models.Model):
    """Who moved what from where to where, when, why, on what evidence; final by trigger."""

    workflow = models.CharField(max_length=40)
    target_type = models.ForeignKey(ContentType, models.PROTECT)
    target_id = models.PositiveBigIntegerField()
    target = GenericForeignKey("target_type", "target_id")
    transition = models.CharField(max_length=40)
    from_state = models.CharField(max_length=25)
    to_state = models.CharField(max_length=25)
    national_state = models.PositiveSmallIntegerField(choices=NationalState, null=True)
    version = models.PositiveIntegerField()
    actor = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")
    actor_name = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    evidence = models.JSONField(default=dict)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["at", "pk"]
        indexes = [
            models.Index(fields=["target_type", "target_id", "at"], name="transition_target"),
            models.Index(fields=["actor", "-at"], name="transition_actor"),
        ]
        verbose_name = _("transition")
