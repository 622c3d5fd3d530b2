"""The worklist in groups: overdue, this week, later, waiting; many of one kind are folded."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from infra.people.worklist import WorkItem

WEEK = timedelta(days=7)
OF_ONE_KIND = 10
FOLDED = 60


@dataclass
class Group:
    """One heading: `items` are shown, `folded` wait behind a click, `hidden` are only counted."""

    label: str | Promise
    items: list[WorkItem] = field(default_factory=list)
    folded: list[WorkItem] = field(default_factory=list)
    hidden: int = 0

    @property
    def count(self) -> int:
        """All that belong to the group."""
        return len(self.items) + len(self.folded) + self.hidden

    @property
    def more(self) -> int:
        """What is not shown at first."""
        return len(self.folded) + self.hidden


def grouped(items: Iterable[WorkItem], today: date) -> list[Group]:
    """Groups that hold something, each in the order given; ten of a kind, then a fold."""
    groups = {
        "overdue": Group(_("Overdue")),
        "week": Group(_("Due within seven days")),
        "later": Group(_("Later")),
        "waiting": Group(_("Waiting for others")),
    }
    seen: Counter[tuple[str, str]] = Counter()
    for item in items:
        key = _group_of(item, today)
        seen[key, item.kind] += 1
        _put(groups[key], item, is_folded=seen[key, item.kind] > OF_ONE_KIND)
    return [group for group in groups.values() if group.count]


def _put(group: Group, item: WorkItem, *, is_folded: bool) -> None:
    if not is_folded:
        group.items.append(item)
    elif len(group.folded) < FOLDED:
        group.folded.append(item)
    else:
        group.hidden += 1


def _group_of(item: WorkItem, today: date) -> str:
    if item.is_paused:
        return "waiting"
    if item.due_on is None or item.due_on > today + WEEK:
        return "later"
    return "overdue" if item.due_on < today else "week"
