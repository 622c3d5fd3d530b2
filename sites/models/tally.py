"""How many masts alike lie in a cell: what a filtered map of the whole province is drawn from."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from infra.models import Organisation, Person
from sites.models.mast import seen_by


class MastTallyQuerySet(models.QuerySet["MastTally"]):
    """Counts, narrowed to masts that a person may see."""

    def visible_to(self, user: Person) -> "MastTallyQuerySet":
        """As the masts themselves: a row stands for masts that are all seen by the same people."""
        return self.filter(seen_by(user))


class MastTally(models.Model):
    """Current masts of one cell that are alike in all that the map filters by and scopes by.

    Its columns are called as those of a mast, so that a filter of masts narrows it too. Written
    only by the masts' own triggers; `kind` is a digest of the columns that make masts alike,
    `slot` spreads concurrent writers over rows. Sums are whole steps of 2^-30 of the world.
    """

    pk = models.CompositePrimaryKey("split", "level", "cell_x", "cell_y", "kind", "slot")
    split = models.CharField(max_length=10)
    level = models.PositiveSmallIntegerField()
    cell_x = models.IntegerField()
    cell_y = models.IntegerField()
    kind = models.UUIDField()
    slot = models.PositiveSmallIntegerField(default=0)
    publicity = models.CharField(max_length=10)
    grade = models.CharField(max_length=1, blank=True)
    mast_class = models.CharField(max_length=3, blank=True)
    structure = models.CharField(max_length=20, blank=True)
    operating_status = models.CharField(max_length=12)
    owner = models.ForeignKey(
        Organisation,
        models.DO_NOTHING,
        null=True,
        related_name="+",
        db_constraint=False,
        db_index=False,
    )
    viewer_org_ids = ArrayField(models.BigIntegerField(), default=list)
    count = models.BigIntegerField()
    sum_x = models.BigIntegerField()
    sum_y = models.BigIntegerField()

    objects = MastTallyQuerySet.as_manager()
