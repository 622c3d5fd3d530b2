"""What a mast is found by, kept beside it by triggers: its words and the commune it stands in.

Place and archive stand here too, so that counting what answers reads nothing else. A table of its
own, narrow and without history: that an owner got another name or a commune other boundaries is no
event of a hundred thousand masts.
"""

from django.contrib.gis.db.models import PointField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from infra.models import AdministrativeUnit
from sites.models.mast import Mast


class MastSearch(models.Model):
    """The words of one mast, and its unit of today.

    A word that everybody reads stands as it is, one that only its own people read after `~`;
    `@p` says that the mast is public, `@o7` that organisation 7 reads it in full. Written by
    `sites_mastsearch_put` alone, which the application may not do in any other way.
    """

    mast = models.OneToOneField(
        Mast, models.DO_NOTHING, primary_key=True, related_name="search", db_constraint=False
    )
    unit = models.ForeignKey(
        AdministrativeUnit,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    point = PointField(srid=4326, spatial_index=False)
    is_archived = models.BooleanField()
    words = SearchVectorField()

    class Meta:
        indexes = [
            GinIndex(fields=["words"], name="mast_search_words", gin_pending_list_limit=512),
            models.Index(fields=["unit", "mast"], name="mast_search_unit"),
        ]


class MastSearchDue(models.Model):
    """A mast whose words must be made anew: too many at once for the request that changed them.

    While there is one, searches say that they may not find everything, and units are derived.
    """

    mast_id = models.BigIntegerField()
