"""axe-core finds nothing on the main pages of each role, with the demo's banner on them."""

import pytest
from django.urls import reverse
from playwright.sync_api import Page
from pytest_django import Settings

from tests.access.world import World
from tests.browser.conftest import SignIn
from tests.browser.test_accessibility import complaints
from tests.cast import Cast

# Role ("" is a visitor) → URL names, each with the thing of the world it is about.
PAGES: dict[str, list[tuple[str, str]]] = {
    "": [("home", ""), ("map:page", ""), ("sites:mast_list", "")],
    "operator": [
        ("home", ""),
        ("data", ""),
        ("sites:mast_list", ""),
        ("sites:dossier_list", ""),
        ("sites:dossier_new", ""),
        ("sites:dossier_detail", "dossier"),
        ("sites:candidate_new", "draft_dossier"),
        ("sites:candidates_paste", "draft_dossier"),
    ],
    "inspector": [
        ("home", ""),
        ("sites:inspection_list", ""),
        ("sites:survey_form", "mast"),
        ("sites:inspection_detail", "inspection"),
    ],
    "planner": [
        ("undergrounding:route_list", ""),
        ("undergrounding:route_detail", "route"),
        ("undergrounding:route_edit", "route"),
        ("undergrounding:rate_list", ""),
        ("undergrounding:rate_new", ""),
        ("data", ""),
    ],
    "officer": [
        ("home", ""),
        ("data", ""),
        ("sites:mast_detail", "mast"),
        ("sites:mast_change", "mast"),
        ("sites:mast_history", "mast"),
        ("sites:station_new", "mast"),
        ("sites:dossier_detail", "dossier"),
        ("sites:candidate_detail", "candidate"),
        ("sites:proposal_detail", "proposal"),
        ("exchange:run_list", ""),
    ],
    "head": [("home", ""), ("sites:dossier_list", "")],
    "leader": [("home", ""), ("undergrounding:route_list", ""), ("document_detail", "letter")],
    "clerk": [("home", ""), ("sites:dossier_list", ""), ("document_detail", "letter")],
    "consulted": [("home", ""), ("sites:dossier_list", "")],
    "auditor": [("sites:mast_list", ""), ("sites:inspection_list", ""), ("jobs:list", "")],
    "administrator": [("home", ""), ("admin:index", ""), ("account", "")],
}


@pytest.mark.parametrize("role", PAGES, ids=[role or "visitor" for role in PAGES])
def test_no_main_page_has_barriers(
    both: Page, cast: Cast, sign_in: SignIn, settings: Settings, role: str
) -> None:
    settings.DEMO_MODE = True
    world = World(cast)
    if role:
        sign_in(both, getattr(cast, role))
    wrong = {}
    for name, thing in PAGES[role]:
        address = reverse(name, args=[getattr(world, thing).uuid] if thing else [])
        answer = both.goto(address)
        assert answer is not None
        assert answer.status == 200, address
        both.wait_for_load_state("networkidle")
        if found := complaints(both):
            wrong[address] = found
    assert wrong == {}
