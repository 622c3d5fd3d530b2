"""What surveys register when Django is ready: workflow, files, checklist, demo visits."""

from infra.cases.workflow.registry import register_workflow
from infra.ground.loading import Stage, register_loader
from infra.models.targets import register_target
from infra.people.worklist import register_provider
from sites.models import Inspection
from sites.safety.demo import load_inspections
from sites.safety.reference import load_checklist
from sites.safety.workflows import PROPOSAL
from sites.safety.worklist import proposals_waiting, visits_waiting


def register() -> None:
    """Called once from the application's ready()."""
    register_workflow(PROPOSAL)
    register_provider(proposals_waiting)
    register_provider(visits_waiting)
    register_target(Inspection)
    register_loader(Stage.REFERENCE, "checklist", load_checklist, order=45)
    register_loader(Stage.DEMO, "inspections", load_inspections, order=40)
