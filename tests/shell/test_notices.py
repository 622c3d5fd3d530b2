"""Notices: in the application at once, by mail after commit, failures kept and never raised."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from infra.models import Notice, NoticeDelivery
from infra.people.notices import deliver, notify
from tests.cast import Cast
from tests.factories import make_notice


def test_a_notice_is_there_at_once_and_mail_follows_the_commit(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        notify([cast.operator], "Hồ sơ được tiếp nhận", "Hẹn trả 02/12/2026", "/tham-dinh/")
        assert Notice.objects.filter(recipient=cast.operator).count() == 1
        assert not mail.outbox
    assert [message.to for message in mail.outbox] == [[cast.operator.email]]
    assert "/tham-dinh/" in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_sends_nothing(cast: Cast) -> None:
    with transaction.atomic():
        notify([cast.operator], "Không xảy ra")
        transaction.set_rollback(True)
    assert not Notice.objects.exists()
    assert not mail.outbox


def test_everybody_is_told_once_and_closed_accounts_never(cast: Cast) -> None:
    cast.rival.is_active = False
    notify([cast.officer, cast.officer, cast.rival], "Một lần")
    assert list(Notice.objects.values_list("recipient", flat=True)) == [cast.officer.pk]


def test_who_wants_no_mail_gets_none(
    cast: Cast, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    cast.officer.notify_by_email = False
    with django_capture_on_commit_callbacks(execute=True):
        notify([cast.officer], "Chỉ trong ứng dụng")
    assert not mail.outbox


def test_a_mail_server_that_is_away_is_recorded_and_can_be_tried_again(
    cast: Cast,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT, settings.EMAIL_TIMEOUT = "127.0.0.1", 9, 1
    with django_capture_on_commit_callbacks(execute=True):
        notify([cast.officer], "Việc mới")
    delivery = NoticeDelivery.objects.get()
    assert delivery.sent_at is None
    assert "ConnectionRefusedError" in delivery.error
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    deliver([delivery.pk])
    delivery.refresh_from_db()
    assert (delivery.attempts, delivery.error) == (2, "")
    assert delivery.sent_at


def test_mail_of_the_demo_bears_the_mark(
    cast: Cast,
    settings: Settings,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    settings.DEMO_MODE = True
    with django_capture_on_commit_callbacks(execute=True):
        notify([cast.officer], "Việc mới")
    assert mail.outbox[0].subject.startswith("[DỮ LIỆU MINH HỌA]")


def test_opening_a_notice_marks_it_read_and_goes_there(client: Client, cast: Cast) -> None:
    notice = make_notice(cast.operator, url="/tim/?q=cot")
    client.force_login(cast.operator)
    assert client.post(f"/thong-bao/{notice.uuid}/").headers["Location"] == "/tim/?q=cot"
    notice.refresh_from_db()
    assert notice.read_at


def test_a_notice_never_leads_off_the_site(client: Client, cast: Cast) -> None:
    notice = make_notice(cast.operator, url="https://evil.test/")
    client.force_login(cast.operator)
    assert client.post(f"/thong-bao/{notice.uuid}/").headers["Location"] == "/thong-bao/"


def test_marking_all_read_touches_only_ones_own(client: Client, cast: Cast) -> None:
    make_notice(cast.operator)
    other = make_notice(cast.rival)
    client.force_login(cast.operator)
    client.post("/thong-bao/da-doc/")
    unread: Any = Notice.objects.filter(read_at=None).values_list("pk", flat=True)
    assert list(unread) == [other.pk]
