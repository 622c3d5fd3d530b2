"""How a row of the permission matrix is written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from infra.ground.choices import DEPARTMENT_ROLES, Role
from tests.access.world import World

# A person of the cast by name → the status he gets. "rival" is the operator of company B.
Statuses = Mapping[str, int]
ROLES = {role.value for role in Role}
PEOPLE = frozenset({"anonymous", "rival"} | ROLES)
DEPARTMENT = frozenset(role.value for role in DEPARTMENT_ROLES)


@dataclass(frozen=True)
class Row:
    """One address: URL name (`*` at its end stands for any), what it is called with, who gets what.

    `kwargs` and `data` are made from the world; `query` is put behind the address as it stands.
    """

    name: str
    expected: Statuses
    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    method: str = "get"
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    query: str = ""

    def __post_init__(self) -> None:
        missing = PEOPLE - set(self.expected)
        if missing:
            msg = f"{self.name}: say what {', '.join(sorted(missing))} get."
            raise ValueError(msg)


def everyone(status: int = 200) -> dict[str, int]:
    """The same for all, strangers too."""
    return dict.fromkeys(PEOPLE, status)


def signed_in(status: int = 200, anonymous: int = 302) -> dict[str, int]:
    """The same for all who are signed in; the sign-in page for strangers."""
    return everyone(status) | {"anonymous": anonymous}


def only(*roles: str, status: int = 200, others: int = 403, anonymous: int = 302) -> dict[str, int]:
    """Some roles, `others` for the rest. "operator" means company A; name "rival" for B."""
    return signed_in(others, anonymous) | dict.fromkeys(map(str, roles), status)


def department(status: int = 200, others: int = 403, anonymous: int = 302) -> dict[str, int]:
    """All who work for the department."""
    return only(*DEPARTMENT, status=status, others=others, anonymous=anonymous)


def uuid_of(thing: str, name: str = "uuid") -> Callable[[World], dict[str, Any]]:
    """`{"uuid": world.<thing>.uuid}`."""
    return lambda world: {name: getattr(world, thing).uuid}
