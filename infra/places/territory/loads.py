"""A load's way: take the file in, try it, confirm what the trial showed, all or nothing."""

from datetime import date, timedelta
from typing import Final
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.files import store
from infra.files.intake import check_size
from infra.ground.choices import ImportState, Role
from infra.ground.errors import Conflict
from infra.ground.locks import hold
from infra.models import LayerLoad, User
from infra.places.territory.trial import current_of
from infra.places.territory.uploads import suffix_of
from infra.work.jobs import enqueue

CHECK_JOB: Final = "territory.check"
APPLY_JOB: Final = "territory.load"
LAYER_ROLES: Final = (Role.ADMINISTRATOR, Role.PLANNER, Role.OFFICER)
BOUNDARY_ROLES: Final = (Role.ADMINISTRATOR,)
KEPT_DAYS: Final = 30
UNDER_WAY: Final = frozenset({ImportState.CHECKING, ImportState.CHECKED, ImportState.IMPORTING})


@transaction.atomic
def load_start(
    *,
    kind: str,
    upload: UploadedFile[bytes],
    source: str,
    source_date: date,
    actor: User,
    layer_name: str = "",
    meridian: str = "",
) -> LayerLoad:
    """Keep the bytes and have them tried; the same sent twice is one load.

    Raises PermissionDenied, TooLarge, LayerFileError; then no byte stays.
    """
    _allow(actor, kind)
    check_size(upload)
    with store.incoming(upload.chunks()) as sent:
        suffix_of(sent.path)
        sent.keep()
    hold(f"layer-load:{actor.pk}:{sent.sha256}")
    facts = {
        "kind": kind,
        "sha256": sent.sha256,
        "source": source,
        "source_date": source_date,
        "layer_name": layer_name,
        "meridian": meridian,
        "created_by": actor,
    }
    known = LayerLoad.objects.filter(
        Q(state__in=UNDER_WAY) | Q(state=ImportState.DONE, dataset__is_current=True), **facts
    )
    if found := known.first():
        return found
    name = (upload.name or "?")[-200:]
    load = LayerLoad(file_name=name, size=sent.size, **facts)
    return _send(load, ImportState.CHECKING, CHECK_JOB, actor)


@transaction.atomic
def load_confirm(*, uuid: UUID, actor: User) -> LayerLoad:
    """Write it in the background; confirmed twice it is written once.

    Where the layer went on since the trial, the file is tried again instead. Raises Conflict.
    """
    load = LayerLoad.objects.visible_to(actor).select_for_update().get(uuid=uuid)
    _allow(actor, load.kind)
    if load.state in {ImportState.IMPORTING, ImportState.DONE}:
        return load
    if load.state != ImportState.CHECKED:
        raise Conflict(_("This file cannot be loaded as it is. Correct it and send it again."))
    if not stands_as_tried(load):
        _send(load, ImportState.CHECKING, CHECK_JOB, actor)
        load.message = went_on()
        load.save(update_fields=["message"])
        return load
    return _send(load, ImportState.IMPORTING, APPLY_JOB, actor)


def stands_as_tried(load: LayerLoad) -> bool:
    """Whether the version that the trial was compared with still counts."""
    current = current_of(load.kind) if load.kind else None
    return bool(load.report.get("against") == (current.pk if current else None))


def went_on() -> str:
    """Why a file is tried again."""
    return _("Another version was loaded meanwhile; look at the new comparison.")


@transaction.atomic
def loads_forget() -> None:
    """Remove loads that nobody confirmed in time; the sweep of the store takes their bytes."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    late = LayerLoad.objects.filter(
        state__in={ImportState.CHECKED, ImportState.FAILED}, created_at__lt=before
    )
    keys = list(late.select_for_update().values_list("pk", flat=True))
    LayerLoad.objects.filter(pk__in=keys).delete()


def _allow(actor: User, kind: str) -> None:
    if not actor.has_role(*(LAYER_ROLES if kind else BOUNDARY_ROLES)):
        raise PermissionDenied


def _send(load: LayerLoad, state: ImportState, job_kind: str, actor: User) -> LayerLoad:
    load.state, load.message = state, ""
    load.save()
    load.job = enqueue(job_kind, {"load": str(load.uuid)}, actor)
    load.save(update_fields=["job"])
    return load
