"""Binds the route's table and all it names; called once, when Django is ready."""

from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from infra.cases.documents.cases import register_case
from infra.cases.workflow.registry import (
    register_effect,
    register_evidence,
    register_form,
    register_guard,
    register_workflow,
)
from infra.ground.choices import DocumentType
from infra.ground.loading import Stage, register_loader
from infra.ground.routers import register_router
from infra.models import User
from infra.models.targets import register_target
from infra.people.search import register_source
from infra.people.spelling import register_words
from infra.people.worklist import register_work
from infra.work.seals import Grant, register_grants
from infra.work.seals.words import register_record_name
from undergrounding import layers, reference
from undergrounding.api import router
from undergrounding.choices import RouteState
from undergrounding.demo.routes import load_routes
from undergrounding.forms.decision import DecisionForm
from undergrounding.guards import GUARDS
from undergrounding.models import Route
from undergrounding.selectors.facts import findings_on
from undergrounding.selectors.rates import estimate_of
from undergrounding.selectors.search import search_routes, words_of_routes
from undergrounding.selectors.worklist import ROUTES
from undergrounding.services.decisions import EFFECTS, geometry_mark
from undergrounding.services.telling import TELLERS
from undergrounding.workflows import ROUTE

SUBMISSION_MOVES_WITH = {
    "freeze": frozenset({RouteState.WITH_LEADER}),
    "thaw": frozenset({RouteState.WITH_HEAD}),
    "sign": frozenset({RouteState.WITH_COMMITTEE}),
    "issue": frozenset({RouteState.WITH_COMMITTEE}),
}


def register() -> None:
    """Layers, rows, table, guards, effects, form, files, evidence, API, worklist, search."""
    layers.register()
    register_loader(Stage.REFERENCE, "undergrounding", reference.load, order=50)
    register_loader(Stage.DEMO, "routes", load_routes, order=60)
    register_workflow(ROUTE)
    register_target(Route)
    for guard in GUARDS:
        register_guard(guard.__name__, guard)
    for effect in EFFECTS:
        register_effect(effect.__name__, effect)
    for key, tell in TELLERS.items():
        register_effect(key, tell)
    register_form("route_decision", DecisionForm)
    register_evidence(ROUTE.key, evidence)
    register_case(Route._meta.label, DocumentType.SUBMISSION, SUBMISSION_MOVES_WITH)
    register_router("routes", router)
    register_work(ROUTES)
    register_source(search_routes)
    register_words(words_of_routes)
    register_record_name(
        "undergrounding_committeedecision",
        lambda ruling: _("ruling %(number)s on a route") % {"number": ruling["number"]},
    )
    register_grants(
        {
            "undergrounding.CommitteeDecision": Grant.FINAL,
            "undergrounding.CostRate": Grant.OPEN,
            "undergrounding.PlanFigure": Grant.KEPT,
            "undergrounding.Route": Grant.KEPT,
            "undergrounding.Scheme": Grant.KEPT,
            "undergrounding.Segment": Grant.OPEN,
        },
        seals={
            "undergrounding.CommitteeDecision": frozenset({"tt_chain"}),
            "undergrounding.Route": frozenset({"seal_route", "seal_step"}),
            "undergrounding.Segment": frozenset({"seal_segment", "seal_truncate"}),
            "infra.Attachment": frozenset({"seal_decision_file"}),
        },
    )


def evidence(route: Route, _actor: User) -> dict[str, Any]:
    """The line's mark, the cost and what the rules said, as they stood at the step."""
    today = timezone.localdate()
    return {
        "geometry_sha256": geometry_mark(route),
        "estimate": estimate_of(route, today).to_json(),
        "findings": [finding.to_json() for finding in findings_on(route, today)],
    }
