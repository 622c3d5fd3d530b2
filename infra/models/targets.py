"""Which objects carry files and documents: who sees the object sees what it carries.

The one registry of both; what is meant for the department alone is withheld by the one that asks.
"""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model, Q

from infra.ground.registry import Registry
from infra.models.user import Person

TARGETS: Registry[type[Model]] = Registry("target of files")


def register_target(model: type[Model]) -> None:
    """Let a model carry files and documents. Raises ImproperlyConfigured without `visible_to`."""
    if not hasattr(model._default_manager.all(), "visible_to"):
        msg = f"{model.__name__} has no visible_to(user): what it carries would be nobody's."
        raise ImproperlyConfigured(msg)
    TARGETS.register(model._meta.label, model)


def sees(user: Person, model: Any, pk: int) -> bool:
    """Whether the person sees the object; False for a model that carries nothing."""
    if model is None or model._meta.label not in TARGETS:
        return False
    seen: bool = model._default_manager.visible_to(user).filter(pk=pk).exists()
    return seen


def on_visible_targets(user: Person, *, but: type[Model]) -> Q:
    """Rows with `target_type` and `target_id` whose object the person sees.

    `but` is the model that asks: a document carries files, never documents.
    """
    found = Q(pk__in=[])
    for model in TARGETS.values():
        if model is but:
            continue
        managed: Any = model._default_manager
        rows = managed.visible_to(user).order_by().values("pk")
        kind = ContentType.objects.get_for_model(model)
        found |= Q(target_type=kind, target_id__in=rows)
    return found
