"""One run of the rules, and the same while the applicant moves the pin."""

from collections.abc import Iterator

from django.contrib.gis.geos import Point
from django.db import transaction
from django.urls import reverse

from infra.ground.choices import DossierState
from infra.models import Dossier
from script.lib.bench import BenchError, Row, compare
from script.lib.bench_world import OFFICER, OPERATOR, World
from sites.appraisal.services.screening import run_screening
from sites.models import CandidateLocation

HERE = Point(105.6321, 10.4602, srid=4326)


def bench(world: World) -> Iterator[Row]:
    """In the densest town, where houses, lines and masts are many."""
    yield _run(world)
    yield _preview(world)


def _run(world: World) -> Row:
    officer = world.person(OFFICER)
    candidate = CandidateLocation.objects.select_related("dossier").order_by("pk")[0]
    candidate.point, candidate.eirp_w = HERE, 4000

    def once() -> None:
        with transaction.atomic():
            run_screening(candidate=candidate, actor=officer)
            transaction.set_rollback(True)

    replay = world.replay(once)
    return compare("run of the rules", once, replay, note=f"{len(replay.statements)} queries")


def _preview(world: World) -> Row:
    operator = world.person(OPERATOR)
    drafts = Dossier.objects.filter(created_by=operator, state=DossierState.DRAFT)
    dossier = drafts.order_by("pk").first()
    if dossier is None:
        msg = "Không có hồ sơ nháp minh họa."
        raise BenchError(msg)
    path = reverse("sites:candidate_preview", args=[dossier.uuid])
    form = {
        "point_0": f"{HERE.y}, {HERE.x}",
        "name": "DTP-1",
        "mast_class": "A2b",
        "structure": "guyed",
        "footing": "ground",
        "height_m": "42",
        "eirp_w": "4000",
    }
    browser = world.browser(OPERATOR)
    replay = world.replay(lambda: world.client(OPERATOR).post(path, form))
    return compare(
        "preview while the pin moves",
        lambda: browser.post(path, form),
        replay,
        note=f"{len(replay.statements)} queries",
    )
