"""Masts, stations, surveys, appraisals."""

from sites.models.assessment import StructuralAssessment
from sites.models.candidate import CandidateLocation, Screening
from sites.models.inspection import (
    ChecklistItem,
    Inspection,
    InspectionResult,
    Measurement,
    RemediationProposal,
)
from sites.models.lease import Lease
from sites.models.mast import Mast
from sites.models.mast_search import MastSearch, MastSearchDue
from sites.models.repair import Repair
from sites.models.station import Antenna, Station
from sites.models.tally import MastTally

__all__ = [
    "Antenna",
    "CandidateLocation",
    "ChecklistItem",
    "Inspection",
    "InspectionResult",
    "Lease",
    "Mast",
    "MastSearch",
    "MastSearchDue",
    "MastTally",
    "Measurement",
    "RemediationProposal",
    "Repair",
    "Screening",
    "Station",
    "StructuralAssessment",
]
