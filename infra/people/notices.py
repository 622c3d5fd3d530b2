"""Notices: in the application at once, by other channels after the transaction has committed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.utils import timezone

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

    def send(self, notice: Notice) -> None:
        """Sends one notice; whatever it raises is recorded as the failure."""


@dataclass(frozen=True)
class EmailChannel:
    """Plain-text mail with the address of the page it is about."""

    key: str = "email"

    def wants(self, person: User) -> bool:
        """Active people who asked for mail."""
        return person.is_active and person.notify_by_email

    def send(self, notice: Notice) -> None:
        """Raises SMTPException or OSError when the mail server refuses or is away."""
        mark = f"[{demo_banner()}] " if demo_banner() else ""
        link = f"{settings.PUBLIC_URL.rstrip('/')}{notice.url}" if notice.url else ""
        text = "\n\n".join(part for part in (notice.body or notice.subject, link) if part)
        send_mail(f"{mark}{notice.subject}", text, None, [notice.recipient.email])


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
    """One notice per active person, once each; other channels follow after commit.

    What guards an account `must_reach` its owner: by every channel, also one they switched off.
    """
    people = {person.pk: person for person in recipients if person.is_active}
    notices = Notice.objects.bulk_create(
        Notice(recipient=person, subject=subject[:200], body=body, url=url)
        for person in people.values()
    )
    deliveries = NoticeDelivery.objects.bulk_create(
        NoticeDelivery(notice=notice, channel=channel.key)
        for notice in notices
        for channel in CHANNELS.values()
        if must_reach or channel.wants(notice.recipient)
    )
    if deliveries:
        transaction.on_commit(lambda: deliver(delivery.pk for delivery in deliveries))
    return notices


def deliver(delivery_ids: Iterable[int]) -> None:
    """Sends what is not sent yet; a failure is recorded on the delivery and never raised."""
    waiting = NoticeDelivery.objects.filter(pk__in=list(delivery_ids), sent_at=None)
    for delivery in waiting.select_related("notice__recipient"):
        _attempt(delivery)


def _attempt(delivery: NoticeDelivery) -> None:
    delivery.attempts += 1
    try:
        CHANNELS.get(delivery.channel).send(delivery.notice)
    except Exception as error:  # noqa: BLE001  a channel may fail in any way; none may stop a duty
        delivery.error = f"{type(error).__name__}: {error}"[:500]
    else:
        delivery.sent_at, delivery.error = timezone.now(), ""
    delivery.save(update_fields=["attempts", "error", "sent_at"])
