"""Who may close or open the proposal of a visit, besides holding the role."""

from infra.models import User
from sites.choices import Grade
from sites.models import RemediationProposal
from sites.safety.rules.standing import standing_of
from sites.safety.selectors.standing import safety_record


def proposal_is_no_danger(target: RemediationProposal, _actor: User) -> bool:
    """A D is closed by what lifts it, never by hand."""
    return target.grade != Grade.D


def danger_is_lifted(target: RemediationProposal, _actor: User) -> bool:
    """Whether visits and papers lift the D that this proposal was raised for."""
    standing = standing_of(safety_record(target.mast))
    return standing.lifting_of(str(target.inspection.uuid)) is not None


def danger_stands_again(target: RemediationProposal, _actor: User) -> bool:
    """Whether nothing on file lifts the D any more."""
    return not danger_is_lifted(target, _actor)
