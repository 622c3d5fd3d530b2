"""Completed repairs of a mast with their papers."""

from collections import defaultdict
from dataclasses import dataclass

from django.contrib.contenttypes.models import ContentType

from infra.models import Attachment, User
from sites.models import Mast, Repair


@dataclass(frozen=True)
class RepairLine:
    """A repair and its files."""

    repair: Repair
    files: tuple[Attachment, ...]


def repairs_of(mast: Mast, reader: User) -> list[RepairLine]:
    """Newest first, withdrawn ones too; two queries."""
    rows = list(Repair.objects.visible_to(reader).filter(mast=mast).select_related("recorded_by"))
    files: dict[int, list[Attachment]] = defaultdict(list)
    kind = ContentType.objects.get_for_model(Repair)
    for file in Attachment.objects.filter(target_type=kind, target_id__in=[r.pk for r in rows]):
        files[file.target_id].append(file)
    return [RepairLine(row, tuple(files[row.pk])) for row in rows]
