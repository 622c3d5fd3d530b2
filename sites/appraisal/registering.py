"""What appraisals register when Django is ready; binds what the dossier's table names."""

from infra.cases.dossiers.workflow import DOSSIER
from infra.cases.workflow.registry import register_effect, register_evidence, register_guard
from infra.ground.loading import Stage, register_loader
from infra.work.seals import Grant, register_grants
from sites.appraisal import guards, layers, reference
from sites.appraisal.demo import load_dossiers
from sites.appraisal.services import steps


def register() -> None:
    """Guards, effects and evidence of positions, their layer, limits and demo dossiers."""
    layers.register()
    for guard in (guards.candidates_present, guards.screened, guards.outcomes_decided):
        register_guard(guard.__name__, guard)
    for effect in (steps.screen_positions, steps.draft_letter, steps.start_validity):
        register_effect(effect.__name__, effect)
    register_evidence(DOSSIER.key, steps.position_evidence)
    register_loader(Stage.REFERENCE, "appraisal", reference.load, order=40)
    register_loader(Stage.DEMO, "dossiers", load_dossiers, order=50)
    register_grants(
        {"sites.CandidateLocation": Grant.OPEN, "sites.Screening": Grant.OPEN},
        seals={
            "sites.CandidateLocation": frozenset({"seal_candidate", "seal_truncate"}),
            "sites.Screening": frozenset({"seal_screening", "seal_truncate"}),
        },
    )
