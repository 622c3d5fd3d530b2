"""A small province goes through every bench: rows come out, nothing is refused."""

import os

import pytest
from pytest_django.live_server_helper import LiveServer

from infra.ground.choices import DossierState
from infra.models import Dossier, Organisation
from infra.people.accounts.demo import make_demo_people
from script.lib import bench_database, bench_province, run_benches
from script.lib.bench_web import Web, private_mb
from script.lib.bench_world import World
from script.lib.embedded import Addresses
from sites.models import Inspection, Mast, RemediationProposal, Station
from tests.factories import (
    make_candidate,
    make_dossier,
    make_inspection,
    make_mast,
    make_station,
)

MASTS = 60
DATABASE = Addresses("postgres:///a?host=/run/x", "postgresql://o:p@host:5433/a?sslmode=off")


@pytest.fixture
def small_province(transactional_db: None) -> None:
    """What the demo brings, one of each, and the crowd made of it."""
    people = {person.email.split("@")[0]: person for person in make_demo_people()}
    viettel, vnpt = (Organisation.objects.get(code=code) for code in ("viettel", "vnpt"))
    for number, owner in enumerate((viettel, vnpt)):
        place = (105.63 + number / 100, 10.46)
        mast = make_mast(place, code=f"VTL-DTH-00{number}", owner=owner, declared_unit="Xã Mỹ Hiệp")
        make_station(mast, owner)
        make_inspection(mast, people["khaosat"])
    for state in (DossierState.DRAFT, DossierState.APPRAISING, DossierState.RETURNED):
        make_candidate(make_dossier(viettel, people["viettel"], state=state))
    bench_province.build(MASTS)


@pytest.mark.owner
def test_a_crowd_is_made_of_the_demo(small_province: None) -> None:
    assert Mast.objects.count() == MASTS
    newest = Mast.objects.latest("pk")
    assert newest.code.startswith("VTL-DTH-1000")
    assert "Xã Mỹ Hiệp" in newest.address
    assert newest.owner_id in newest.viewer_org_ids
    assert Mast.objects.values("point").distinct().count() == MASTS
    assert Station.objects.filter(mast=newest).exists()
    assert Station.objects.count() > MASTS
    assert Inspection.objects.count() > MASTS // 4
    assert RemediationProposal.objects.count() <= Inspection.objects.count()
    assert Dossier.objects.count() == 3 + MASTS // bench_province.PER_DOSSIER


@pytest.mark.owner
@pytest.mark.parametrize("name", sorted(set(run_benches.known()) - {"history", "workers"}))
def test_every_bench_gives_rows(
    name: str, assets: None, small_province: None, live_server: LiveServer
) -> None:
    port = int(live_server.url.rpartition(":")[2])
    world = World(MASTS, Web(port, os.getpid()))
    rows = run_benches.run_one(name, world)
    assert rows
    assert len({row.name for row in rows}) == len(rows)
    assert all(row.ours > 0 for row in rows)
    if name != "weight":
        assert all(row.reference for row in rows)


@pytest.mark.owner
def test_the_bench_of_bulk_writing_gives_rows(transactional_db: None) -> None:
    rows = run_benches.run_one("history", 40)
    assert {row.against for row in rows} == {"no triggers"}
    assert all(row.ours > 0 for row in rows)


def test_the_memory_of_a_process_is_read() -> None:
    assert 5 < private_mb(os.getpid()) < 5000


def test_another_database_of_the_same_server_keeps_roles_and_options() -> None:
    named = bench_database._named(DATABASE, "b")
    assert named.application == "postgres:///b?host=/run/x"
    assert named.owner == "postgresql://o:p@host:5433/b?sslmode=off"
