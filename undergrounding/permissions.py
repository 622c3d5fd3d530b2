"""Who may do what with routes and rates, besides the workflow's own table."""

from django.contrib.auth.models import AnonymousUser

from infra.ground.choices import Role
from infra.models import User
from undergrounding.choices import RouteState
from undergrounding.models import Route

Person = User | AnonymousUser


def may_plan(user: Person) -> bool:
    """Whether the person draws routes and keeps the rates."""
    return isinstance(user, User) and user.has_role(Role.PLANNER)


def may_edit(user: Person, route: Route) -> bool:
    """Whether the person may change the drawing now: a planner, while it is a draft in use."""
    is_open = route.state == RouteState.DRAFT and route.archived_at is None
    return is_open and may_plan(user)
