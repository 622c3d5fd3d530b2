"""Writes of competence: who may sign what, and by whose authority."""

from datetime import date
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from infra.ground.errors import Refused
from infra.models import SigningAuthority, User
from infra.web.administration.rows import administrator_only, filled, locked
from infra.work.history import because


@transaction.atomic
def authority_create(*, actor: User, data: dict[str, Any], why: str) -> SigningAuthority:
    """A person may sign a type of document from a day on."""
    administrator_only(actor)
    because(why)
    return SigningAuthority.objects.create(**data)


@transaction.atomic
def authority_update(
    *, actor: User, pk: int, version: int, data: dict[str, Any], why: str
) -> SigningAuthority:
    """Correct a row; documents already signed keep the words they were signed with."""
    administrator_only(actor)
    row = locked(SigningAuthority, pk, version)
    filled(row, data)
    because(why)
    row.save()
    return row


@transaction.atomic
def authority_end(
    *, actor: User, pk: int, version: int, last_day: date, why: str
) -> SigningAuthority:
    """The last day of a competence. Raises Refused for a day before its first."""
    administrator_only(actor)
    row = locked(SigningAuthority, pk, version)
    if last_day < row.valid_from:
        raise Refused(_("The last day lies before the first."))
    row.valid_to = last_day
    because(why)
    row.save()
    return row
