"""Notices: in the application at once, by mail from the worker."""

from typing import Any

import pytest
from django.core import mail
from django.db import transaction
from django.test import Client
from pytest_django import Settings

from infra.models import Notice
from infra.people.deliveries import send_due
from infra.people.notices import notify
from tests.cast import Cast
from tests.factories import make_notice


def test_a_notice_is_there_at_once_and_the_worker_sends_the_mail(cast: Cast) -> None:
    notify([cast.operator], "Hồ sơ được tiếp nhận", "Hẹn trả 02/12/2026", "/tham-dinh/")
    assert Notice.objects.filter(recipient=cast.operator).count() == 1
    assert not mail.outbox
    assert send_due() == 1
    assert send_due() == 0
    assert [message.to for message in mail.outbox] == [[cast.operator.email]]
    assert "/tham-dinh/" in mail.outbox[0].body


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_sends_nothing(cast: Cast) -> None:
    with transaction.atomic():
        notify([cast.operator], "Không xảy ra")
        transaction.set_rollback(True)
    send_due()
    assert not Notice.objects.exists()
    assert not mail.outbox


def test_everybody_is_told_once_and_closed_accounts_never(cast: Cast) -> None:
    cast.rival.is_active = False
    notify([cast.officer, cast.officer, cast.rival], "Một lần")
    assert list(Notice.objects.values_list("recipient", flat=True)) == [cast.officer.pk]


def test_who_wants_no_mail_gets_none(cast: Cast) -> None:
    cast.officer.notify_by_email = False
    notify([cast.officer], "Chỉ trong ứng dụng")
    send_due()
    assert not mail.outbox


def test_mail_of_the_demo_bears_the_mark(cast: Cast, settings: Settings) -> None:
    settings.DEMO_MODE = True
    notify([cast.officer], "Việc mới")
    send_due()
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
