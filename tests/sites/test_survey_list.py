"""The survey list and the homes that count masts: read by index, page by page, nothing lost."""

import re
from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from infra.people.worklist import KINDS, Waiting
from sites.choices import Grade
from sites.models import Inspection, Mast, RemediationProposal
from sites.register.selectors.quality import CHECKS
from sites.safety.selectors.inspections import visits
from sites.safety.selectors.visiting import masts_to_visit, named, never_verified, of_grade
from tests.bulk import copies, plan_of
from tests.cast import Cast
from tests.factories import home, make_inspection, make_mast, make_station
from tests.reading import page_text

pytestmark = pytest.mark.django_db
URL = "sites:inspection_list"


@pytest.fixture
def many(cast: Cast) -> Mast:
    """20,000 masts of every grade, one in fifty of grade D, one in three without owner."""
    mast = make_mast(code="GỐC", grade=Grade.B, owner=home(cast.operator), location_accuracy_m=1)
    copies(
        mast,
        20_000,
        code="'NHIỀU-' || n",
        grade="(ARRAY['D','C','C','B','A'])[CASE WHEN n % 50 = 0 THEN 1 ELSE 2 + n % 4 END]",
        last_verified_on="CASE WHEN n % 20 > 0 THEN date '2020-01-01' + n % 2000 END",
        owner_id="CASE WHEN n % 3 > 0 THEN t.owner_id END",
        height_m="CASE WHEN n % 300 > 0 THEN t.height_m END",
        location_accuracy_m="CASE WHEN n % 150 > 0 THEN t.location_accuracy_m END",
    )
    return mast


def test_the_list_is_read_in_the_order_of_its_index(cast: Cast, many: Mast) -> None:
    masts = masts_to_visit(cast.inspector)
    for rows in (masts, of_grade(masts, Grade.D), never_verified(of_grade(masts, Grade.C))):
        plan = plan_of(rows[:50])
        assert "mast_to_visit" in plan
        assert "Sort" not in plan
        assert "Aggregate" not in plan
    assert "mast_search_words" in plan_of(named(masts, "nhiều-19999", cast.inspector))


def test_what_the_homes_count_of_masts_is_read_by_index(cast: Cast, many: Mast) -> None:
    for key, person in (("dangers-unproposed", cast.officer), ("degraded", cast.inspector)):
        rows = KINDS.get(key).rows(person)
        assert rows is not None
        assert "mast_to_visit" in plan_of(rows[:6]), key
    for check in CHECKS.values():
        # What is missing everywhere is read in order, a few by the index of the register's order.
        plan = plan_of(check.rows(cast.officer)[:50])
        assert re.search("mast_no_|mast_height_code|mast_verified_code", plan), check.key


def test_visits_newest_first_come_from_their_index(cast: Cast) -> None:
    mast = make_mast()
    inspection = make_inspection(mast, cast.inspector, grade=Grade.B)
    copies(
        inspection,
        20_000,
        counts_from="t.counts_from - n * interval '1 hour'",
        grade="CASE WHEN n % 100 = 0 THEN 'D' ELSE 'B' END",
    )
    assert Inspection.objects.count() == 20_001
    assert "inspection_newest" in plan_of(visits(cast.officer)[:50])
    assert "inspection_grade_newest" in plan_of(visits(cast.officer).filter(grade="D")[:50])


def test_open_proposals_and_ending_certificates_have_an_index(cast: Cast) -> None:
    mast = make_mast(grade=Grade.D)
    first = make_inspection(mast, cast.inspector)
    proposal = RemediationProposal.objects.create(
        mast=mast, inspection=first, grade="D", action="Rào", due_at=timezone.now()
    )
    copies(first, 20_000)
    keys = "(SELECT min(id) FROM sites_inspection) + n"
    copies(
        proposal,
        20_000,
        inspection_id=keys,
        due_at="t.due_at + n * interval '1 hour'",
        state="CASE WHEN n % 100 = 0 THEN 'proposed' ELSE 'done' END",
    )
    rows = KINDS.get("proposals").rows(cast.officer)
    assert rows is not None
    assert "proposal_open_due" in plan_of(rows[:6])
    station = make_station(mast, home(cast.operator), emf_valid_until=timezone.localdate())
    copies(station, 20_000, code="'S' || n", emf_valid_until="t.emf_valid_until + n % 3000")
    rows = KINDS.get("certificates").rows(cast.operator)
    assert rows is not None
    assert "station_operator_emf" in plan_of(rows[:4])


def test_counting_reads_no_further_than_it_says(cast: Cast, many: Mast) -> None:
    Mast.objects.exclude(pk=many.pk).update(last_verified_on=None, grade=Grade.C)
    rows = KINDS.get("degraded").rows(cast.inspector)
    assert rows is not None
    waiting = Waiting(KINDS.get("degraded"), cast.inspector, rows)
    assert (waiting.count, waiting.is_capped, waiting.items) == (1000, True, [])


def test_worst_first_in_it_the_never_verified_then_the_longest_unseen(
    cast: Cast, client: Client
) -> None:
    day = date(2026, 1, 1)
    for code, grade, seen in (
        ("A-MỚI", "A", None),
        ("C-CŨ", "C", day),
        ("C-CHƯA", "C", None),
        ("C-MỚI", "C", day + timedelta(days=5)),
        ("KHÔNG", "", day),
        ("D-CŨ", "D", day),
    ):
        make_mast(code=code, grade=grade, last_verified_on=seen)
    make_mast(code="KẾ-HOẠCH", grade="D", operating_status="planned")
    make_mast(code="LƯU", grade="D", archived_at=timezone.now())
    client.force_login(cast.inspector)

    def shown(**query: str) -> list[str]:
        page = page_text(client.get(reverse(URL), query))
        return [part.split("<")[0] for part in page.split('workitem-title">')[1:]]

    assert shown() == ["D-CŨ", "C-CHƯA", "C-CŨ", "C-MỚI", "KHÔNG", "A-MỚI"]
    assert shown(grade="C") == ["C-CHƯA", "C-CŨ", "C-MỚI"]
    assert shown(grade="C", unseen="on") == ["C-CHƯA"]
    assert shown(grade="") == ["KHÔNG"]
    assert shown(grade="-", q="cũ") == ["D-CŨ", "C-CŨ"]
    assert shown(grade="xyz", page="99") == shown()


def test_each_mast_says_when_it_was_last_visited(cast: Cast, client: Client) -> None:
    mast = make_mast(code="HAI-LẦN", grade=Grade.D)
    for days in (40, 3):
        make_inspection(mast, cast.inspector, visited_at=timezone.now() - timedelta(days=days))
    client.force_login(cast.officer)
    page = page_text(client.get(reverse(URL)))
    assert page.count("HAI-LẦN") == 1
    day = timezone.localdate() - timedelta(days=3)
    assert f"Khảo sát lần cuối {day:%d/%m/%Y}" in page
