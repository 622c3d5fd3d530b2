"""Who may do what with masts and with a dossier's positions, besides seeing them."""

from django.contrib.auth.models import AnonymousUser

from infra.ground.choices import DossierState, Role
from infra.ground.plaintext import prefix_query
from infra.models import Dossier, User
from sites.models import Mast

Person = User | AnonymousUser
EDITORS = (Role.OFFICER, Role.INSPECTOR, Role.ADMINISTRATOR)
KEEPERS = (Role.OFFICER, Role.ADMINISTRATOR)
REPAIR_RECORDERS = (Role.OFFICER, Role.HEAD)
# Words of a mast that everybody reads stand as they are, those of its own people after "~".
ALL_WORDS, OPEN_WORDS = ("", "~"), ("",)
EDITABLE = frozenset({DossierState.DRAFT, DossierState.SUPPLEMENT_REQUESTED})


def may_edit_dossier(user: User, dossier: Dossier) -> bool:
    """The applicant's own people, until it is submitted and while a supplement is asked for."""
    own = user.has_role(Role.OPERATOR) and dossier.applicant_id == user.organisation_id
    return own and dossier.state in EDITABLE


def may_appraise(user: User, dossier: Dossier) -> bool:
    """Officers, while the dossier is under appraisal."""
    return user.has_role(Role.OFFICER) and dossier.state == DossierState.APPRAISING


def may_edit_masts(user: Person) -> bool:
    """Whether the person may create and edit masts, stations and assessments."""
    return isinstance(user, User) and user.has_role(*EDITORS)


def may_keep_masts(user: Person) -> bool:
    """Whether the person may archive masts and import registers."""
    return isinstance(user, User) and user.has_role(*KEEPERS)


def may_record_repairs(user: Person) -> bool:
    """Whether the person may record a completed repair, which can lift a danger."""
    return isinstance(user, User) and user.has_role(*REPAIR_RECORDERS)


def sees_leases(user: Person) -> bool:
    """Landlords are persons: only the department reads their names."""
    return isinstance(user, User) and user.is_department


def own_organisation_id(user: Person) -> int | None:
    """The organisation whose masts an operator reads in full; None for everybody else."""
    if isinstance(user, User) and user.has_role(Role.OPERATOR):
        return user.organisation_id
    return None


def sees_all_of(user: Person, mast: Mast) -> bool:
    """Whether the person reads every field of this mast, or only what is public."""
    if isinstance(user, User) and user.is_department:
        return True
    return own_organisation_id(user) in (mast.viewer_org_ids or [])


def words_asked(words: list[str], user: Person) -> str:
    """The question to `MastSearch.words`: a word finds a mast for whoever may read it there."""
    if isinstance(user, User) and user.is_department:
        return prefix_query(words, ALL_WORDS)
    public = f"'@p' & {prefix_query(words, OPEN_WORDS)}"
    own = own_organisation_id(user)
    return f"'@o{own}' & {prefix_query(words, ALL_WORDS)} | {public}" if own else public
