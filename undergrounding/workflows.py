"""The route's transition table: the department proposes, the province's committee decides."""

from django.utils.translation import gettext_lazy as _

from infra.cases.workflow.table import Transition, Workflow
from infra.ground.choices import Role
from undergrounding.choices import RouteState as S

PLANNERS = frozenset({Role.PLANNER})
RECORDERS = frozenset({Role.PLANNER, Role.CLERK})

PROPOSAL = (
    Transition(
        name="submit",
        label=_("Submit to the head of division"),
        sources=frozenset({S.DRAFT}),
        target=S.WITH_HEAD,
        roles=PLANNERS,
        guards=("route_in_use", "route_sound"),
        effects=("route_tell_heads",),
        confirm=_("The drawing is closed until somebody sends it back."),
        style="primary",
    ),
    Transition(
        name="submit_to_leader",
        label=_("Submit to the leader"),
        sources=frozenset({S.WITH_HEAD}),
        target=S.WITH_LEADER,
        roles=frozenset({Role.HEAD}),
        guards=("route_sound",),
        effects=("route_draft_submission", "route_tell_leaders"),
        confirm=_("A submission to the provincial committee is drafted for the leader to read."),
        style="primary",
    ),
    Transition(
        name="send_back",
        label=_("Send back to the planner"),
        sources=frozenset({S.WITH_HEAD}),
        target=S.DRAFT,
        roles=frozenset({Role.HEAD}),
        effects=("route_tell_planner",),
        needs_reason=True,
    ),
)

COMMITTEE = (
    Transition(
        name="submit_to_committee",
        label=_("Sign and submit to the provincial committee"),
        sources=frozenset({S.WITH_LEADER}),
        target=S.WITH_COMMITTEE,
        roles=frozenset({Role.LEADER}),
        guards=("route_sound", "route_submission_drafted", "route_may_sign"),
        effects=("route_sign_submission", "route_tell_recorders"),
        confirm=_("You sign the submission as it stands; the clerk numbers and sends it."),
        style="primary",
    ),
    Transition(
        name="send_back",
        label=_("Send back to the head of division"),
        sources=frozenset({S.WITH_LEADER}),
        target=S.WITH_HEAD,
        roles=frozenset({Role.LEADER}),
        effects=("route_thaw_submission", "route_tell_heads"),
        needs_reason=True,
    ),
    Transition(
        name="record_approval",
        label=_("Record the approval"),
        sources=frozenset({S.WITH_COMMITTEE}),
        target=S.APPROVED,
        roles=RECORDERS,
        guards=("route_submission_issued", "route_decision_complete"),
        effects=("route_record_approval", "route_tell_planner"),
        form="route_decision",
        confirm=_("Type in what the committee's decision says. It can never be changed here."),
        style="primary",
    ),
    Transition(
        name="record_refusal",
        label=_("Record that it was not approved"),
        sources=frozenset({S.WITH_COMMITTEE}),
        target=S.NOT_APPROVED,
        roles=RECORDERS,
        guards=("route_submission_issued", "route_decision_complete"),
        effects=("route_record_refusal", "route_tell_planner"),
        form="route_decision",
        confirm=_("Type in what the committee's answer says. It can never be changed here."),
        style="outline-danger",
    ),
    Transition(
        name="rework",
        label=_("The committee asks for changes"),
        sources=frozenset({S.WITH_COMMITTEE}),
        target=S.DRAFT,
        roles=RECORDERS,
        guards=("route_submission_issued",),
        effects=("route_tell_planner",),
        needs_reason=True,
        confirm=_("The route becomes a draft again; the submission that was sent stays on file."),
    ),
)

WORKS = (
    Transition(
        name="start_works",
        label=_("Works have started"),
        sources=frozenset({S.APPROVED}),
        target=S.IN_WORKS,
        roles=PLANNERS,
        confirm=_("The map shows the route as in works."),
        style="primary",
    ),
    Transition(
        name="finish",
        label=_("Works are done"),
        sources=frozenset({S.IN_WORKS}),
        target=S.DONE,
        roles=PLANNERS,
        confirm=_("The map shows the route as done; this is its last state."),
        style="primary",
    ),
)

ROUTE = Workflow(
    key="route",
    model="undergrounding.Route",
    states=S,
    initial=S.DRAFT,
    final=frozenset({S.NOT_APPROVED, S.DONE}),
    transitions=PROPOSAL + COMMITTEE + WORKS,
    page="undergrounding:route_detail",
)
