"""What the page of a dossier shows: positions with their counts, papers, what the map draws."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from infra.cases.documents.selectors import documents_of
from infra.ground.choices import DocumentType, ProcedureKind
from infra.ground.rules import Severity
from infra.models import Document, Dossier, User
from sites.appraisal.findings import severity_label
from sites.appraisal.selectors.dossiers import (
    count_by_severity,
    findings_of,
    is_fresh,
    outcomes_are_open,
    positions_of,
)
from sites.appraisal.selectors.scene import bounds_of, comment_pins, dossier_scene, moved
from sites.models import CandidateLocation
from sites.permissions import may_appraise, may_edit_dossier


@dataclass(frozen=True)
class PositionRow:
    """One position in the list: counts by severity, whether the rules must run again."""

    candidate: CandidateLocation
    counts: tuple[tuple[str, str, int], ...]
    is_screened: bool
    moved: str
    url: str


def dossier_context(dossier: Dossier, user: User) -> dict[str, Any]:
    """Everything of the page but the map's own configuration."""
    editable = may_edit_dossier(user, dossier)
    candidates = list(positions_of(dossier, user))
    is_open = outcomes_are_open(dossier, user)
    scene = dossier_scene(candidates, shows_outcomes=is_open)
    scene["features"] += comment_pins(dossier, user)
    rows = [_position(candidate, editable) for candidate in candidates]
    return {
        "dossier": dossier,
        "positions": rows,
        "total": len(rows),
        "may_edit": editable,
        "may_appraise": may_appraise(user, dossier),
        "is_relocation": dossier.procedure.kind == ProcedureKind.RELOCATION,
        "scene": scene,
        "bounds": bounds_of(candidates),
        "letter": readable_letter(dossier, user),
        "shows_outcomes": is_open,
        "decided": sum(1 for candidate in candidates if candidate.outcome),
    }


def readable_letter(dossier: Dossier, user: User) -> Document | None:
    """The reply letter that counts now, if the person may read it yet."""
    letters = documents_of(dossier).filter(type=DocumentType.REPLY_LETTER)
    return letters.filter(pk__in=Document.objects.visible_to(user).values("pk")).first()


def _position(candidate: Any, editable: bool) -> PositionRow:
    screening = candidate.seen_screenings[0] if candidate.seen_screenings else None
    counts = count_by_severity(findings_of(screening))
    name = "sites:candidate_edit" if editable else "sites:candidate_detail"
    return PositionRow(
        candidate=candidate,
        counts=tuple(
            (severity.value, severity_label(severity), counts[severity.value])
            for severity in (Severity.BLOCKING, Severity.ADVISORY, Severity.UNDETERMINED)
            if counts[severity.value]
        ),
        is_screened=screening is not None and is_fresh(screening, candidate),
        moved=moved(candidate),
        url=reverse(name, args=[candidate.uuid]),
    )
