"""How allauth behaves here: nobody signs up by himself, second-factor secrets lie encrypted."""

import base64
import hashlib
from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet
from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import ngettext

from infra.models import User
from infra.people.accounts.demo import is_demo_account
from infra.people.accounts.throttle import Wait, tried


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by administrators."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def authenticate(self, request: HttpRequest, **credentials: Any) -> User | None:
        """The person; nobody for a demo account, whose password all know, outside demo mode.

        Raises ValidationError while nothing is tried (`throttle`).
        """

        def check() -> User | None:
            user: User | None = super(AccountAdapter, self).authenticate(request, **credentials)
            is_closed = user is not None and not settings.DEMO_MODE and is_demo_account(user)
            return None if is_closed else user

        try:
            return tried(request, str(credentials.get("email", "")), check)
        except Wait as wait:
            raise ValidationError(
                ngettext(
                    "Too many failed sign-ins from here. Nothing was tried. Try again in"
                    " %(n)d minute, or on a device where you signed in before.",
                    "Too many failed sign-ins from here. Nothing was tried. Try again in"
                    " %(n)d minutes, or on a device where you signed in before.",
                    wait.minutes,
                )
                % {"n": wait.minutes},
                code="too_many_login_attempts",
            ) from wait

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Nothing: the library counts attempts that have only begun, in a cache; see `throttle`."""


class SecondFactorAdapter(DefaultMFAAdapter):  # type: ignore[misc]
    """Keeps TOTP secrets and recovery seeds encrypted at rest (Fernet: AES-128-CBC with HMAC)."""

    def encrypt(self, text: str) -> str:
        """The secret as it is stored."""
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """The secret in clear. Raises InvalidToken when the key is another one."""
        return _cipher().decrypt(encrypted_text.encode()).decode()


def _cipher() -> Fernet:
    digest = hashlib.sha256(b"second factor:" + settings.MFA_ENCRYPTION_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(digest))
