"""The choices of masts, stations, surveys and appraisals."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from infra.ground.choices import DossierState, OrganisationKind
from infra.map.style import Shape


class MastClass(models.TextChoices):
    """Mast class of TT 14/2013/TT-BTTTT and TTLT 15/2016 (code letters unverified)."""

    A1A = "A1a", _("A1a, small on a building")
    A1B = "A1b", _("A1b, disguised")
    A2A = "A2a", _("A2a, bulky on a building")
    A2B = "A2b", _("A2b, bulky on the ground")
    A2C = "A2c", _("A2c, other bulky")


class Structure(models.TextChoices):
    """How the mast stands."""

    GUYED = "guyed", _("Guyed")
    SELF_SUPPORTING_3 = "self_supporting_3", _("Self-supporting, three legs")
    SELF_SUPPORTING_4 = "self_supporting_4", _("Self-supporting, four legs")
    MONOPOLE = "monopole", _("Monopole")
    CONCRETE_POLE = "concrete_pole", _("Spun concrete pole")
    DISGUISED = "disguised", _("Disguised")
    SMALL = "small", _("Small roof pole")


class Footing(models.TextChoices):
    """What the mast stands on."""

    GROUND = "ground", _("Ground")
    ROOF = "roof", _("Roof of a building")


class PermitStatus(models.TextChoices):
    """Construction permit, or its absence."""

    GRANTED = "granted", _("Granted")
    EXEMPT = "exempt", _("Exempt")
    NONE = "none", _("None")
    UNKNOWN = "unknown", _("Unknown")


class OperatingStatus(models.TextChoices):
    """Whether the mast or station works: apart from whether it is safe."""

    ON_AIR = "on_air", _("On air")
    OFF_AIR = "off_air", _("Off air")
    PLANNED = "planned", _("Planned")
    ABANDONED = "abandoned", _("Abandoned")
    DISMANTLED = "dismantled", _("Dismantled")


class Grade(models.TextChoices):
    """Safety grade, proposed scale (no national one was found)."""

    A = "A", _("A, safe")
    B = "B", _("B, needs maintenance")
    C = "C", _("C, degraded, needs a load-bearing assessment")
    D = "D", _("D, dangerous")
    UNGRADED = "", _("Not graded yet")

    @property
    def color(self) -> str:
        """The grade's colour on maps, in lists and on paper."""
        return _GRADE_SIGNS[self.value][0]

    @property
    def ink(self) -> str:
        """What its letter is written in."""
        return _GRADE_SIGNS[self.value][1]

    @property
    def shape(self) -> Shape:
        """The shape alone tells the grade."""
        return _GRADE_SIGNS[self.value][2]


_GRADE_SIGNS: dict[str, tuple[str, str, Shape]] = {
    "A": ("#2e7d32", "#ffffff", "circle"),
    "B": ("#1558b0", "#ffffff", "square"),
    "C": ("#e07b00", "#241400", "triangle"),
    "D": ("#8e1420", "#ffffff", "diamond"),
    "": ("#ffffff", "#3c4650", "circle"),
}


class Technology(models.TextChoices):
    """Radio technology."""

    G2 = "2G", "2G"
    G3 = "3G", "3G"
    G4 = "4G", "4G"
    G5 = "5G", "5G"


class InspectionKind(models.TextChoices):
    """Kinds of visit; each has its own legal basis."""

    SURVEY = "survey", _("Survey (no sanction)")
    SPECIALISED_CHECK = "specialised_check", _("Specialised check by decision")
    UNANNOUNCED_CHECK = "unannounced_check", _("Unannounced check on a clear sign")
    DESK_REVIEW = "desk_review", _("Desk review")
    VERIFICATION = "verification", _("Verification visit to lift grade D")


class ItemResult(models.TextChoices):
    """Outcome of one checklist item."""

    PASS = "pass", _("Pass")
    FAIL = "fail", _("Fail")
    NOT_APPLICABLE = "not_applicable", _("Not applicable")
    UNABLE = "unable", _("Could not be checked")


SEVERITIES = (
    (1, _("slight")),
    (2, _("to be maintained")),
    (3, _("serious")),
    (4, _("dangerous")),
)


class Quantity(models.TextChoices):
    """What is measured on a visit."""

    PLUMB = "plumb", _("Deviation of the top")
    EARTHING = "earthing", _("Earthing resistance")
    HEIGHT = "height", _("Height")


class ProposalState(models.TextChoices):
    """Where a remediation proposal stands."""

    PROPOSED = "proposed", _("Proposed")
    ACCEPTED = "accepted", _("Accepted")
    REJECTED = "rejected", _("Rejected")
    DONE = "done", _("Carried out")
    LIFTED = "lifted", _("Grade D lifted")


class Outcome(models.TextChoices):
    """The result per position (never a construction permit)."""

    PENDING = "", _("Not decided")
    AGREED = "agreed", _("Agreed")
    AGREED_WITH_CONDITIONS = "agreed_with_conditions", _("Agreed with conditions")
    ADJUST = "adjust", _("Adjustment of the position requested")
    SHARE = "share", _("Sharing requested")
    NOT_AGREED = "not_agreed", _("Not agreed")

    @property
    def color(self) -> str:
        """Of the pin on the map: agreed, not agreed, or still open."""
        if self in AGREEING:
            return "#1b7f79"
        return "#6b6f76" if self is Outcome.NOT_AGREED else "#6a3fb5"


AGREEING = frozenset({Outcome.AGREED, Outcome.AGREED_WITH_CONDITIONS})
# Where the applicant and everybody outside the department reads the results.
RESULT_STATES = frozenset({DossierState.ISSUED, DossierState.RETURNED})


class RelocationReason(models.TextChoices):
    """Why a station moves."""

    ROAD_WIDENING = "road_widening", _("Road widening")
    LEASE_ENDED = "lease_ended", _("Lease ended")
    RESIDENTS = "residents", _("Residents' petition")
    UNSAFE = "unsafe", _("Unsafe")
    PLANNING = "planning", _("Planning")
    PROJECT = "project", _("Construction project")


class AssessmentConclusion(models.TextChoices):
    """Conclusion of a structural assessment."""

    SAFE = "safe", _("Bears its loads")
    SAFE_WITH_LIMITS = "safe_with_limits", _("Bears its loads with limits")
    UNSAFE = "unsafe", _("Does not bear its loads")


PASSING = frozenset({AssessmentConclusion.SAFE, AssessmentConclusion.SAFE_WITH_LIMITS})
# Who owns masts or has stations on them.
MAST_HOLDERS = (OrganisationKind.OPERATOR, OrganisationKind.TOWER_COMPANY)
