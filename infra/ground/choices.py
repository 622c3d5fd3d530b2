"""The choices that both halves share: value, label and, where it is drawn, colour, in one place."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a person does; one person may hold several."""

    INSPECTOR = "inspector", _("Inspector")
    PLANNER = "planner", _("Planner")
    OPERATOR = "operator", _("Operator")
    OFFICER = "officer", _("Officer")
    HEAD = "head", _("Head of division")
    LEADER = "leader", _("Leader")
    CLERK = "clerk", _("Clerk")
    CONSULTED = "consulted", _("Consulted body")
    AUDITOR = "auditor", _("Auditor")
    ADMINISTRATOR = "administrator", _("Administrator")


DEPARTMENT_ROLES = frozenset(
    {
        Role.INSPECTOR,
        Role.PLANNER,
        Role.OFFICER,
        Role.HEAD,
        Role.LEADER,
        Role.CLERK,
        Role.AUDITOR,
        Role.ADMINISTRATOR,
    }
)


class FailureScope(models.TextChoices):
    """By what failed sign-ins are counted."""

    PAIR = "pair", _("Account and address")
    ACCOUNT = "account", _("Account")
    ADDRESS = "address", pgettext_lazy("of the network", "Address")
    DEVICE = "device", _("Known device")


class OrganisationKind(models.TextChoices):
    """What a body is to the department."""

    DEPARTMENT = "department", _("Department")
    COMMITTEE = "committee", _("Provincial People's Committee")
    OPERATOR = "operator", _("Mobile operator")
    TOWER_COMPANY = "tower_company", _("Tower company")
    CABLE_TV = "cable_tv", _("Cable television company")
    POWER_COMPANY = "power_company", _("Power company")
    COMMUNE = "commune", _("Commune or ward committee")
    CONSULTED = "consulted", _("Other consulted body")


class UnitLevel(models.IntegerChoices):
    """The tier of an administrative unit."""

    PROVINCE = 1, _("Province")
    DISTRICT = 2, _("District")
    COMMUNE = 3, _("Commune")


class ConstraintKind(models.TextChoices):
    """What a constraint layer shows."""

    SCHOOL = "school", _("School")
    HOSPITAL = "hospital", _("Hospital")
    HOUSE = "house", _("House")
    HERITAGE = "heritage", _("Heritage site")
    POWER_LINE = "power_line", _("Power line")
    AIRPORT = "airport", _("Airport")
    ROAD = "road", _("Road")
    WATER = "water", _("River or canal")
    EROSION = "erosion", _("Erosion warning")
    BORDER_ZONE = "border_zone", _("Border zone")
    URBAN_AREA = "urban_area", _("Urban area")
    GREEN = "green", _("Park or field")


class Confidence(models.TextChoices):
    """How sure a number or a legal basis is (the marks of the domain notes)."""

    VERIFIED = "verified", _("Verified")
    COMPUTED = "computed", _("Computed")
    REPORTED = "reported", _("Reported by the province")
    UNVERIFIED = "unverified", _("Unverified")
    ILLUSTRATIVE = "illustrative", _("Illustrative")


class LimitKind(models.TextChoices):
    """What a row of limits is: a rule with its source, or the office's own question."""

    REGULATION = "regulation", _("Regulation or standard")
    PLAUSIBILITY = "plausibility", _("Plausibility: beyond it a form asks again")


class Publicity(models.TextChoices):
    """Who may see a record."""

    PUBLIC = "public", _("Public")
    INTERNAL = "internal", _("Internal")
    RESTRICTED = "restricted", _("Restricted")


class DayKind(models.TextChoices):
    """Why a calendar day differs from its week day."""

    OFF = "off", _("Public holiday")
    COMPENSATORY = "compensatory", _("Compensatory day off")
    WORKING_SWAP = "working_swap", _("Working day by swap")


class ReceptionChannel(models.IntegerChoices):
    """National codes of the way a dossier came in."""

    IN_PERSON = 1, _("In person")
    ONLINE = 2, _("Online")
    POST = 3, _("Public post")


class NationalState(models.IntegerChoices):
    """National synchronisation codes of a dossier's state (1–10)."""

    REGISTERED = 1, _("Newly registered")
    RECEIVED = 2, _("Received")
    NOT_RECEIVED = 3, _("Not received")
    IN_PROGRESS = 4, _("In progress")
    SUPPLEMENT_REQUESTED = 5, _("Supplement requested")
    FEE_REQUESTED = 6, _("Financial obligation requested")
    WITHDRAWAL_REQUESTED = 7, _("Withdrawal requested")
    STOPPED = 8, _("Stopped")
    DONE = 9, _("Done")
    RETURNED = 10, _("Result returned")


class ProcedureKind(models.TextChoices):
    """What a procedure decides."""

    NEW_POSITION = "new_position", _("New position")
    RELOCATION = "relocation", _("Relocation")


class DossierState(models.TextChoices):
    """Where a dossier stands."""

    DRAFT = "draft", _("Draft")
    SUBMITTED = "submitted", _("Submitted")
    REFUSED_AT_INTAKE = "refused_at_intake", _("Not received")
    APPRAISING = "appraising", _("Under appraisal")
    SUPPLEMENT_REQUESTED = "supplement_requested", _("Waiting for supplement")
    WITH_HEAD = "with_head", _("With the head of division")
    WITH_LEADER = "with_leader", _("Waiting for signature")
    SIGNED = "signed", _("Signed, waiting for number")
    ISSUED = "issued", _("Reply issued")
    RETURNED = "returned", _("Result returned")
    WITHDRAWAL_REQUESTED = "withdrawal_requested", _("Withdrawal requested")
    WITHDRAWN = "withdrawn", _("Withdrawn")


# Nobody has anything to do on these any more.
CLOSED_DOSSIER = (
    DossierState.REFUSED_AT_INTAKE,
    DossierState.ISSUED,
    DossierState.RETURNED,
    DossierState.WITHDRAWN,
)


class Opinion(models.TextChoices):
    """What a consulted body answers."""

    AGREE = "agree", _("Agrees")
    AGREE_WITH_CONDITIONS = "agree_with_conditions", _("Agrees with conditions")
    DISAGREE = "disagree", _("Disagrees")
    NO_COMMENT = "no_comment", _("No comment")


class CommentVisibility(models.TextChoices):
    """Who reads a comment."""

    PUBLIC = "public", _("Seen by the applicant")
    INTERNAL = "internal", _("Internal to the department")


class DocumentType(models.TextChoices):
    """The documents the system drafts."""

    REPLY_LETTER = "reply_letter", _("Reply letter")
    SUBMISSION = "submission", _("Submission to the committee")
    MINUTES = "minutes", _("Minutes")
    RECEIPT = "receipt", _("Receipt and appointment slip")
    SUPPLEMENT = "supplement", _("Supplement request")


class DocumentState(models.TextChoices):
    """Where a document stands; an issued one is never changed, only replaced or withdrawn."""

    DRAFT = "draft", _("Draft")
    FOR_SIGNATURE = "for_signature", _("For signature")
    SIGNED = "signed", _("Signed")
    ISSUED = "issued", _("Issued")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", pgettext_lazy("document", "Withdrawn")


class SignMode(models.TextChoices):
    """On whose behalf a document is signed (NĐ 30/2020/NĐ-CP)."""

    SELF = "", _("In own name")
    TM = "TM.", _("On behalf of the collective")
    KT = "KT.", _("For the head, as deputy")
    TL = "TL.", _("By order")
    TUQ = "TUQ.", _("By authorisation")


class DeliveryState(models.TextChoices):
    """Where a notice sent outside the application stands."""

    WAITING = "waiting", _("Waiting to be sent")
    SENT = "sent", _("Sent")
    FAILED = "failed", _("Given up")
    NOT_SET_UP = "not_set_up", _("Not sent: no mail server is set up")


class JobState(models.TextChoices):
    """Where a background job stands."""

    QUEUED = "queued", _("Queued")
    RUNNING = "running", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Failed")
    CANCELLED = "cancelled", _("Cancelled")


class ImportState(models.TextChoices):
    """Where an import stands."""

    MAPPING = "mapping", _("Columns to be matched")
    CHECKING = "checking", _("Being checked")
    CHECKED = "checked", _("Checked, waiting for your confirmation")
    IMPORTING = "importing", _("Being imported")
    DONE = "done", _("Imported")
    FAILED = "failed", _("Failed")


class IssueSeverity(models.TextChoices):
    """Whether a finding in an import stops it."""

    ERROR = "error", _("Error")
    WARNING = "warning", _("Warning")
