"""What routes wait for a person."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import BooleanField, Case, OuterRef, Q, QuerySet, Subquery, Value, When
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from infra.ground.choices import DocumentState, DocumentType, Role
from infra.models import Document, User
from infra.people.worklist import WorkItem, WorkKind
from undergrounding.choices import RouteState
from undergrounding.models import Route

WAITS_FOR = {
    Role.HEAD: (RouteState.WITH_HEAD,),
    Role.LEADER: (RouteState.WITH_LEADER,),
    Role.CLERK: (RouteState.WITH_COMMITTEE,),
}
GONE = (DocumentState.REPLACED, DocumentState.WITHDRAWN)


def _routes(user: User) -> QuerySet[Route] | None:
    """Routes to read, sign, number or record; a planner's own drafts and approved ones.

    What others have to move comes last.
    """
    if not user.has_role(Role.PLANNER, *WAITS_FOR):
        return None
    states = {s for role, found in WAITS_FOR.items() if user.has_role(role) for s in found}
    wanted = Q(state__in=states)
    if user.has_role(Role.PLANNER):
        ended = (RouteState.DONE, RouteState.NOT_APPROVED)
        wanted |= Q(created_by=user) & ~Q(state__in=ended)
    rows = Route.objects.current().filter(wanted).defer("geometry")
    return rows.annotate(submission_state=_submission_state()).order_by(
        _is_paused(user), "updated_at", "pk"
    )


def _submission_state() -> Subquery:
    """Where the newest submission of a route that still counts stands."""
    papers = Document.objects.filter(
        target_type=ContentType.objects.get_for_model(Route),
        target_id=OuterRef("pk"),
        type=DocumentType.SUBMISSION,
    ).exclude(state__in=GONE)
    return Subquery(papers.values("state")[:1])


def _is_paused(user: User) -> Case:
    """Whether somebody else has to act first."""
    mine = Q(state__in=(RouteState.DRAFT, RouteState.APPROVED, RouteState.IN_WORKS))
    if user.has_role(Role.HEAD):
        mine |= Q(state=RouteState.WITH_HEAD)
    if user.has_role(Role.LEADER):
        mine |= Q(state=RouteState.WITH_LEADER)
    if user.has_role(Role.CLERK):
        mine |= Q(state=RouteState.WITH_COMMITTEE, submission_state=DocumentState.SIGNED)
    return Case(When(mine, then=Value(False)), default=Value(True), output_field=BooleanField())


def _item(route: Route, user: User) -> WorkItem:
    sentence, paused = _sentence(user, route)
    return WorkItem(
        title=route.name,
        sentence=sentence,
        url=reverse("undergrounding:route_detail", args=[route.uuid]),
        state_label=route.get_state_display(),
        is_paused=paused,
    )


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
    if getattr(route, "submission_state", "") == DocumentState.SIGNED:
        return _("The submission is signed: give it its number and send it."), not user.has_role(
            Role.CLERK
        )
    return _("Record the committee's decision when it comes."), True


ROUTES = WorkKind(
    "routes",
    gettext_lazy("Routes that wait for you"),
    rows=_routes,
    item=_item,
    is_leading=True,
)
