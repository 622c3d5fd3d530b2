"""Binds what the dossier's table names of positions: guards, effects, evidence."""

from infra.cases.dossiers.workflow import DOSSIER
from infra.cases.workflow.registry import register_effect, register_evidence, register_guard
from sites.appraisal import guards
from sites.appraisal.services import steps as appraisal_steps


def register() -> None:
    """Called once, when Django is ready."""
    for guard in (guards.candidates_present, guards.screened, guards.outcomes_decided):
        register_guard(guard.__name__, guard)
    for effect in (
        appraisal_steps.screen_positions,
        appraisal_steps.draft_letter,
        appraisal_steps.start_validity,
    ):
        register_effect(effect.__name__, effect)
    register_evidence(DOSSIER.key, appraisal_steps.position_evidence)
