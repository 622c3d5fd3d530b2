"""Writes of people: made, changed, closed, opened again; their second factor taken away."""

from typing import Any

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from infra.ground.choices import Role
from infra.ground.errors import Refused
from infra.models import User
from infra.people.notices import notify
from infra.web.administration.rows import administrator_only, filled, locked
from infra.work.history import because


@transaction.atomic
def person_create(*, actor: User, data: dict[str, Any], why: str) -> User:
    """A person without a password: the invitation lets them choose one."""
    administrator_only(actor)
    because(why)
    return User.objects.create_user(**data)


@transaction.atomic
def person_update(*, actor: User, pk: int, version: int, data: dict[str, Any], why: str) -> User:
    """Change a person. Raises Conflict, or Refused where no administrator would be left."""
    administrator_only(actor)
    _lock_administrators()
    person = locked(User, pk, version)
    former = person.email
    filled(person, data)
    _refuse_loss(actor, person)
    because(why)
    person.save()
    if person.email != former:
        # The library keeps addresses of its own: the former one must open nothing any more.
        EmailAddress.objects.filter(user=person).delete()
        notify(
            [person],
            _("Your sign-in address was changed"),
            _("You sign in with %(new)s from now on, no longer with %(old)s.")
            % {"new": person.email, "old": former},
            reverse("account"),
        )
    return person


@transaction.atomic
def person_close(*, actor: User, pk: int, version: int, why: str) -> User:
    """Nobody signs in as this person any more; all they signed keeps their name."""
    administrator_only(actor)
    _lock_administrators()
    person = locked(User, pk, version)
    if not person.is_active:
        raise Refused(_("This account is closed already."))
    person.is_active = False
    _refuse_loss(actor, person)
    because(why)
    person.save()
    return person


@transaction.atomic
def person_reopen(*, actor: User, pk: int, version: int, why: str) -> User:
    """The person may sign in again, with the password and roles they had."""
    administrator_only(actor)
    person = locked(User, pk, version)
    if person.is_active:
        raise Refused(_("This account is open already."))
    person.is_active = True
    because(why)
    person.save()
    return person


@transaction.atomic
def second_factor_reset(
    *, actor: User, pk: int, version: int, identity_check: str, why: str
) -> User:
    """Take the app and the recovery codes away, end every session, tell the owner."""
    administrator_only(actor)
    person = locked(User, pk, version)
    if person.pk == actor.pk:
        raise Refused(_("Change your own second factor on your account's page."))
    if not Authenticator.objects.filter(user=person).exists():
        raise Refused(_("This person has no second factor: there is nothing to take away."))
    Authenticator.objects.filter(user=person).delete()
    person.second_factor_reset_at = timezone.now()
    because(
        _("Second factor taken away. Identity checked: %(check)s. %(why)s")
        % {"check": identity_check, "why": why}
    )
    person.save()
    notify(
        [person],
        _("Your second factor was taken away"),
        _(
            "Administrator %(actor)s took your authenticator app and recovery codes away, having"
            " checked your identity: %(check)s. You are signed out everywhere. If you did not ask"
            " for this, call the department at once."
        )
        % {"actor": actor.full_name, "check": identity_check},
        reverse("account"),
        must_reach=True,
    )
    return person


def _lock_administrators() -> None:
    """Two administrators who take each other's role away wait for each other here."""
    rows = User.objects.filter(roles__contains=[Role.ADMINISTRATOR]).order_by("pk")
    list(rows.select_for_update(of=("self",)).values_list("pk"))


def _refuse_loss(actor: User, person: User) -> None:
    if person.has_role(Role.ADMINISTRATOR):
        return
    if person.pk == actor.pk:
        raise Refused(
            _(
                "You cannot close your own account or take the administrator's role from yourself."
                " Another administrator does it."
            )
        )
    others = User.objects.filter(~Q(pk=person.pk), is_active=True)
    if not others.filter(roles__contains=[Role.ADMINISTRATOR]).exists():
        raise Refused(
            _("No administrator would be left. Give another person the administrator's role first.")
        )
