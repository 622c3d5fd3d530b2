"""What the register lacks: masts by what is missing, each question with an index of its own."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infra.ground.registry import Registry
from infra.models import User
from infra.people.worklist import MOST_COUNTED, BoundedCount
from sites.models import Mast


@dataclass(frozen=True)
class Check:
    """One question about the register: whose masts it finds, and what to do with them."""

    key: str
    label: str | Promise
    mend: str | Promise
    lookup: str
    """The column that is empty."""

    def rows(self, user: User) -> QuerySet[Mast]:
        """Current masts that lack it, by code."""
        current = Mast.objects.visible_to(user).current()
        return current.filter(**{f"{self.lookup}__isnull": True}).order_by("code")

    @property
    def url(self) -> str:
        """The list of them."""
        return reverse("sites:mast_lacking", args=[self.key])


CHECKS: Registry[Check] = Registry("check of the register")
for check in (
    Check(
        "vi-tri",
        _("No accuracy of the position"),
        _("Say how the position was taken and how exact it is."),
        "location_accuracy_m",
    ),
    Check("chu-so-huu", _("No owner"), _("Name who answers for the mast."), "owner"),
    Check(
        "chieu-cao",
        _("No height"),
        _("Without a height there is no fall circle: measure it on the next visit."),
        "height_m",
    ),
    Check(
        "xac-minh",
        _("Never verified"),
        _("Nobody has looked at them: put them on a survey."),
        "last_verified_on",
    ),
):
    CHECKS.register(check.key, check)


@dataclass(frozen=True)
class Tally:
    """How many masts one check finds, counted no further than is useful."""

    check: Check
    count: int

    @property
    def is_capped(self) -> bool:
        """Whether there are more."""
        return self.count > MOST_COUNTED

    @property
    def shown(self) -> int:
        """The number to print."""
        return min(self.count, MOST_COUNTED)


def tallies(user: User) -> list[Tally]:
    """What each check finds, in one query."""
    checks = CHECKS.values()
    counts = {f"lack_{at}": BoundedCount(check.rows(user)) for at, check in enumerate(checks)}
    found = User.objects.filter(pk=user.pk).values_list(*counts.values()).get()
    return [Tally(check, count) for check, count in zip(checks, found, strict=True)]
