"""Writes of organisations."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from infra.ground.errors import Refused
from infra.models import Organisation, User
from infra.web.administration.rows import administrator_only, filled, locked
from infra.work.history import because


@transaction.atomic
def organisation_create(*, actor: User, data: dict[str, Any], why: str) -> Organisation:
    """A new body."""
    administrator_only(actor)
    because(why)
    return Organisation.objects.create(**data)


@transaction.atomic
def organisation_update(
    *, actor: User, pk: int, version: int, data: dict[str, Any], why: str
) -> Organisation:
    """Change a body. Raises Conflict, or Refused while its people could still sign in."""
    administrator_only(actor)
    body = locked(Organisation, pk, version)
    before = (body.kind, body.is_active)
    filled(body, data)
    people = body.people.filter(is_active=True).count()
    if before[1] and not body.is_active and people:
        raise Refused(
            ngettext(
                "%(n)d person of this organisation can still sign in. Close the account first.",
                "%(n)d people of this organisation can still sign in. Close their accounts first.",
                people,
            )
            % {"n": people}
        )
    if before[0] != body.kind and people:
        raise Refused(
            _(
                "What people may see depends on the kind of their organisation. Move its people"
                " to another organisation first, or make a new organisation."
            )
        )
    because(why)
    body.save()
    return body
