"""Letters: tried again with growing pauses, given up in sight, never counted as sent in vain."""

import threading
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import EmailMessage
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from infra.models import NoticeDelivery
from infra.people import deliveries
from infra.people.deliveries import LEASE, PAUSES, send_due
from infra.people.notices import notify
from tests.cast import Cast
from tests.reading import page_text

AWAY = "django.core.mail.backends.smtp.EmailBackend"
Move = Callable[[timedelta], datetime]


@pytest.fixture
def move(monkeypatch: pytest.MonkeyPatch) -> Move:
    """Let time pass for the deliveries."""
    now = [timezone.now()]
    monkeypatch.setattr(timezone, "now", lambda: now[0])

    def onward(by: timedelta) -> datetime:
        now[0] += by
        return now[0]

    onward(timedelta(seconds=1))
    return onward


@pytest.fixture
def away(settings: Settings) -> None:
    """The mail server refuses the connection."""
    settings.EMAIL_BACKEND = AWAY
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1


def test_a_failed_letter_is_tried_again_by_itself_with_growing_pauses(
    cast: Cast, away: None, settings: Settings, move: Move
) -> None:
    notify([cast.officer], "Việc mới")
    assert send_due() == 1
    delivery = NoticeDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("waiting", 1)
    assert "ConnectionRefusedError" in delivery.error
    move(PAUSES[0] - timedelta(seconds=2))
    assert send_due() == 0, "it waits its pause"
    move(timedelta(seconds=3))
    assert send_due() == 1
    settings.EMAIL_BACKEND = "tests.outbox.OutboxBackend"
    move(PAUSES[1])
    assert send_due() == 1
    delivery.refresh_from_db()
    assert (delivery.state, delivery.attempts, delivery.error) == ("sent", 3, "")
    assert delivery.sent_at
    assert len(mail.outbox) == 1


def test_what_fails_to_the_end_is_told_to_the_administrator_who_sends_it_again(
    cast: Cast, away: None, settings: Settings, move: Move, client: Client
) -> None:
    notify([cast.officer], "Việc mới")
    for pause in (*PAUSES, timedelta(days=30)):
        send_due()
        move(pause)
    delivery = NoticeDelivery.objects.get()
    assert (delivery.state, delivery.attempts) == ("failed", len(PAUSES) + 1)
    move(timedelta(days=30))
    assert send_due() == 0
    client.force_login(cast.administrator)
    assert "Thư này không gửi được" in page_text(client.get("/"))
    page = reverse("admin:infra_noticedelivery_changelist")
    assert "Việc mới" in page_text(client.get(f"{page}?state__exact=failed"))
    settings.EMAIL_BACKEND = "tests.outbox.OutboxBackend"
    client.post(page, {"action": "send_again", "_selected_action": delivery.pk})
    assert send_due() == 1
    delivery.refresh_from_db()
    assert delivery.state == "sent"


def test_without_a_mail_server_nothing_counts_as_sent(cast: Cast, settings: Settings) -> None:
    settings.EMAIL_BACKEND = "infra.ground.mail.NotSetUpBackend"
    notify([cast.officer], "Việc mới")
    send_due()
    delivery = NoticeDelivery.objects.get()
    assert (delivery.state, delivery.sent_at, delivery.attempts) == ("not_set_up", None, 0)


def test_a_server_that_takes_nothing_has_sent_nothing(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmailMessage, "send", lambda _letter: 0)
    notify([cast.officer], "Việc mới")
    send_due()
    delivery = NoticeDelivery.objects.get()
    assert (delivery.state, delivery.sent_at) == ("waiting", None)
    assert delivery.error


def test_a_worker_that_died_with_a_letter_in_hand_loses_it_to_the_next(
    cast: Cast, move: Move
) -> None:
    notify([cast.officer], "Việc mới")
    taken = deliveries._leased()
    assert taken is not None
    assert send_due() == 0, "its lease holds"
    move(LEASE)
    assert send_due() == 1
    deliveries._end(taken, error="too late")
    delivery = NoticeDelivery.objects.get()
    assert (delivery.state, delivery.error) == ("sent", "")
    assert mail.outbox[0].extra_headers["Message-ID"].startswith(f"<{delivery.uuid}@")


@pytest.mark.django_db(transaction=True)
def test_two_workers_send_each_letter_once(cast: Cast) -> None:
    notify([person for _name, person in cast.people()], "Việc mới")
    expected = NoticeDelivery.objects.count()

    def work() -> None:
        try:
            send_due()
        finally:
            connection.close()

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert len(mail.outbox) == expected
    assert set(NoticeDelivery.objects.values_list("state", "attempts")) == {("sent", 1)}
