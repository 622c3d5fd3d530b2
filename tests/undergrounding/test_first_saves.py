"""Many first saves at once: one row, one winner, and never a crash."""

from collections import Counter
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from infra.models import User
from tests.cast import Cast
from tests.undergrounding.drawing_samples import body
from undergrounding.models import Route

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 6


def save_at_once(planner: User, sent: list[tuple[UUID, dict[str, Any]]]) -> Counter[int]:
    """The statuses of saves that start together, each through the page's own address."""
    start, statuses = Barrier(len(sent)), []

    def save(uuid: UUID, drawing: dict[str, Any]) -> None:
        client = Client(raise_request_exception=False)
        client.force_login(planner)
        address = reverse("undergrounding:route_save", args=[uuid])
        start.wait()
        try:
            answer = client.post(address, drawing, content_type="application/json")
            statuses.append(answer.status_code)
        finally:
            connection.close()

    threads = [Thread(target=save, args=one) for one in sent]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Counter(statuses)


def test_the_same_first_save_six_times_is_one_route_and_six_times_done(cast: Cast) -> None:
    one = (uuid4(), body())
    assert save_at_once(cast.planner, [one] * AT_ONCE) == {200: AT_ONCE}
    assert Route.objects.get().version == 1


def test_six_different_first_saves_of_one_route_have_one_winner(cast: Cast) -> None:
    uuid = uuid4()
    sent = [(uuid, body(name=f"Tuyến {number}")) for number in range(AT_ONCE)]
    assert save_at_once(cast.planner, sent) == {200: 1, 409: AT_ONCE - 1}
    assert Route.objects.count() == 1


def test_six_routes_at_once_get_six_codes(cast: Cast) -> None:
    sent = [(uuid4(), body()) for _ in range(AT_ONCE)]
    assert save_at_once(cast.planner, sent) == {200: AT_ONCE}
    codes = sorted(Route.objects.values_list("code", flat=True))
    assert [code[-4:] for code in codes] == [f"{n:04d}" for n in range(1, AT_ONCE + 1)]
