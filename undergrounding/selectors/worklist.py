"""What routes wait for a person."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from infra.cases.documents.selectors import current_document
from infra.ground.choices import DocumentState, DocumentType, Role
from infra.models import User
from infra.people.worklist import PER_PROVIDER, WorkItem
from undergrounding.choices import RouteState
from undergrounding.models import Route

WAITS_FOR = {
    Role.HEAD: (RouteState.WITH_HEAD,),
    Role.LEADER: (RouteState.WITH_LEADER,),
    Role.CLERK: (RouteState.WITH_COMMITTEE,),
}


def work_of(user: User) -> Iterator[WorkItem]:
    """Routes to read, sign, number or record; a planner's own drafts and approved ones."""
    for route in _waiting(user).order_by("updated_at")[:PER_PROVIDER]:
        sentence, paused = _sentence(user, route)
        yield WorkItem(
            title=route.name,
            sentence=sentence,
            url=reverse("undergrounding:route_detail", args=[route.uuid]),
            kind=_("Undergrounding"),
            state_label=route.get_state_display(),
            is_paused=paused,
        )


def _waiting(user: User) -> QuerySet[Route]:
    states = {s for role, found in WAITS_FOR.items() if user.has_role(role) for s in found}
    rows = Route.objects.current().filter(state__in=states)
    if user.has_role(Role.PLANNER):
        mine = Route.objects.current().filter(created_by=user)
        rows |= mine.exclude(state__in=(RouteState.DONE, RouteState.NOT_APPROVED))
    return rows


def _sentence(user: User, route: Route) -> tuple[str, bool]:
    """The sentence, and whether somebody else has to act first."""
    if route.state == RouteState.WITH_HEAD and user.has_role(Role.HEAD):
        return _("Read the route and submit it to the leader, or send it back."), False
    if route.state == RouteState.WITH_LEADER and user.has_role(Role.LEADER):
        return _("Read the submission to the provincial committee and sign it."), False
    if route.state == RouteState.WITH_COMMITTEE:
        return _committee_sentence(user, route)
    return {
        RouteState.DRAFT: (_("Draw on, describe the segments and submit."), False),
        RouteState.APPROVED: (_("Approved: say when works start."), False),
        RouteState.IN_WORKS: (_("In works: say when they are done."), False),
    }.get(RouteState(route.state), (_("Waits for somebody else."), True))


def _committee_sentence(user: User, route: Route) -> tuple[str, bool]:
    document = current_document(route, DocumentType.SUBMISSION)
    if document and document.state == DocumentState.SIGNED:
        return _("The submission is signed: give it its number and send it."), not user.has_role(
            Role.CLERK
        )
    return _("Record the committee's decision when it comes."), True
