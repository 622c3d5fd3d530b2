"""The checklist that stood on a date, for one kind of structure."""

from datetime import date

from django.db.models import Q, QuerySet

from sites.models import ChecklistItem


def checklist_on(on: date, structure: str) -> QuerySet[ChecklistItem]:
    """The lines valid on a date that every mast, or this structure, must answer."""
    return ChecklistItem.objects.filter(
        Q(valid_to=None) | Q(valid_to__gte=on),
        Q(for_structure="") | Q(for_structure=structure),
        valid_from__lte=on,
    ).order_by("order")
