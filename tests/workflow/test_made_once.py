"""Every door that takes an identifier from the page: many at once are one row, never a crash."""

from collections.abc import Callable, Sequence
from functools import partial
from threading import Barrier, Thread
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.gis.geos import Point
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from infra.cases.dossiers.comments import comment_add
from infra.cases.dossiers.services import dossier_draft
from infra.files.services import attach
from infra.ground.choices import DossierState
from infra.ground.errors import Problem
from infra.models import Attachment, Comment, Dossier
from sites.appraisal.services.dossiers import candidate_save
from sites.choices import MastClass, Structure
from sites.models import CandidateLocation
from tests.cast import Cast
from tests.factories import CAO_LANH, home, make_procedure
from tests.workflow.casework import dossier_of_a

pytestmark = pytest.mark.django_db(transaction=True)

AT_ONCE = 5


def at_once(acts: Sequence[Callable[[], Any]]) -> list[str]:
    """What each came to: `done`, the problem's code, or the name of a crash."""
    start, outcomes = Barrier(len(acts)), []

    def run(act: Callable[[], Any]) -> None:
        start.wait()
        try:
            act()
            outcomes.append("done")
        except Problem as problem:
            outcomes.append(problem.code)
        except Exception as crash:  # noqa: BLE001 - a crash is what the test looks for
            outcomes.append(type(crash).__name__)
        finally:
            connection.close()

    threads = [Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(outcomes)


def test_a_draft(cast: Cast) -> None:
    number, procedure = uuid4(), make_procedure()

    def draft(title: str) -> None:
        dossier_draft(
            uuid=number,
            procedure=procedure,
            applicant=home(cast.operator),
            title=title,
            actor=cast.operator,
        )

    assert at_once([lambda: draft("Một")] * AT_ONCE) == ["done"] * AT_ONCE
    assert Dossier.objects.count() == 1
    assert at_once([lambda: draft("Hai")]) == ["conflict"]


def test_a_comment(cast: Cast) -> None:
    number, dossier = uuid4(), dossier_of_a(cast)

    def comment(words: str) -> None:
        comment_add(dossier, body=words, actor=cast.officer, version=1, uuid=number)

    assert at_once([lambda: comment("Đã rõ")] * AT_ONCE) == ["done"] * AT_ONCE
    assert at_once([lambda: comment("khác")] * 2) == ["conflict"] * 2
    assert Comment.objects.get().body == "Đã rõ"


def test_a_comment_on_two_dossiers_under_one_identifier(cast: Cast) -> None:
    number, dossiers = uuid4(), [dossier_of_a(cast), dossier_of_a(cast)]
    acts = [
        partial(comment_add, one, body="x", actor=cast.officer, version=1, uuid=number)
        for one in dossiers
    ]
    assert at_once(acts) == ["conflict", "done"]
    assert Comment.objects.count() == 1


def test_a_file(cast: Cast) -> None:
    number, dossier = uuid4(), dossier_of_a(cast)

    def keep(content: bytes, actor: Any = cast.operator) -> None:
        attach(dossier, SimpleUploadedFile("bang.csv", content), actor, uuid=number)

    assert at_once([lambda: keep(b"a,b\n1,2\n")] * AT_ONCE) == ["done"] * AT_ONCE
    assert at_once([lambda: keep(b"a,b\n3,4\n")]) == ["conflict"]
    assert at_once([lambda: keep(b"a,b\n1,2\n", cast.rival)]) == ["conflict"]
    assert Attachment.objects.count() == 1


def test_a_position(cast: Cast) -> None:
    number = uuid4()
    drafts = [dossier_of_a(cast, state=DossierState.DRAFT) for _ in range(2)]

    def keep(dossier: Dossier) -> None:
        place = {"name": "V-1", "point": Point(*CAO_LANH, srid=4326), "height_m": 30}
        values = {**place, "mast_class": MastClass.A2B, "structure": Structure.MONOPOLE}
        candidate_save(dossier=dossier, actor=cast.operator, uuid=number, version=0, values=values)

    assert at_once([lambda: keep(drafts[0])] * AT_ONCE) == ["done"] * AT_ONCE
    assert at_once([lambda: keep(drafts[1])]) == ["not_found"]
    assert CandidateLocation.objects.count() == 1
