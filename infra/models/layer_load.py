"""Loads of constraint layers and boundaries: the file, what the trial found, what became of it."""

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import ConstraintKind, ImportState, Role
from infra.ground.constraints import chosen
from infra.models.fields import StoredHash
from infra.models.job import Job
from infra.models.territory import ConstraintDataset
from infra.models.user import Person, User


class LayerLoadQuerySet(models.QuerySet["LayerLoad"]):
    """Loads, narrowed to a person's own."""

    def visible_to(self, user: Person) -> "LayerLoadQuerySet":
        """One's own; all for administrators."""
        if not user.is_authenticated:
            return self.none()
        return self.all() if user.has_role(Role.ADMINISTRATOR) else self.filter(created_by=user)


class LayerLoad(models.Model):
    """One file on its way to a layer's new version, or (kind blank) to the units' boundaries."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kind = models.CharField(_("layer"), max_length=20, choices=ConstraintKind, blank=True)
    file_name = models.CharField(_("file name"), max_length=200)
    sha256 = StoredHash()
    size = models.PositiveBigIntegerField()
    source = models.CharField(_("source"), max_length=200)
    source_date = models.DateField(_("source date"))
    layer_name = models.CharField(max_length=200, blank=True)
    meridian = models.CharField(max_length=10, blank=True)
    state = models.CharField(max_length=10, choices=ImportState, default=ImportState.CHECKING)
    report = models.JSONField(default=dict)
    message = models.CharField(max_length=1000, blank=True)
    job = models.ForeignKey(Job, models.SET_NULL, null=True, related_name="+")
    dataset = models.ForeignKey(ConstraintDataset, models.PROTECT, null=True, related_name="+")
    created_by = models.ForeignKey(User, models.PROTECT, related_name="layer_loads")
    created_at = models.DateTimeField(auto_now_add=True)
    finished_at = models.DateTimeField(null=True)

    objects = LayerLoadQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            chosen("layer_load", "kind", ConstraintKind, blank=True),
            chosen("layer_load", "state", ImportState),
            models.CheckConstraint(
                condition=~Q(state=ImportState.DONE)
                | Q(finished_at__isnull=False) & (Q(kind="") | Q(dataset__isnull=False)),
                name="layer_load_done_says_what",
            ),
        ]
        verbose_name = _("layer load")

    def __str__(self) -> str:
        return self.file_name

    @property
    def target(self) -> str:
        """What the file is to become, in words."""
        return str(ConstraintKind(self.kind).label if self.kind else _("Boundaries of the units"))
