"""Company B comes to nothing of company A's by no door; A comes to each of them."""

from collections.abc import Callable
from dataclasses import dataclass

import mapbox_vector_tile
import pytest
from django.test import Client
from django.urls import reverse

from infra.ground.choices import DocumentState, DossierState
from infra.models import Document, Dossier
from sites.choices import Outcome, RelocationReason
from sites.models import CandidateLocation, Mast
from tests.access.world import World
from tests.cast import Cast
from tests.factories import make_candidate, make_dossier, make_mast, make_station
from tests.seals.aside import set_aside

pytestmark = pytest.mark.django_db

SECRET_MAST = "BIMAT-COT-77"
SECRET_PLACE = "BIMAT-VITRI-77"
SECRET_TITLE = "Đề nghị BIMAT mở rộng"
BOX = "105.60,10.44,105.66,10.48"
TILE = {"z": "14", "x": "12999", "y": "7713"}


@dataclass
class Secrets:
    """What belongs to A alone."""

    world: World
    mast: Mast
    dossier: Dossier
    candidate: CandidateLocation


@pytest.fixture
def secrets(cast: Cast) -> Secrets:
    world = World(cast)
    organisation = cast.operator.organisation
    assert organisation is not None
    mast = make_mast(code=SECRET_MAST, name=SECRET_MAST, owner=organisation)
    dossier = make_dossier(organisation, cast.operator, title=SECRET_TITLE)
    world.__dict__["dossier"] = dossier
    candidate = make_candidate(dossier, name=SECRET_PLACE, old_mast=mast)
    return Secrets(world, mast, dossier, candidate)


@pytest.fixture
def a(cast: Cast, client: Client) -> Client:
    client.force_login(cast.operator)
    return client


@pytest.fixture
def b(cast: Cast) -> Client:
    client = Client()
    client.force_login(cast.rival)
    return client


PAGES: dict[str, Callable[[Secrets], str]] = {
    "dossier page": lambda s: reverse("sites:dossier_detail", args=[s.dossier.uuid]),
    "position page": lambda s: reverse("sites:candidate_detail", args=[s.candidate.uuid]),
    "mast page": lambda s: reverse("sites:mast_detail", args=[s.mast.uuid]),
    "mast history": lambda s: reverse("sites:mast_history", args=[s.mast.uuid]),
    "photo or paper": lambda s: reverse("file", args=[s.world.attachment.uuid]),
    "dossier by API": lambda s: reverse("api:dossier", args=[s.dossier.uuid]),
    "steps by API": lambda s: reverse("api:dossier_transitions", args=[s.dossier.uuid]),
    "mast by API": lambda s: reverse("api:mast", args=[s.mast.uuid]),
    "mast on the map": lambda s: reverse("map:feature", args=["masts", s.mast.uuid]),
    "position on the map": lambda s: reverse("map:feature", args=["candidates", s.candidate.uuid]),
}
LISTS: dict[str, Callable[[Secrets], str]] = {
    "dossier list": lambda s: reverse("sites:dossier_list") + "?q=BIMAT",
    "register": lambda s: reverse("sites:mast_list"),
    "search": lambda s: reverse("search") + "?q=BIMAT",
    "map search": lambda s: reverse("map:search") + "?q=BIMAT",
    "dossiers by API": lambda s: reverse("api:dossiers"),
    "masts by API": lambda s: reverse("api:masts"),
    "export as CSV": lambda s: reverse("sites:mast_csv"),
    "export as GeoJSON": lambda s: reverse("sites:mast_geojson"),
    "masts of a box": lambda s: reverse("map:geojson", args=["masts"]) + f"?bbox={BOX}",
    "positions of a box": lambda s: reverse("map:geojson", args=["candidates"]) + f"?bbox={BOX}",
    "a click on the map": lambda s: (
        reverse("map:identify") + "?lat=10.4602&lon=105.6321&zoom=16&layers=masts,candidates"
    ),
    "the list beside the map": lambda s: (
        reverse("map:list") + f"?bbox={BOX}&layers=masts,candidates"
    ),
    "a map handed on": lambda s: reverse("map:handout") + f"?bbox={BOX}&layers=masts,candidates",
}


def body(client: Client, url: str) -> tuple[int, str]:
    response = client.get(url)
    content = b"".join(response) if response.streaming else response.content
    return response.status_code, content.decode("utf-8", "replace")


@pytest.mark.parametrize("door", PAGES)
def test_what_a_opens_is_not_there_for_b(door: str, secrets: Secrets, a: Client, b: Client) -> None:
    url = PAGES[door](secrets)
    assert a.get(url).status_code == 200
    assert b.get(url).status_code == 404


@pytest.mark.parametrize("door", LISTS)
def test_what_a_finds_b_does_not(door: str, secrets: Secrets, a: Client, b: Client) -> None:
    url = LISTS[door](secrets)
    status, text = body(a, url)
    assert status == 200
    assert "BIMAT" in text
    status, text = body(b, url)
    assert status == 200
    for secret in (SECRET_MAST, SECRET_PLACE, SECRET_TITLE):
        assert secret not in text


@pytest.mark.parametrize("layer", ["masts", "candidates"])
def test_a_tile_of_b_holds_nothing_of_a(layer: str, secrets: Secrets, a: Client, b: Client) -> None:
    url = reverse("map:tile", kwargs={"layers": layer, **TILE})
    assert _names(a, url)
    assert not _names(b, url)
    assert a.get(url).headers.get("ETag") != b.get(url).headers.get("ETag")
    assert "private" in a.get(url).headers["Cache-Control"]


def test_the_letter_is_a_pdf_for_a_only_once_it_is_issued(
    secrets: Secrets, a: Client, b: Client
) -> None:
    draft = secrets.world.letter
    issued = secrets.world.issued_letter
    assert a.get(reverse("document_pdf", args=[draft.uuid])).status_code == 404
    assert Document.objects.get(pk=issued.pk).state == DocumentState.ISSUED
    for name in ("document_detail", "document_pdf"):
        assert a.get(reverse(name, args=[issued.uuid])).status_code == 200
        assert b.get(reverse(name, args=[issued.uuid])).status_code == 404


def test_no_step_of_b_reaches_a_dossier_of_a(secrets: Secrets, b: Client) -> None:
    page = reverse("workflow_transition", args=["dossier", secrets.dossier.uuid, "submit"])
    assert b.post(page, {"version": 1}).status_code == 404
    api = reverse("api:dossier_transition_fire", args=[secrets.dossier.uuid, "submit"])
    answer = b.post(api, {"version": 1}, content_type="application/json")
    assert answer.status_code == 404


def test_a_tenant_of_the_mast_does_not_read_that_its_owner_moves_it(
    secrets: Secrets, cast: Cast, a: Client, b: Client
) -> None:
    assert cast.rival.organisation
    make_station(secrets.mast, cast.rival.organisation)
    secrets.candidate.relocation_reason = RelocationReason.LEASE_ENDED
    secrets.candidate.save()
    url = reverse("sites:mast_detail", args=[secrets.mast.uuid])
    assert SECRET_PLACE in body(a, url)[1]
    status, text = body(b, url)
    assert status == 200
    assert SECRET_MAST in text
    assert SECRET_PLACE not in text


def test_the_applicant_reads_no_result_before_the_letter_is_issued(
    secrets: Secrets, cast: Cast, a: Client
) -> None:
    CandidateLocation.objects.update(
        outcome=Outcome.NOT_AGREED, outcome_reason="LY-DO-KIN", decided_by=cast.officer
    )
    pages = [PAGES[name](secrets) for name in ("dossier page", "position page", "mast page")]
    shown = str(Outcome.NOT_AGREED.label)
    doors = [*pages, PAGES["position on the map"](secrets)]
    for url in doors:
        text = body(a, url)[1]
        assert "LY-DO-KIN" not in text
        assert f">{shown}<" not in text
        assert f'"{shown}"' not in text
    set_aside(secrets.dossier, state=DossierState.ISSUED)
    assert "LY-DO-KIN" in body(a, PAGES["position page"](secrets))[1]


def _names(client: Client, url: str) -> list[dict[str, object]]:
    response = client.get(url)
    if response.status_code == 204 or not response.content:
        return []
    tile = mapbox_vector_tile.decode(response.content)
    return [feature["properties"] for layer in tile.values() for feature in layer["features"]]
