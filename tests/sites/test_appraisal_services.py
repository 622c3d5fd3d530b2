"""Positions are written by their applicant, judged by the officer, and never twice or too late."""

from typing import Any
from uuid import uuid4

import pytest

from infra.ground.choices import DossierState, Role
from infra.ground.errors import Conflict, Forbidden, NotThere, Refused
from infra.models import User
from sites.appraisal.selectors.dossiers import fresh_screening
from sites.appraisal.services.dossiers import (
    candidate_remove,
    candidate_save,
    candidates_add,
    dossier_discard,
    dossier_update,
)
from sites.appraisal.services.outcomes import candidate_decide
from sites.appraisal.services.screening import run_screening
from sites.choices import MastClass, Outcome, Structure
from sites.models import CandidateLocation
from tests.sites import appraisal_cast as cast

pytestmark = pytest.mark.django_db


@pytest.fixture
def operator() -> User:
    return cast.person(Role.OPERATOR, cast.organisation("viettel"))


@pytest.fixture
def officer() -> User:
    return cast.person(Role.OFFICER)


def values(**changes: Any) -> dict[str, Any]:
    return {
        "name": "DTP-0007",
        "point": cast.HERE,
        "mast_class": MastClass.A2B,
        "structure": Structure.GUYED,
        "height_m": 42,
        **changes,
    }


def appraised(operator: User, **fields: Any) -> CandidateLocation:
    return cast.candidate(cast.dossier(operator, state=DossierState.APPRAISING), **fields)


def test_the_same_position_sent_twice_is_one_row(operator: User) -> None:
    dossier, uuid = cast.dossier(operator), uuid4()
    first = candidate_save(dossier=dossier, actor=operator, uuid=uuid, version=0, values=values())
    same = candidate_save(dossier=dossier, actor=operator, uuid=uuid, version=0, values=values())
    assert (same.pk, same.version) == (first.pk, 1)
    with pytest.raises(Conflict):
        candidate_save(
            dossier=dossier, actor=operator, uuid=uuid, version=0, values=values(height_m=39)
        )
    again = candidate_save(
        dossier=dossier,
        actor=operator,
        uuid=uuid,
        version=first.version,
        values=values(height_m=40),
    )
    assert dossier.candidates.count() == 1
    assert again.version == 2
    assert again.height_m == 40


def test_a_position_cannot_be_taken_over_by_its_identifier(operator: User) -> None:
    other = cast.candidate(cast.dossier(cast.person(Role.OPERATOR, cast.organisation("vnpt"))))
    with pytest.raises(NotThere):
        candidate_save(
            dossier=cast.dossier(operator),
            actor=operator,
            uuid=other.uuid,
            version=1,
            values=values(),
        )


@pytest.mark.parametrize("state", [DossierState.SUBMITTED, DossierState.APPRAISING])
def test_a_submitted_dossier_is_closed_to_its_applicant(
    operator: User, state: DossierState
) -> None:
    dossier = cast.dossier(operator, state=state)
    with pytest.raises(Forbidden):
        candidate_save(dossier=dossier, actor=operator, uuid=uuid4(), version=0, values=values())
    with pytest.raises(Forbidden):
        dossier_update(dossier=dossier, actor=operator, version=1, title="x")


def test_while_a_supplement_is_asked_for_positions_may_change_and_lose_their_result(
    operator: User,
) -> None:
    dossier = cast.dossier(operator, state=DossierState.SUPPLEMENT_REQUESTED)
    kept = cast.candidate(dossier, outcome=Outcome.ADJUST, proposed_point=cast.away(60))
    moved = candidate_save(
        dossier=dossier,
        actor=operator,
        uuid=kept.uuid,
        version=kept.version,
        values=values(point=cast.away(60)),
    )
    assert moved.outcome == Outcome.PENDING
    assert moved.proposed_point is None


def test_a_new_name_alone_keeps_the_result(operator: User) -> None:
    dossier = cast.dossier(operator, state=DossierState.SUPPLEMENT_REQUESTED)
    kept = cast.candidate(dossier, outcome=Outcome.AGREED)
    renamed = candidate_save(
        dossier=dossier,
        actor=operator,
        uuid=kept.uuid,
        version=kept.version,
        values=values(name="DTP-0008"),
    )
    assert renamed.outcome == Outcome.AGREED


def test_positions_stay_numbered_without_gaps(operator: User) -> None:
    dossier = cast.dossier(operator)
    rows = candidates_add(
        dossier=dossier, actor=operator, rows=[values(name=f"P{n}") for n in range(3)]
    )
    candidate_remove(candidate=rows[1], actor=operator)
    assert list(dossier.candidates.values_list("order", "name")) == [(1, "P0"), (2, "P2")]


def test_a_draft_can_be_thrown_away_a_submitted_dossier_cannot(operator: User) -> None:
    draft = cast.dossier(operator)
    cast.candidate(draft)
    dossier_discard(dossier=draft, actor=operator)
    waiting = cast.dossier(operator, state=DossierState.SUPPLEMENT_REQUESTED)
    with pytest.raises(Refused):
        dossier_discard(dossier=waiting, actor=operator)


def test_only_an_officer_decides_and_only_while_it_is_appraised(
    operator: User, officer: User
) -> None:
    site = appraised(operator)
    with pytest.raises(Forbidden):
        candidate_decide(
            candidate=site, actor=operator, version=site.version, outcome=Outcome.AGREED
        )
    late = cast.candidate(cast.dossier(operator, state=DossierState.WITH_LEADER))
    with pytest.raises(Forbidden):
        candidate_decide(
            candidate=late, actor=officer, version=late.version, outcome=Outcome.AGREED
        )


@pytest.mark.parametrize(
    "outcome",
    [Outcome.AGREED_WITH_CONDITIONS, Outcome.ADJUST, Outcome.SHARE, Outcome.NOT_AGREED],
)
def test_a_result_that_needs_a_word_is_refused_without_it(
    operator: User, officer: User, outcome: Outcome
) -> None:
    site = appraised(operator)
    with pytest.raises(Refused) as refusal:
        candidate_decide(candidate=site, actor=officer, version=site.version, outcome=outcome)
    assert refusal.value.sentences
    site.refresh_from_db()
    assert site.outcome == Outcome.PENDING


def test_two_officers_at_once_one_wins_the_other_is_told(operator: User, officer: User) -> None:
    site = appraised(operator)
    candidate_decide(
        candidate=site, actor=officer, version=1, outcome=Outcome.NOT_AGREED, reason="Sạt lở"
    )
    other = cast.person(Role.OFFICER, name="hai")
    with pytest.raises(Conflict):
        candidate_decide(candidate=site, actor=other, version=1, outcome=Outcome.AGREED)


def test_agreeing_over_a_blocking_rule_needs_a_written_reason(
    operator: User, officer: User
) -> None:
    cast.load_limits()
    cast.blocked_by_a_line()
    site = appraised(operator)
    with pytest.raises(Refused):
        candidate_decide(candidate=site, actor=officer, version=1, outcome=Outcome.AGREED)
    decided = candidate_decide(
        candidate=site,
        actor=officer,
        version=1,
        outcome=Outcome.AGREED,
        override_reason="Đường dây sẽ di dời trước khi thi công",
    )
    assert decided.outcome == Outcome.AGREED
    assert decided.override_reason
    assert decided.decided_by == officer


def test_a_result_can_be_taken_back(operator: User, officer: User) -> None:
    site = appraised(operator)
    decided = candidate_decide(
        candidate=site, actor=officer, version=1, outcome=Outcome.NOT_AGREED, reason="x"
    )
    back = candidate_decide(
        candidate=site, actor=officer, version=decided.version, outcome=Outcome.PENDING
    )
    assert (back.outcome, back.outcome_reason, back.decided_by) == ("", "", None)


def test_a_screening_is_fresh_until_the_position_changes_not_until_it_is_decided(
    operator: User, officer: User
) -> None:
    site = appraised(operator)
    run_screening(candidate=site, actor=officer)
    decided = candidate_decide(
        candidate=site, actor=officer, version=1, outcome=Outcome.NOT_AGREED, reason="x"
    )
    assert fresh_screening(decided) is not None
    decided.height_m = 30
    assert fresh_screening(decided) is None
