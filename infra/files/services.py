"""Taking files in: checked, safely named, stored by hash; a picture also as it is shown."""

from collections.abc import Iterable
from contextlib import ExitStack
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from django.contrib.contenttypes.models import ContentType
from django.contrib.gis.geos import Point
from django.core.files.base import File
from django.db import models

from infra.files import store
from infra.files.intake import check_inside, check_kind, check_size
from infra.files.names import safe_name
from infra.files.sniff import CONTENT_TYPES, EVERYDAY, IMAGES, Kind
from infra.ground.once import create_once
from infra.models import Attachment, FileOpening, User

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

    Raises TooLarge, Refused (kind, damage, what acts by itself) or Conflict (uuid of another
    file); then nothing of it stays in the store.
    """
    check_size(upload)
    kind = check_kind(upload, allow)
    row = _row(
        target,
        upload,
        kind,
        uuid=uuid or uuid4(),
        component=component,
        is_internal=is_internal,
        captured_at=captured_at,
        captured_point=captured_point,
        captured_accuracy_m=captured_accuracy_m,
        uploaded_by=actor,
    )
    with ExitStack() as stack:
        sent = stack.enter_context(store.incoming(upload.chunks()))
        clean = stack.enter_context(store.spool()) if kind in IMAGES else None
        check_inside(kind, sent.path, row.name, clean)
        row.sha256, row.size = sent.sha256, sent.size
        sent.keep()
        if clean:
            store.settle(clean, store.shown_of(sent.sha256))
    return create_once(row, SAME)[0]


def attach_bytes(
    target: models.Model, name: str, content: bytes, actor: User | None, component: str = ""
) -> Attachment:
    """Keep bytes we made ourselves: nobody need look into them."""
    file = File(BytesIO(content), name=name)
    row = _row(target, file, check_kind(file), component=component, uploaded_by=actor)
    row.sha256, row.size = store.put(file.chunks())
    return create_once(row, SAME)[0]


def detach(attachment: Attachment) -> None:
    """Take a file off its object; the sweep removes the bytes unless another row names them."""
    attachment.delete()


def shown_picture(attachment: Attachment) -> Path:
    """The picture without what the camera wrote beside it: made once, kept beside the store.

    Raises Refused where it cannot be made: the original never goes out in its place.
    """
    place = store.shown_of(attachment.sha256)
    if not place.exists():
        kind = next(kind for kind in IMAGES if CONTENT_TYPES[kind] == attachment.content_type)
        with store.spool() as clean:
            check_inside(kind, store.path_of(attachment.sha256), attachment.name, clean)
            store.settle(clean, place)
    return place


def open_original(attachment: Attachment, actor: User, address: str) -> Path:
    """The picture as it was sent, for evidence; who opened it is written down first."""
    path = store.path_of(attachment.sha256)
    FileOpening.objects.create(
        attachment_uuid=attachment.uuid,
        name=attachment.name,
        sha256=attachment.sha256,
        person=actor,
        address=address or None,
    )
    return path


def is_picture(attachment: Attachment) -> bool:
    """Whether what is shown differs from what was sent."""
    return attachment.content_type in {CONTENT_TYPES[kind] for kind in IMAGES}


def _row(target: models.Model, file: "File[Any]", kind: Kind, **facts: Any) -> Attachment:
    return Attachment(
        target_type=ContentType.objects.get_for_model(target),
        target_id=target.pk,
        name=safe_name(str(file.name or "tep"), kind),
        content_type=CONTENT_TYPES[kind],
        **facts,
    )
