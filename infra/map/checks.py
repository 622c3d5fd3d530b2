"""`manage.py check --database default`: every layer's declaration compiles into its statements."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.contrib.auth.models import AnonymousUser
from django.core.checks import CheckMessage, Error, Tags, register
from django.core.exceptions import FieldError

from infra.ground.choices import Role
from infra.map.registry import LayerSpec, Person, all_layers
from infra.map.sql import Outline, as_expression, compiled
from infra.models import User

_ZOOM = 14


@register(Tags.database)
def layers_compile(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None, **kwargs: Any
) -> list[CheckMessage]:
    """Fields, filters, orders and expressions that a layer names are there, for every reader."""
    if not databases:
        return []
    return [
        Error(f"The map layer {spec.key!r}: {fault}.", id="infra.E040")
        for spec in all_layers()
        for fault in layer_faults(spec)
    ]


def layer_faults(spec: LayerSpec) -> list[str]:
    """What the database layer says against a declaration; nothing is asked of the database."""
    readers: list[Person] = [AnonymousUser(), *(User(pk=0, roles=[role]) for role in Role)]
    faults = {
        fault
        for reader in readers
        if spec.may_see(reader)
        for fault in [_fault(spec, reader)]
        if fault
    }
    return sorted(faults)


def _fault(spec: LayerSpec, reader: Person) -> str:
    try:
        rows = spec.queryset(reader)
        if spec.at_zoom:
            rows = spec.at_zoom(rows, _ZOOM)
        drawn = {f"tile_{name}": as_expression(source) for name, source in spec.properties.items()}
        outlined = rows.annotate(map_geometry=Outline(spec.geometry), **drawn)
        for order in (spec.order_by, spec.list_order):
            compiled(outlined.order_by(*order))
        for part, order in spec.list_parts(reader) if spec.list_parts else ():
            compiled(part.order_by(*order))
        tallied = [spec.tally.rows(reader)] if spec.tally else []
        for lookup in spec.filters.values():
            for narrow in (rows, *tallied):
                compiled(narrow.filter(**{f"{lookup}__isnull": False}))
        compiled(rows.filter(**{f"{spec.id_field}__isnull": False}))
    except (FieldError, ValueError) as error:
        return str(error)
    return ""
