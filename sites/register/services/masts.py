"""Writing masts: create, change, archive; a stale change is refused with what stands now."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.versions import refuse_stale
from infra.models import User
from infra.work.history import because
from infra.work.history.last import last_change
from sites.models import Mast
from sites.permissions import may_edit_masts, may_keep_masts


@transaction.atomic
def mast_create(*, actor: User, data: Mapping[str, Any], why: str = "") -> Mast:
    """A new mast. Raises PermissionDenied."""
    if not may_edit_masts(actor):
        raise PermissionDenied
    because(why or _("New mast"))
    mast = Mast(**data)
    mast.full_clean()
    mast.save()
    return mast


@transaction.atomic
def mast_update(
    *, actor: User, uuid: UUID, version: int, data: Mapping[str, Any], why: str
) -> Mast:
    """Change a mast that stands at `version`.

    Raises PermissionDenied, StaleVersion (`current` is the mast as it stands) or DoesNotExist.
    """
    if not may_edit_masts(actor):
        raise PermissionDenied
    mast = _locked(actor, uuid, version)
    because(why)
    for name, value in data.items():
        setattr(mast, name, value)
    mast.full_clean()
    return _saved(mast)


@transaction.atomic
def mast_archive(*, actor: User, uuid: UUID, version: int, reason: str) -> Mast:
    """Take a mast out of the register's daily view; nothing is deleted."""
    return _shelve(actor, uuid, version, reason, is_archived=True)


@transaction.atomic
def mast_unarchive(*, actor: User, uuid: UUID, version: int, reason: str) -> Mast:
    """Bring an archived mast back."""
    return _shelve(actor, uuid, version, reason, is_archived=False)


def _shelve(actor: User, uuid: UUID, version: int, reason: str, *, is_archived: bool) -> Mast:
    if not may_keep_masts(actor):
        raise PermissionDenied
    mast = _locked(actor, uuid, version)
    because(reason)
    mast.archived_at = timezone.now() if is_archived else None
    mast.archive_reason = reason if is_archived else ""
    return _saved(mast)


def _locked(actor: User, uuid: UUID, version: int) -> Mast:
    mast = Mast.objects.visible_to(actor).select_for_update(of=("self",)).get(uuid=uuid)
    refuse_stale(mast, version, last_change)
    return mast


def _saved(mast: Mast) -> Mast:
    mast.version += 1
    mast.save()
    return mast
