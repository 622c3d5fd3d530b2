"""The checklist that stood on a date, and the one that a phone showed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from sites.models import ChecklistItem


@dataclass(frozen=True)
class ShownChecklist:
    """The lines that a phone showed, and codes that no version up to its day knows."""

    items: tuple[ChecklistItem, ...]
    unknown: tuple[str, ...]


def checklist_on(on: date, structure: str) -> QuerySet[ChecklistItem]:
    """The lines valid on a date that every mast, or this structure, must answer."""
    return ChecklistItem.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on),
        Q(for_structure="") | Q(for_structure=structure),
        valid_from__lte=on,
    ).order_by("order")


def checklist_shown(on: date, codes: Sequence[str], structure: str) -> ShownChecklist:
    """The shown lines, together with those that stood that day and should have been shown.

    A line counts although it was closed since: the phone showed it. One that the phone left out
    is there unanswered, so that a short list never betters a grade.
    """
    known = ChecklistItem.objects.filter(code__in=codes, valid_from__lte=on)
    shown = {item.code: item for item in known.order_by("code", "-valid_from").distinct("code")}
    due = {item.code: item for item in checklist_on(on, structure)}
    items = sorted((due | shown).values(), key=lambda item: (item.order, item.code))
    return ShownChecklist(tuple(items), tuple(code for code in codes if code not in shown))
