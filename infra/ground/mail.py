"""Whether e-mail reaches anybody here: what prints, keeps or drops a letter is no way of sending.

A letter printed to a log would be the reset link in the log, so where no server is named nothing
is printed either.
"""

import logging
from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Warning, register
from django.core.mail import EmailMessage
from django.core.mail.backends.base import BaseEmailBackend

logger = logging.getLogger("infra.mail")
SMTP = "django.core.mail.backends.smtp.EmailBackend"
NOT_SET_UP = "infra.ground.mail.NotSetUpBackend"
REACH_NOBODY = {
    NOT_SET_UP,
    *(f"django.core.mail.backends.{kind}.EmailBackend" for kind in ("console", "dummy")),
    *(f"django.core.mail.backends.{kind}.EmailBackend" for kind in ("filebased", "locmem")),
}


def backend_for(asked: str, host: str) -> str:
    """The backend asked for, SMTP where a server is named, none where a letter would be printed."""
    backend = asked or (SMTP if host else NOT_SET_UP)
    return NOT_SET_UP if backend in REACH_NOBODY else backend


def is_set_up() -> bool:
    """Whether a letter handed over here leaves this machine."""
    return settings.EMAIL_BACKEND not in REACH_NOBODY


def warn_when_not_set_up() -> None:
    """For the start of a process."""
    if not is_set_up():
        logger.warning("No mail server is set up: e-mail is not sent. Set EMAIL_HOST.")


class NotSetUpBackend(BaseEmailBackend):
    """Sends nothing, and counts nothing as sent."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        """0; the line says how many letters went nowhere, not what stood in them."""
        logger.warning("%d letter(s) not sent: no mail server is set up", len(email_messages))
        return 0


@register()
def mail_is_set_up(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """infra.W040 where e-mail reaches nobody."""
    if is_set_up():
        return []
    hint = "Set EMAIL_HOST (and the lines after it in .env.example), then start again."
    return [Warning("No mail server is set up: e-mail is not sent.", hint=hint, id="infra.W040")]
