"""What waits for a person: every part registers a provider, the home page orders what they give."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date

from infra.ground.registry import Registry, name_of
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
PROVIDERS: Registry[Provider] = Registry("provider of work")


def register_provider(provider: Provider) -> None:
    """Adds a provider; call it from `AppConfig.ready()`. Each gives at most PER_PROVIDER items."""
    PROVIDERS.register(name_of(provider), provider)


def items_for(user: User) -> list[WorkItem]:
    """All that waits for the person, by due date; what has none comes last."""
    items = [item for provider in PROVIDERS.values() for item in provider(user)]
    return sorted(items, key=lambda item: (item.due_on or date.max, item.title))
