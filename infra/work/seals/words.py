"""A sealed record as a person names it."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from django.apps import apps
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from django.utils.translation import gettext as _

Payload = Mapping[str, Any]
LONGEST = 120
_namers: dict[str, Callable[[Payload], str]] = {}


def register_record_name(table: str, name: Callable[[Payload], str]) -> None:
    """How a record of this table is called, from what it said when it was sealed."""
    _namers[table] = name


def record_in_words(table: str, row_id: int, payload: Payload) -> str:
    """What the record is, with its number in the database to find it by."""
    try:
        named = _namers[table](payload)
    except KeyError:  # no name was registered, or the link was tampered with
        named = _model_name(table)
    return f"{named} (#{row_id})"


def target_in_words(payload: Payload) -> str:
    """The object that a record speaks of: kind and name, or its number when it is gone."""
    kind = ContentType.objects.filter(pk=payload.get("target_type_id") or 0).first()
    model = kind.model_class() if kind else None
    if model is None:
        return f"#{payload.get('target_id')}"
    row = model._base_manager.filter(pk=payload.get("target_id")).first()
    return f"{model._meta.verbose_name} “{row or payload.get('target_id')}”"


def value_in_words(value: object) -> str:
    """Short enough for a line; moments in local time."""
    if value is None or value == "":
        return _("empty")
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%H:%M %d/%m/%Y}"
    text = str(value)
    return f"“{text[:LONGEST]}…”" if len(text) > LONGEST else f"“{text}”"


def _model_name(table: str) -> str:
    for model in apps.get_models():
        if model._meta.db_table == table:
            return str(model._meta.verbose_name)
    return table
