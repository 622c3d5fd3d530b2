"""The office's calendar."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import DayKind
from infra.ground.constraints import chosen


class CalendarDay(models.Model):
    """A day that is not what its week day says: holiday, day off in lieu, working Saturday."""

    date = models.DateField(_("date"), unique=True)
    kind = models.CharField(_("kind"), max_length=15, choices=DayKind)
    name = models.CharField(_("name"), max_length=120)
    source = models.CharField(_("source"), max_length=200, blank=True)

    class Meta:
        ordering = ["date"]
        constraints = [
            chosen("calendar", "kind", DayKind),
        ]
        verbose_name = _("calendar day")
        verbose_name_plural = _("calendar days")

    def __str__(self) -> str:
        return f"{self.date:%d/%m/%Y} {self.name}"
