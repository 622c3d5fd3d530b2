"""Notices: in the application at once; by other channels the worker sends them (deliveries.py)."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.utils.translation import gettext as _

from infra.ground import mail
from infra.ground.demo_banner import demo_banner
from infra.ground.registry import Registry
from infra.models import Notice, NoticeDelivery, User


class Channel(Protocol):
    """A way out of the application: e-mail today, others by `register_channel`."""

    @property
    def key(self) -> str:
        """Its name in the records of deliveries."""

    def wants(self, person: User) -> bool:
        """Whether the person is reached this way."""

    def is_set_up(self) -> bool:
        """Whether what is sent this way reaches anybody at all."""

    def send(self, delivery: NoticeDelivery) -> None:
        """Sends one notice; whatever it raises is recorded as the failure."""


@dataclass(frozen=True)
class EmailChannel:
    """Plain-text mail with the address of the page it is about."""

    key: str = "email"

    def wants(self, person: User) -> bool:
        """Active people who asked for mail."""
        return person.is_active and person.notify_by_email

    def is_set_up(self) -> bool:
        """Whether a mail server is named."""
        return mail.is_set_up()

    def send(self, delivery: NoticeDelivery) -> None:
        """Raises SMTPException or OSError when the mail server refuses or is away.

        Sent again after a worker died in between, it carries the same Message-ID: one letter.
        """
        notice = delivery.notice
        mark = f"[{demo_banner()}] " if demo_banner() else ""
        link = f"{settings.PUBLIC_URL.rstrip('/')}{notice.url}" if notice.url else ""
        text = "\n\n".join(part for part in (notice.body or notice.subject, link) if part)
        to = [notice.recipient.email]
        headers = {"Message-ID": f"<{delivery.uuid}@{urlsplit(settings.PUBLIC_URL).hostname}>"}
        letter = EmailMessage(f"{mark}{notice.subject}", text, None, to, headers=headers)
        if not letter.send():
            raise OSError(_("The mail server took nothing."))


CHANNELS: Registry[Channel] = Registry("channel of notices")


def register_channel(channel: Channel) -> None:
    """Adds a channel by its key."""
    CHANNELS.register(channel.key, channel)


register_channel(EmailChannel())


def notify(
    recipients: Iterable[User],
    subject: str,
    body: str = "",
    url: str = "",
    *,
    must_reach: bool = False,
) -> list[Notice]:
    """One notice per active person, once each; the worker sends by the other channels.

    What guards an account `must_reach` its owner: by every channel, also one they switched off.
    """
    people = {person.pk: person for person in recipients if person.is_active}
    notices = Notice.objects.bulk_create(
        Notice(recipient=person, subject=subject[:200], body=body, url=url)
        for person in people.values()
    )
    NoticeDelivery.objects.bulk_create(
        NoticeDelivery(notice=notice, channel=channel.key)
        for notice in notices
        for channel in CHANNELS.values()
        if must_reach or channel.wants(notice.recipient)
    )
    return notices
