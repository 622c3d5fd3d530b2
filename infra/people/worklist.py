"""What waits for a person: every part registers a provider, the home page orders what they give."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from infra.models import User

PER_PROVIDER = 100


@dataclass(frozen=True)
class WorkItem:
    """One thing to do, in a sentence, with the page where it is done."""

    title: str
    sentence: str
    url: str
    due_on: date | None = None
    kind: str = ""
    state_label: str = ""
    is_paused: bool = False
    """True when somebody else has to act first."""


Provider = Callable[[User], Iterable[WorkItem]]
_providers: list[Provider] = []


def register_provider(provider: Provider) -> None:
    """Adds a provider; call it from `AppConfig.ready()`. Each gives at most PER_PROVIDER items."""
    if provider not in _providers:
        _providers.append(provider)


def items_for(user: User) -> list[WorkItem]:
    """All that waits for the person, by due date; what has none comes last."""
    items = [item for provider in _providers for item in provider(user)]
    return sorted(items, key=lambda item: (item.due_on or date.max, item.title))
