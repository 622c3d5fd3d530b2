"""The chain of seals: each link seals one record and the link before it."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class ChainLink(models.Model):
    """One sealed record: what it said when it was written, and a hash over that and all before.

    Written by trigger only, at the commit of the record; the application may read it, no more.
    """

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    table = models.CharField(max_length=63)
    row_id = models.BigIntegerField()
    payload = models.TextField()
    payload_sha256 = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]
        constraints = [
            models.UniqueConstraint(fields=["table", "row_id"], name="chain_one_link_a_record")
        ]
        verbose_name = _("link of the chain")
