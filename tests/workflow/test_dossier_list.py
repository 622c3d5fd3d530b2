"""The list of dossiers and an officer's home with very many: order, search, pages, few queries."""

import re
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from infra.cases.clock import recompute_open
from infra.cases.clock.calendar import load_calendar
from infra.cases.dossiers.selectors import DossierFilter, dossier_list, dossiers_in_hand
from infra.ground.choices import DossierState
from infra.models import ClockPause, Dossier, TransitionRecord, User
from tests.access.budgets import budget_of
from tests.bulk import copies, plan_of
from tests.cast import Cast
from tests.factories import home, make_candidate, make_dossier
from tests.reading import page_text
from tests.workflow.casework import step, submitted_dossier

pytestmark = pytest.mark.django_db
URL = "sites:dossier_list"


def many(cast: Cast, count: int, *, open_ones: int) -> Dossier:
    """So many dossiers, one in `open_ones` on its way, due over two years around today."""
    dossier = make_dossier(home(cast.operator), cast.operator, due_on=timezone.localdate())
    is_open = f"n % {open_ones} = 0"
    copies(
        dossier,
        count,
        code="'HS-' || n",
        title="'Đề nghị vị trí trạm ' || n",
        due_on="t.due_on - 400 + n % 800",
        state=f"CASE WHEN {is_open} THEN 'appraising' ELSE 'returned' END",
        created_at="t.created_at - n * interval '1 minute'",
    )
    return dossier


def test_open_ones_by_due_date_then_closed_ones_newest_first(cast: Cast) -> None:
    today, now = timezone.localdate(), timezone.now()
    for title, state, days, age in (
        ("đã trả, cũ", DossierState.RETURNED, -900, 9),
        ("đã trả, mới", DossierState.RETURNED, -3, 1),
        ("mai", DossierState.APPRAISING, 1, 2),
        ("quá hạn", DossierState.WITH_HEAD, -2, 3),
        ("chưa có hạn", DossierState.SUBMITTED, None, 4),
    ):
        due_on = None if days is None else today + timedelta(days=days)
        dossier = make_dossier(
            home(cast.operator), cast.operator, title=title, state=state, due_on=due_on
        )
        Dossier.objects.filter(pk=dossier.pk).update(created_at=now - timedelta(days=age))
    titles = [dossier.title for dossier in dossier_list(cast.officer)]
    assert titles == ["quá hạn", "mai", "chưa có hạn", "đã trả, mới", "đã trả, cũ"]


def test_a_page_comes_from_its_index(cast: Cast) -> None:
    many(cast, 20_000, open_ones=10)
    for narrowed in (None, DossierFilter(due="week"), DossierFilter(officer=cast.officer.pk)):
        assert "Seq Scan on infra_dossier" not in plan_of(dossier_list(cast.officer, narrowed)[:25])
    plan = plan_of(dossier_list(cast.officer)[:25])
    assert "dossier_urgency" in plan
    assert "Sort" not in plan


def test_a_search_comes_from_its_index_with_applicants_beside_it(cast: Cast) -> None:
    many(cast, 20_000, open_ones=10)
    plan = plan_of(dossier_list(cast.officer, DossierFilter(text="HS-19999")))
    assert "dossier_text_trgm" in plan
    assert "Seq Scan on infra_dossier" not in plan


def test_words_are_found_without_accents_in_any_part(cast: Cast) -> None:
    one = make_dossier(
        home(cast.operator),
        cast.operator,
        title="Trạm chợ Đất Sét",
        letter_number="12/CV-VTĐT",
        external_code="H10.7-99",
    )
    make_dossier(home(cast.rival), cast.rival, title="Trạm khác")
    for text in ("dat set", "ĐẤT", "12/cv", "h10.7", "chợ 7-99", str(one.code)):
        found = dossier_list(cast.officer, DossierFilter(text=text))
        assert list(found) == [one], text
    assert len(dossier_list(cast.officer, DossierFilter(text="doanh nghiep tram"))) == 2
    assert not dossier_list(cast.officer, DossierFilter(text="sét khác"))
    assert not dossier_list(cast.rival, DossierFilter(text="dat set"))


def test_the_list_counts_positions_of_the_page_and_shows_every_page(
    cast: Cast, client: Client
) -> None:
    dossier = many(cast, 60, open_ones=1)
    make_candidate(dossier)
    make_candidate(dossier, outcome="agreed")
    client.force_login(cast.officer)
    url, seen, text = reverse(URL), 0, ""
    address = url
    while address:
        page = page_text(client.get(address))
        seen += page.count('<td data-label="Hồ sơ">')
        text += page
        more = re.search(r'rel="next" href="([^"]+)"', page)
        address = url + more.group(1) if more else ""
    assert seen == 61
    assert "1/2" in text
    assert "61 hồ sơ" in text


def test_only_what_waits_for_the_reader(cast: Cast, client: Client) -> None:
    make_dossier(home(cast.operator), cast.operator, title="Của tôi", officer=cast.officer)
    make_dossier(home(cast.operator), cast.operator, title="Chưa giao")
    make_dossier(home(cast.operator), cast.operator, title="Người khác", officer=cast.head)
    make_dossier(home(cast.operator), cast.operator, title="Trưởng phòng", state="with_head")
    client.force_login(cast.officer)
    page = page_text(client.get(reverse(URL) + "?waiting=on"))
    assert "Của tôi" in page
    assert "Chưa giao" in page
    assert "Người khác" not in page
    assert "Trưởng phòng</span>" not in page
    assert dossiers_in_hand(cast.officer).count() == 2


def queries_of(person: User, url: str) -> int:
    client = Client()
    client.force_login(person)
    client.get(url)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(url).status_code == 200
    return len(queries)


def test_five_thousand_dossiers_ask_no_more_questions_than_five(cast: Cast) -> None:
    """On the home page and in the list; the calendar, which each chip needs, is read once."""
    load_calendar()
    dossier = submitted_dossier(cast)
    step(dossier, "receive", cast.officer)
    assert TransitionRecord.objects.filter(actor=cast.officer).exists()
    few = [queries_of(cast.officer, url) for url in ("/", reverse(URL))]
    many(cast, 5_000, open_ones=1)
    ClockPause.objects.create(dossier=dossier, paused_at=timezone.now(), reason="bổ sung")
    full = [queries_of(cast.officer, url) for url in ("/", reverse(URL))]
    assert full[0] <= budget_of("home")
    assert full[1] <= budget_of(URL)
    assert max(at - before for at, before in zip(full, few, strict=True)) <= 1


def test_the_api_reads_the_calendar_once_for_all_it_lists(cast: Cast, client: Client) -> None:
    load_calendar()
    many(cast, 100, open_ones=1)
    client.force_login(cast.officer)
    with CaptureQueriesContext(connection) as queries:
        body = client.get(reverse("api:dossiers"), {"limit": 100}).json()
    assert {item["clock"] for item in body["items"]} == {"overdue"}
    assert len(body["items"]) == 100
    asked = [query["sql"] for query in queries if "infra_calendarday" in query["sql"]]
    assert len(asked) == 1


def test_a_changed_holiday_is_counted_for_all_open_dossiers_by_one_calendar(cast: Cast) -> None:
    load_calendar()
    for number in range(12):
        received = datetime(2026, 2, 5, 9, number, tzinfo=timezone.get_default_timezone())
        make_dossier(home(cast.operator), cast.operator, received_at=received, due_on=None)
    with CaptureQueriesContext(connection) as queries:
        assert recompute_open() == 12
    reads = [query["sql"] for query in queries if query["sql"].startswith("SELECT")]
    assert len(reads) <= 4
    assert set(Dossier.objects.values_list("due_on", flat=True)) == {date(2026, 2, 26)}
