"""A field's value as a person reads it, in histories and reports of imports."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.formats import date_format, localize
from django.utils.translation import gettext as _

from infra.models import Organisation


def place_in_words(point: Point) -> str:
    """Latitude and longitude with decimal commas."""
    return f"{point.y:.6f} {point.x:.6f}".replace(".", ",")


def in_words(model_field: Any, value: Any, organisations: dict[int, str]) -> str:
    """A field's value as a person reads it; an en dash for nothing."""
    if value is None or value in ("", []):
        return "–"
    if model_field.related_model is Organisation:
        return organisations.get(value, f"#{value}")
    for kind, word in _WORDS.items():
        if isinstance(value, kind):
            return word(value)
    return str(dict(model_field.flatchoices).get(value) or localize(value))


_WORDS: dict[type, Callable[[Any], str]] = {
    Point: place_in_words,
    bool: lambda value: _("yes") if value else _("no"),
    list: lambda value: ", ".join(map(str, value)),
    datetime: lambda value: date_format(value, "SHORT_DATETIME_FORMAT"),
}
