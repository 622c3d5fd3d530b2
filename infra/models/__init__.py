"""The ground floor's models."""

from infra.models.attachment import Attachment, FileOpening
from infra.models.calendar import CalendarDay
from infra.models.conversation import Comment, Notice, NoticeDelivery
from infra.models.document import Document
from infra.models.dossier import ClockPause, Consultation, Dossier, SupplementRequest
from infra.models.exchange import ColumnMemory, ImportIssue, ImportRun
from infra.models.job import DutyRun, Job
from infra.models.layer_load import LayerLoad
from infra.models.map import MapAggregate, MapTableVersion
from infra.models.organisation import Organisation
from infra.models.procedure import Procedure, ProcedureComponent, SigningAuthority
from infra.models.regulation import RegulationLimit
from infra.models.seal import ChainLink
from infra.models.search_word import SearchWord
from infra.models.sign_in import SignInFailures
from infra.models.territory import (
    AdministrativeUnit,
    ConstraintDataset,
    ConstraintFeature,
    UnitSuccession,
)
from infra.models.user import Person, User
from infra.models.workflow import TransitionRecord

__all__ = [
    "AdministrativeUnit",
    "Attachment",
    "CalendarDay",
    "ChainLink",
    "ClockPause",
    "ColumnMemory",
    "Comment",
    "ConstraintDataset",
    "ConstraintFeature",
    "Consultation",
    "Document",
    "Dossier",
    "DutyRun",
    "FileOpening",
    "ImportIssue",
    "ImportRun",
    "Job",
    "LayerLoad",
    "MapAggregate",
    "MapTableVersion",
    "Notice",
    "NoticeDelivery",
    "Organisation",
    "Person",
    "Procedure",
    "ProcedureComponent",
    "RegulationLimit",
    "SearchWord",
    "SignInFailures",
    "SigningAuthority",
    "SupplementRequest",
    "TransitionRecord",
    "UnitSuccession",
    "User",
]
