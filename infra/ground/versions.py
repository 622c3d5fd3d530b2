"""The one check of versions: a write that starts from what somebody else changed is refused."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol, TypeVar

from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.errors import Conflict

LONGEST = 9  # digits of a version


class Versioned(Protocol):
    """A row that counts its writes."""

    version: int


Row = TypeVar("Row", bound=Versioned)


@dataclass(frozen=True)
class Change:
    """The write that was quicker: when, by whom and to what state, as far as that is known."""

    at: datetime
    who: str = ""
    state: str = ""
    is_own: bool = False
    """True when the same person already did the same thing: a second click, not a quarrel."""


class StaleVersion(Conflict):
    """Somebody changed the row after this person opened it; `current` is what stands now."""

    code = "stale_version"

    def __init__(self, change: Change, current: Any = None, advice: str = "") -> None:
        super().__init__(_told(change), advice or _advice(change))
        self.change, self.current = change, current


def refuse_stale(
    row: Row, version: int | None, last: Callable[[Row], Change], *, advice: str = ""
) -> None:
    """Raise StaleVersion when the row is no longer at the version that the person saw.

    Call it on a locked row; `last` tells who changed it and is asked only when it is needed.
    """
    if row.version != version:
        raise StaleVersion(last(row), row, advice)


def seen_version(request: HttpRequest, row: Versioned) -> int:
    """The version a page shows, or the one its form brings back; 0, never current, without one."""
    if request.method != "POST":
        return row.version
    sent = request.POST.get("version", "")
    return int(sent) if sent.isdecimal() and len(sent) <= LONGEST else 0


def _told(change: Change) -> str:
    facts = {
        "who": change.who,
        "time": f"{timezone.localtime(change.at):%H:%M %d/%m/%Y}",
        "state": change.state,
    }
    if change.is_own:
        return _("You already did this at %(time)s: it now stands at “%(state)s”.") % facts
    if change.who and change.state:
        return _("%(who)s changed this at %(time)s: it now stands at “%(state)s”.") % facts
    if change.who:
        return _("%(who)s changed this at %(time)s, after you opened it.") % facts
    return _("This was changed at %(time)s, after you opened it.") % facts


def _advice(change: Change) -> str:
    if change.is_own:
        return _("Nothing was done a second time.")
    return _("Nothing of yours was written. Look at it as it stands now, then decide.")
