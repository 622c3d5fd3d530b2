"""Which objects carry files; who sees the object sees the file, unless it is internal."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.db.models import Model

from infra.ground.registry import Registry
from infra.models import Attachment, User

TARGETS: Registry[type[Model]] = Registry("target of files")


def register_target(model: type[Model]) -> None:
    """Let a model carry files. Raises ImproperlyConfigured when nobody says who sees it."""
    if not hasattr(model._default_manager.all(), "visible_to"):
        msg = f"{model.__name__} has no visible_to(user): its files would belong to nobody."
        raise ImproperlyConfigured(msg)
    TARGETS.register(model._meta.label, model)


def may_read(user: User, attachment: Attachment) -> bool:
    """Whether the person sees the file's object, and for an internal file is of the department."""
    if attachment.is_internal and not user.is_department:
        return False
    return _sees(user, attachment.target_type.model_class(), attachment.target_id)


def _sees(user: User, model: Any, pk: int) -> bool:
    if model is None or model._meta.label not in TARGETS:
        return False
    seen: bool = model._default_manager.visible_to(user).filter(pk=pk).exists()
    return seen
