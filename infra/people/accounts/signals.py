"""What signing in leaves behind."""

from typing import Any

from allauth.account.internal.flows.login import record_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest

from infra.models import User
from infra.people.accounts.devices import remember


@receiver(authenticator_added)
def count_enrolment_as_second_factor(
    sender: type[Authenticator], request: HttpRequest, user: User, **kwargs: Any
) -> None:
    """Who just proved the new app with a code is not asked for another code at once."""
    record_authentication(request, user, "mfa")


@receiver(user_logged_in)
def know_the_device(sender: type[User], request: HttpRequest, user: User, **kwargs: Any) -> None:
    """After every step of signing in: what strangers try elsewhere keeps nobody out here."""
    remember(request, user)
