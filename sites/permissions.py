"""Who may do what with a dossier's positions, besides seeing them."""

from infra.choices import DossierState, Role
from infra.models import Dossier, User

EDITABLE = frozenset({DossierState.DRAFT, DossierState.SUPPLEMENT_REQUESTED})


def may_edit_dossier(user: User, dossier: Dossier) -> bool:
    """The applicant's own people, until it is submitted and while a supplement is asked for."""
    own = user.has_role(Role.OPERATOR) and dossier.applicant_id == user.organisation_id
    return own and dossier.state in EDITABLE


def may_appraise(user: User, dossier: Dossier) -> bool:
    """Officers, while the dossier is under appraisal."""
    return user.has_role(Role.OFFICER) and dossier.state == DossierState.APPRAISING
