"""Who is told about a route's step."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import gettext as _

from infra.cases.workflow.addresses import page_of
from infra.ground.choices import Role
from infra.models import TransitionRecord, User
from infra.people.notices import notify
from undergrounding.choices import RouteState
from undergrounding.models import Route

Recipients = Callable[[Route], Iterable[User]]


def _with_role(*roles: Role) -> Recipients:
    return lambda _route: User.objects.filter(is_active=True, roles__overlap=list(roles))


def _planner(route: Route) -> Iterable[User]:
    return [route.created_by]


def _teller(
    recipients: Recipients,
) -> Callable[[Route, User, TransitionRecord, Mapping[str, Any]], None]:
    def tell(route: Route, actor: User, record: TransitionRecord, _data: Mapping[str, Any]) -> None:
        people = [person for person in recipients(route) if person.pk != actor.pk]
        state = RouteState(record.to_state).label
        subject = _("Route %(name)s: %(state)s") % {"name": route.name, "state": state}
        reason = _("Reason: %(reason)s") % {"reason": record.reason} if record.reason else ""
        notify(people, subject, body=reason, url=page_of(route))

    return tell


TELLERS = {
    "route_tell_heads": _teller(_with_role(Role.HEAD)),
    "route_tell_leaders": _teller(_with_role(Role.LEADER)),
    "route_tell_recorders": _teller(_with_role(Role.CLERK, Role.PLANNER)),
    "route_tell_planner": _teller(_planner),
}
