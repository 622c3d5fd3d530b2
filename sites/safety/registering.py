"""What surveys register when Django is ready: workflow, files, checklist, grants, demo visits."""

from infra.cases.workflow.registry import register_permission, register_workflow
from infra.ground.loading import Stage, register_loader
from infra.models.targets import register_target
from infra.people.worklist import register_work
from infra.work.seals import Grant, register_grants
from sites.models import Inspection, Repair
from sites.safety.demo import load_inspections
from sites.safety.reference import load_checklist
from sites.safety.selectors import proposals
from sites.safety.workflows import PROPOSAL
from sites.safety.worklist import KINDS


def register() -> None:
    """Called once from the application's ready()."""
    register_workflow(PROPOSAL)
    for predicate in (
        proposals.proposal_is_no_danger,
        proposals.danger_is_lifted,
        proposals.danger_stands_again,
    ):
        register_permission(predicate.__name__, predicate)
    register_work(*KINDS)
    register_target(Inspection)
    register_target(Repair)
    register_loader(Stage.REFERENCE, "checklist", load_checklist, order=45)
    register_loader(Stage.DEMO, "inspections", load_inspections, order=40)
    register_grants(
        {
            "sites.ChecklistItem": Grant.KEPT,
            "sites.Inspection": Grant.KEPT,
            "sites.InspectionResult": Grant.FINAL,
            "sites.Measurement": Grant.FINAL,
            "sites.RemediationProposal": Grant.KEPT,
            "sites.Repair": Grant.KEPT,
        },
        seals={
            "sites.Inspection": frozenset({"seal_inspection", "tt_chain"}),
            "sites.InspectionResult": frozenset({"seal_finding"}),
            "sites.Measurement": frozenset({"seal_finding"}),
        },
    )
