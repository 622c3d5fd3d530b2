"""Visits as the phone sends them, and the checklist that they answer."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from uuid import uuid4

from django.core.files.base import File
from django.utils import timezone
from PIL import Image

from infra.files.services import attach
from infra.models import User
from sites.models import ChecklistItem, Inspection, Mast

AT_MAST = {"lat": 10.46021, "lon": 105.63211, "accuracy_m": 6}
FAR_AWAY = {"lat": 10.66, "lon": 105.63211, "accuracy_m": 6}  # 22 km to the north


def codes() -> list[str]:
    """What the form of a guyed mast shows."""
    shown = ChecklistItem.objects.filter(for_structure__in=["", "guyed"], valid_to=None)
    return list(shown.values_list("code", flat=True))


def answers(grade: str = "A") -> list[dict[str, Any]]:
    """Every item passes, except the one that makes the grade."""
    severity = {"B": 2, "C": 3, "D": 4}.get(grade)
    rows: list[dict[str, Any]] = [{"code": code, "result": "pass"} for code in codes()]
    if severity:
        for row in rows:
            if row["code"] == "members":
                row |= {"result": "fail", "severity": severity, "note": "thủng"}
    return rows


def visit(grade: str = "D", **changes: Any) -> dict[str, Any]:
    """A survey of now, at the mast, with the whole checklist answered."""
    now = timezone.now().isoformat()
    return {
        "uuid": str(uuid4()),
        "kind": "survey",
        "checklist": {"on": timezone.localdate().isoformat(), "codes": codes()},
        "visited_at": now,
        "sent_at": now,
        **AT_MAST,
        "answers": answers(grade),
        **changes,
    }


def ago(**time: float) -> datetime:
    """A moment before now."""
    return timezone.now() - timedelta(**time)


def picture() -> bytes:
    """A small photo."""
    content = BytesIO()
    Image.new("RGB", (8, 8), "red").save(content, "JPEG")
    return content.getvalue()


def add_photo(inspection: Inspection, person: User) -> None:
    """A photo on file, put there beside the phone's door."""
    attach(inspection, File(BytesIO(picture()), name="anh.jpg"), person)


def mast_grade(mast: Mast) -> str:
    """As it is stored now."""
    return Mast.objects.values_list("grade", flat=True).get(pk=mast.pk)
