"""What every editable row shares."""

from django.db import models


class VersionedModel(models.Model):
    """A row two people may open at once: each write raises `version`, a stale one is refused."""

    version = models.PositiveIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
