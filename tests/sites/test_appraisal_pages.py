"""The operator's and the officer's pages: findings at once, drafts kept, nothing lost."""

from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from infra.cases.dossiers.comments import comment_add
from infra.ground.choices import DossierState, ProcedureKind
from infra.models import Dossier
from sites.appraisal.services.screening import run_screening
from sites.choices import Outcome
from sites.models import CandidateLocation
from tests.cast import Cast
from tests.factories import make_mast
from tests.reading import page_text
from tests.sites import appraisal_cast as rows

pytestmark = pytest.mark.django_db
JSON = {"Accept": "application/json"}


@pytest.fixture
def draft(cast: Cast) -> Dossier:
    rows.load_limits()
    rows.unit()
    return rows.dossier(cast.operator)


@pytest.fixture
def operator(cast: Cast, client: Client) -> Client:
    client.force_login(cast.operator)
    return client


@pytest.fixture
def officer(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.officer)
    return client


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "version": 0,
        "point_0": "10,4602; 105,6321",
        "point_1": "wgs84",
        "name": "A-0001",
        "mast_class": "A2b",
        "structure": "guyed",
        "footing": "ground",
        "height_m": "42,5",
        **changes,
    }


def store(draft: Dossier, uuid: Any) -> str:
    return reverse("sites:candidate_store", args=[draft.uuid, uuid])


def test_the_rules_answer_before_anything_is_kept(draft: Dossier, operator: Client) -> None:
    rows.blocked_by_a_line()
    url = reverse("sites:candidate_preview", args=[draft.uuid])
    page = page_text(operator.post(url, typed()))
    assert 'data-rule="power_line"' in page
    assert 'finding-blocking" data-rule="power_corridor"' in page
    assert 'finding-advisory" data-rule="power_line"' in page
    assert "NĐ 62/2025/NĐ-CP" in page
    assert "42,5 m" in page
    assert '"type": "FeatureCollection"' in page
    assert CandidateLocation.objects.count() == 0


def test_a_place_alone_is_judged_as_far_as_it_can_be(draft: Dossier, operator: Client) -> None:
    url = reverse("sites:candidate_preview", args=[draft.uuid])
    page = operator.post(url, {"point_0": "10.4602, 105.6321", "point_1": "wgs84"})
    assert 'data-rule="place"' in page_text(page)
    nowhere = page_text(operator.post(url, {"point_0": "", "point_1": "wgs84"}))
    assert "data-rule" not in nowhere


def test_a_draft_is_kept_in_the_background_and_counts_its_versions(
    draft: Dossier, operator: Client
) -> None:
    uuid = uuid4()
    first = operator.post(store(draft, uuid), typed(), headers=JSON)
    assert first.json()["version"] == 1
    second = operator.post(store(draft, uuid), typed(version=1, height_m="40"), headers=JSON)
    assert second.json()["version"] == 2
    site = draft.candidates.get()
    assert (site.uuid, str(site.height_m)) == (uuid, "40.0")
    assert site.coordinate_text == "10,4602; 105,6321"


def test_a_stale_draft_is_told_so_and_written_nowhere(draft: Dossier, operator: Client) -> None:
    site = rows.candidate(draft)
    site.version = 5
    site.save()
    answer = operator.post(store(draft, site.uuid), typed(version=4), headers=JSON)
    assert answer.status_code == 409
    assert answer.json()["sentences"]
    site.refresh_from_db()
    assert site.name == "DTP-0001"


def test_what_is_missing_is_named_and_what_was_typed_stays(
    draft: Dossier, operator: Client
) -> None:
    answer = operator.post(store(draft, uuid4()), typed(height_m=""), headers=JSON)
    assert answer.status_code == 422
    assert set(answer.json()["errors"]) == {"height_m"}
    page = operator.post(store(draft, uuid4()), typed(height_m=""))
    assert page.status_code == 422
    assert "10,4602; 105,6321" in page_text(page)


def test_without_a_script_a_position_is_kept_and_judged(draft: Dossier, operator: Client) -> None:
    answer = operator.post(store(draft, uuid4()), typed())
    assert answer.status_code == 302
    site = draft.candidates.get()
    assert site.screenings.get().scope == f"org:{draft.applicant_id}"


def test_a_roof_mast_needs_the_height_of_its_building(draft: Dossier, operator: Client) -> None:
    answer = operator.post(store(draft, uuid4()), typed(footing="roof"), headers=JSON)
    assert set(answer.json()["errors"]) == {"building_height_m"}


def test_only_an_own_mast_can_be_moved(cast: Cast, operator: Client) -> None:
    draft = rows.dossier(cast.operator, kind=ProcedureKind.RELOCATION)
    rows.unit()
    make_mast(code="A-OLD", owner=cast.operator.organisation)
    make_mast(code="B-OLD", owner=cast.rival.organisation)
    theirs = operator.post(store(draft, uuid4()), typed(old_mast="B-OLD"), headers=JSON)
    assert "old_mast" in theirs.json()["errors"]
    own = operator.post(store(draft, uuid4()), typed(old_mast="A-OLD"), headers=JSON)
    assert own.status_code == 200


def test_a_pasted_table_adds_all_or_none(draft: Dossier, operator: Client) -> None:
    url = reverse("sites:candidates_paste", args=[draft.uuid])
    bad = operator.post(url, {"table": "P1;10,4602;105,6321;42\nP2;abc;105,6321;42"})
    assert draft.candidates.count() == 0
    assert "P2;abc" in page_text(bad)
    operator.post(url, {"table": "P1;10,4602;105,6321;42\nP2;10,4702;105,6321;42"})
    assert list(draft.candidates.values_list("order", "name")) == [(1, "P1"), (2, "P2")]


def test_the_queue_is_narrowed_by_its_address(cast: Cast, officer: Client) -> None:
    rows.dossier(cast.operator, state=DossierState.APPRAISING, code="HS-2026-0001", title="Một")
    rows.dossier(cast.rival, state=DossierState.SUBMITTED, code="HS-2026-0002", title="Hai")
    rows.dossier(cast.rival, title="Nháp của người khác")
    url = reverse("sites:dossier_list")
    everything = page_text(officer.get(url))
    assert "HS-2026-0001" in everything
    assert "HS-2026-0002" in everything
    assert "Nháp của người khác" not in everything
    narrowed = page_text(officer.get(url, {"state": "appraising"}))
    assert "HS-2026-0002" not in narrowed
    assert cast.rival.organisation
    theirs = page_text(officer.get(url, {"applicant": cast.rival.organisation.code}))
    assert "HS-2026-0001" not in theirs


def test_the_workbench_shows_old_and_new_place_with_the_metres_between(
    cast: Cast, officer: Client
) -> None:
    dossier = rows.dossier(
        cast.operator, kind=ProcedureKind.RELOCATION, state=DossierState.APPRAISING, code="HS-1"
    )
    assert cast.operator.organisation
    old = rows.mast("A-OLD", rows.away(212), cast.operator.organisation)
    site = rows.candidate(dossier, old_mast=old)
    run_screening(candidate=site, actor=cast.officer)
    page = page_text(officer.get(reverse("sites:candidate_detail", args=[site.uuid])))
    assert "212 m" in page
    assert "A-OLD" in page


def test_a_refused_result_keeps_what_was_written(cast: Cast, officer: Client) -> None:
    dossier = rows.dossier(cast.operator, state=DossierState.APPRAISING, code="HS-1")
    site = rows.candidate(dossier)
    url = reverse("sites:candidate_outcome", args=[site.uuid])
    page = officer.post(
        url, {"version": 1, "outcome": Outcome.SHARE, "reason": "Dùng chung với cột bên cạnh"}
    )
    assert page.status_code == 422
    assert "Dùng chung với cột bên cạnh" in page_text(page)


def test_a_result_leads_to_the_next_position_without_one(cast: Cast, officer: Client) -> None:
    dossier = rows.dossier(cast.operator, state=DossierState.APPRAISING, code="HS-1")
    first, second = rows.candidate(dossier), rows.candidate(dossier, rows.away(900))
    url = reverse("sites:candidate_outcome", args=[first.uuid])
    answer = officer.post(url, {"version": 1, "outcome": Outcome.AGREED})
    assert answer.headers["Location"] == reverse("sites:candidate_detail", args=[second.uuid])


def test_a_page_of_a_dossier_asks_little_of_the_database(
    cast: Cast, officer: Client, django_assert_max_num_queries: Any
) -> None:
    dossier = rows.dossier(cast.operator, state=DossierState.APPRAISING, code="HS-1")
    for number in range(12):
        run_screening(candidate=rows.candidate(dossier, rows.away(90 * number)), actor=cast.officer)
    url = reverse("sites:dossier_detail", args=[dossier.uuid])
    officer.get(url)
    with django_assert_max_num_queries(45):
        assert officer.get(url).status_code == 200


def test_a_pinned_comment_stands_on_the_map_of_who_may_read_it(
    cast: Cast, officer: Client, operator: Client
) -> None:
    dossier = rows.dossier(cast.operator, state=DossierState.APPRAISING, code="HS-1")
    site = rows.candidate(dossier)
    comment_add(
        dossier,
        body="Bờ sông sạt ở đây",
        actor=cast.officer,
        version=dossier.version,
        point=rows.away(30),
    )
    for name, uuid in (("dossier_detail", dossier.uuid), ("candidate_detail", site.uuid)):
        url = reverse(f"sites:{name}", args=[uuid])
        assert page_text(officer.get(url)).count("B\\u1edd s\\u00f4ng") == 1
        assert "B\\u1edd s\\u00f4ng" not in page_text(operator.get(url))
