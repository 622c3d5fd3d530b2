"""Composable answers to "may this person …": `is_department & ~is_auditor`."""

from collections.abc import Callable

from rules.predicates import predicate

from infra.ground.choices import Role
from infra.models import User

Predicate = Callable[..., bool]


def holds(*roles: Role) -> Predicate:
    """A predicate: the person holds one of the roles and may sign in."""

    def test(user: User) -> bool:
        return bool(user.is_authenticated and user.has_role(*roles))

    name = "holds:" + ",".join(sorted(roles))
    made: Predicate = predicate(test, name=name)  # type: ignore[no-untyped-call]
    return made


@predicate  # type: ignore[untyped-decorator]
def is_signed_in(user: User) -> bool:
    """Whether somebody is there at all, and active."""
    return bool(user.is_authenticated and user.is_active)


@predicate  # type: ignore[untyped-decorator]
def is_department(user: User) -> bool:
    """Whether the person works for the department."""
    return bool(user.is_authenticated and user.is_department)


@predicate  # type: ignore[untyped-decorator]
def is_of_applicant(user: User, target: object) -> bool:
    """Whether the person belongs to the organisation that applied (`target.applicant_id`)."""
    applicant = getattr(target, "applicant_id", None)
    return bool(user.is_authenticated and applicant and user.organisation_id == applicant)


is_inspector = holds(Role.INSPECTOR)
is_planner = holds(Role.PLANNER)
is_operator = holds(Role.OPERATOR)
is_officer = holds(Role.OFFICER)
is_head = holds(Role.HEAD)
is_leader = holds(Role.LEADER)
is_clerk = holds(Role.CLERK)
is_consulted = holds(Role.CONSULTED)
is_auditor = holds(Role.AUDITOR)
is_administrator = holds(Role.ADMINISTRATOR)
