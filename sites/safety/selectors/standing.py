"""What is on file about a mast's safety, as the pure rule takes it, and its verdict in words."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from infra.models import Attachment
from sites.choices import PASSING, InspectionKind
from sites.models import Inspection, Mast, Repair, StructuralAssessment
from sites.safety.rules.standing import (
    Assessment,
    Danger,
    Lifting,
    Need,
    SafetyRecord,
    Standing,
    Visit,
    needs_of,
    standing_of,
)
from sites.safety.rules.standing import Repair as RepairPaper


def safety_record(mast: Mast) -> SafetyRecord:
    """All visits and papers of the mast; four queries."""
    inspections = list(Inspection.objects.filter(mast=mast))
    with_photos = set(_photos_of(inspections))
    return SafetyRecord(
        visits=frozenset(_visit(one, one.pk in with_photos) for one in inspections),
        assessments=frozenset(
            _assessment(one) for one in StructuralAssessment.objects.filter(mast=mast)
        ),
        repairs=frozenset(
            RepairPaper(str(one.uuid), one.completed_at)
            for one in Repair.objects.standing().filter(mast=mast)
        ),
    )


def _photos_of(inspections: list[Inspection]) -> QuerySet[Attachment, int]:
    kind = ContentType.objects.get_for_model(Inspection)
    photos = Attachment.objects.filter(
        target_type=kind,
        target_id__in=[one.pk for one in inspections],
        content_type__startswith="image/",
    )
    return photos.values_list("target_id", flat=True)


def _visit(row: Inspection, has_photos: bool) -> Visit:
    return Visit(
        key=str(row.uuid),
        at=row.counts_from,
        grade=row.grade,
        is_verification=row.kind == InspectionKind.VERIFICATION,
        has_photos=has_photos,
        is_near=row.is_near,
        clock_is_sure=not row.clock_doubt,
    )


def _assessment(row: StructuralAssessment) -> Assessment:
    return Assessment(
        key=str(row.pk),
        begins=_midnight(row.assessed_on),
        ends=_midnight(row.assessed_on + timedelta(days=1)),
        passes=row.conclusion in PASSING,
        good_until=_midnight(row.valid_until + timedelta(days=1)) if row.valid_until else None,
    )


def _midnight(day: date) -> datetime:
    """When a day of the office begins."""
    return timezone.make_aware(datetime.combine(day, time.min))


@dataclass(frozen=True)
class NeedLine:
    """One condition of lifting in words, and whether it is met."""

    sentence: str
    is_met: bool
    visit: str = ""


@dataclass(frozen=True)
class DangerLines:
    """A danger that stands: what found it and what lifts it."""

    sentence: str
    visit: str
    needs: tuple[NeedLine, ...]


@dataclass(frozen=True)
class SafetyPicture:
    """Why the mast stands where it does, for its page."""

    standing: Standing
    dangers: tuple[DangerLines, ...]


def safety_picture(mast: Mast) -> SafetyPicture:
    """The standing of a mast with sentences for each danger that holds it at D."""
    record = safety_record(mast)
    standing = standing_of(record)
    lines = tuple(
        DangerLines(
            sentence=danger_sentence(danger),
            visit=danger.key if danger.kind == "visit" else "",
            needs=tuple(_line(need) for need in needs_of(danger, record)),
        )
        for danger in standing.dangers
    )
    return SafetyPicture(standing, lines)


def danger_sentence(danger: Danger) -> str:
    """What found the danger, and when."""
    if danger.kind == "assessment":
        day = timezone.localtime(danger.at - timedelta(seconds=1))
        return _(
            "The structural assessment of %(day)s found that the mast does not bear its loads."
        ) % {"day": date_format(day, "d/m/Y")}
    return _("The visit of %(moment)s found grade D.") % {"moment": moment_words(danger.at)}


def lifting_sentence(lifting: Lifting, standing_record: SafetyRecord) -> str:
    """Which visit and which paper closed the danger, as the trace keeps it."""
    visit = next(one for one in standing_record.visits if one.key == lifting.visit)
    facts = {"moment": moment_words(visit.at)}
    if lifting.paper == "repair":
        repair = next(one for one in standing_record.repairs if one.key == lifting.paper_key)
        return _(
            "Lifted by the verification visit of %(moment)s and the repair completed at %(paper)s."
        ) % {**facts, "paper": moment_words(repair.at)}
    paper = next(one for one in standing_record.assessments if one.key == lifting.paper_key)
    day = date_format(timezone.localtime(paper.begins), "d/m/Y")
    return _(
        "Lifted by the verification visit of %(moment)s and the structural assessment of %(paper)s."
    ) % {**facts, "paper": day}


def moment_words(moment: datetime) -> str:
    """Hour and day as people here write them."""
    return date_format(timezone.localtime(moment), "H:i d/m/Y")


def _line(need: Need) -> NeedLine:
    sentences = {
        "verification": _("A verification visit after it, which does not find grade D again."),
        "photos": _("The verification visit has at least one photo that was received."),
        "near": _("The verification visit was logged at the mast, within the office's limit."),
        "paper": _("A structural assessment of a later day that passes, or a completed repair."),
        "clock": _("The phone's clock was right on the verification visit."),
        "order": _(
            "The verification visit came after the repair, or while the assessment was valid."
        ),
    }
    return NeedLine(sentences[need.code], need.is_met, need.key if need.code != "paper" else "")
