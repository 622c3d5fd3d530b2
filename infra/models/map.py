"""What makes tiles quick: counts per grid cell and the version of each table, kept by triggers."""

from django.db import models


class MapAggregate(models.Model):
    """How many features of a layer lie in one cell of the web-mercator quad grid, for one scope.

    Written only by database triggers, so bulk loads and raw SQL keep it fresh. `slot` spreads
    concurrent writers over rows; readers add them up. Sums are whole steps of 2^-30 of the world.
    """

    layer = models.CharField(max_length=40)
    scope = models.CharField(max_length=40)
    level = models.PositiveSmallIntegerField()
    cell_x = models.IntegerField()
    cell_y = models.IntegerField()
    bucket = models.CharField(max_length=20, blank=True)
    slot = models.PositiveSmallIntegerField(default=0)
    count = models.BigIntegerField()
    sum_x = models.BigIntegerField()
    sum_y = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["layer", "scope", "level", "cell_x", "cell_y", "bucket", "slot"],
                name="map_aggregate_cell",
            )
        ]


class MapTableVersion(models.Model):
    """How often a table was written: the sum over slots is part of a tile's ETag."""

    table = models.CharField(max_length=80)
    slot = models.PositiveSmallIntegerField(default=0)
    version = models.BigIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["table", "slot"], name="map_table_version_slot")
        ]
