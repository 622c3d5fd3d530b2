"""Taking files in: size, kind by content, safe name, stored by hash."""

from collections.abc import Iterable
from datetime import datetime
from io import BytesIO
from typing import Any
from uuid import UUID, uuid4

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.geos import Point
from django.core.files.base import File
from django.db import models
from django.utils.translation import gettext as _

from infra.files import store
from infra.files.names import safe_name
from infra.files.sniff import CONTENT_TYPES, EVERYDAY, Kind, kind_of
from infra.ground.errors import Refused, TooLarge
from infra.ground.once import create_once
from infra.models import Attachment, User

# What must be the same for a file that is sent again to be the one already kept.
SAME = ("target_type_id", "target_id", "uploaded_by_id", "sha256")


def attach(
    target: models.Model,
    upload: "File[Any]",
    actor: User | None,
    component: str = "",
    *,
    is_internal: bool = False,
    allow: Iterable[Kind] = EVERYDAY,
    uuid: UUID | None = None,
    captured_at: datetime | None = None,
    captured_point: Point | None = None,
    captured_accuracy_m: float | None = None,
) -> Attachment:
    """Keep an uploaded file with its object; the same `uuid` sent twice is one row.

    Raises TooLarge, Refused (kind, damage, emptiness) or Conflict (the uuid is another's).
    """
    kind, name = _inspect(upload, allow)
    sha256, size = store.put(upload.chunks())
    row = Attachment(
        uuid=uuid or uuid4(),
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        component=component,
        name=name,
        sha256=sha256,
        size=size,
        content_type=CONTENT_TYPES[kind],
        is_internal=is_internal,
        captured_at=captured_at,
        captured_point=captured_point,
        captured_accuracy_m=captured_accuracy_m,
        uploaded_by=actor,
    )
    return create_once(row, SAME)[0]


def attach_bytes(
    target: models.Model, name: str, content: bytes, actor: User | None, **options: Any
) -> Attachment:
    """Keep bytes we made ourselves."""
    return attach(target, File(BytesIO(content), name=name), actor, **options)


def detach(attachment: Attachment) -> None:
    """Take a file off its object; the bytes stay for whoever shares them."""
    attachment.delete()


def _inspect(upload: "File[Any]", allow: Iterable[Kind]) -> tuple[Kind, str]:
    given = str(upload.name or "tep")
    limit = settings.UPLOAD_LIMIT_MB
    if upload.size > limit * 1024 * 1024:
        raise TooLarge(
            _("“%(name)s” is larger than %(limit)d MB. Make it smaller, then send it again.")
            % {"name": given, "limit": limit}
        )
    opened: Any = upload.file
    kind = kind_of(opened, given)
    if kind not in frozenset(allow):
        wanted = ", ".join(sorted(one.value.upper() for one in allow))
        raise Refused(
            _("“%(name)s” is a %(kind)s file; this place takes %(wanted)s.")
            % {"name": given, "kind": kind.value.upper(), "wanted": wanted}
        )
    return kind, safe_name(given, kind)
