"""A field's value as a person reads it, in histories and reports of imports."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from django.contrib.gis.geos import Point
from django.utils.formats import date_format, localize
from django.utils.timezone import localtime
from django.utils.translation import gettext as _


def place_in_words(point: Point) -> str:
    """Latitude and longitude with decimal commas."""
    return f"{point.y:.6f} {point.x:.6f}".replace(".", ",")


def in_words(model_field: Any, value: Any, names: Mapping[Any, str]) -> str:
    """A field's value as a person reads it; `names` by key where it points at another row."""
    if value is None or value in ("", []):
        return "–"
    if model_field.related_model:
        return names.get(value, f"#{value}")
    if isinstance(value, list) and getattr(model_field, "base_field", None):
        offered = dict(model_field.base_field.flatchoices)
        return ", ".join(str(offered.get(one, one)) for one in value)
    for kind, word in _WORDS.items():
        if isinstance(value, kind):
            return word(value)
    return str(dict(model_field.flatchoices).get(value) or localize(value))


_WORDS: dict[type, Callable[[Any], str]] = {
    Point: place_in_words,
    bool: lambda value: _("yes") if value else _("no"),
    list: lambda value: ", ".join(map(str, value)),
    datetime: lambda value: date_format(localtime(value), "SHORT_DATETIME_FORMAT"),
    date: lambda value: date_format(value, "SHORT_DATE_FORMAT"),
    dict: lambda value: _("%(count)s values") % {"count": len(value)},
}
