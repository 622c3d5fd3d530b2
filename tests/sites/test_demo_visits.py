"""Illustrative masts stand where their illustrative record puts them."""

import pytest
from django.utils import timezone

from infra.ground.choices import Role
from sites.choices import Grade, Structure
from sites.models import Mast
from sites.safety.demo import load_inspections
from sites.safety.reference import load_checklist
from sites.safety.rules.standing import standing_of
from sites.safety.selectors.standing import safety_picture, safety_record
from tests.cast import Cast
from tests.factories import make_mast, make_organisation

# Every write commits, as under script/server: a visit is sealed when it is recorded.
pytestmark = pytest.mark.django_db(transaction=True)


def test_every_graded_mast_of_the_demo_has_the_record_that_grades_it(cast: Cast) -> None:
    assert cast.inspector.has_role(Role.INSPECTOR)
    load_checklist(lambda _line: None)
    today = timezone.localdate()
    for owner, grades in (("gtel", "DDC"), ("viettel", "ABC")):
        for grade in grades:
            make_mast(
                grade=grade,
                graded_on=today,
                owner=make_organisation(owner),
                structure=Structure.MONOPOLE,
            )
    make_mast(grade=Grade.UNGRADED)
    before = list(Mast.objects.order_by("pk").values_list("grade", flat=True))
    load_inspections(lambda _line: None)
    masts = list(Mast.objects.order_by("pk"))
    assert [mast.grade for mast in masts] == before
    assert [standing_of(safety_record(mast)).grade for mast in masts] == before
    seen_again = [mast for mast in masts if mast.inspections.count() == 2]
    (need,) = [
        need
        for mast in seen_again
        for need in safety_picture(mast).dangers[0].needs
        if not need.is_met and "ảnh" in need.sentence
    ]
    assert need.visit
