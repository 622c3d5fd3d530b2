"""The safety grade of a mast: a pure function of all its visits and papers, in any order.

A danger (a visit graded D, an assessment that finds the mast unsafe) stands until it is lifted:
by a later verification visit that is not itself a D, with photos, logged near the mast by a sure
clock, together with a later assessment that passes or a later completed repair. While one danger
stands the mast is D; otherwise its newest visit decides. A visit whose clock is in doubt counts
from its receipt, may worsen the grade and never betters it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

DANGEROUS = "D"


@dataclass(frozen=True, slots=True)
class Visit:
    """One recorded visit; `at` is the moment it counts from."""

    key: str
    at: datetime
    grade: str
    is_verification: bool = False
    has_photos: bool = False
    is_near: bool = False
    clock_is_sure: bool = True


@dataclass(frozen=True, slots=True)
class Assessment:
    """A structural assessment, known by its day: from `begins` to `ends` (the next midnight)."""

    key: str
    begins: datetime
    ends: datetime
    passes: bool
    good_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Repair:
    """A completed repair."""

    key: str
    at: datetime


@dataclass(frozen=True, slots=True)
class SafetyRecord:
    """Everything on file about one mast; order and repetition do not matter."""

    visits: frozenset[Visit]
    assessments: frozenset[Assessment] = frozenset()
    repairs: frozenset[Repair] = frozenset()


@dataclass(frozen=True, slots=True)
class Danger:
    """What made the mast a D: `kind` is "visit" or "assessment"."""

    at: datetime
    kind: str
    key: str


@dataclass(frozen=True, slots=True)
class Lifting:
    """Which verification visit and which paper ("assessment" or "repair") lifted a danger."""

    danger: Danger
    visit: str
    paper: str
    paper_key: str


@dataclass(frozen=True, slots=True)
class Standing:
    """The grade, since when, the dangers that stand and how the others were lifted."""

    grade: str
    decided_at: datetime | None
    dangers: tuple[Danger, ...] = ()
    liftings: tuple[Lifting, ...] = ()

    def lifting_of(self, visit: str) -> Lifting | None:
        """How the danger that this visit found was lifted."""
        return next(
            (one for one in self.liftings if (one.danger.kind, one.danger.key) == ("visit", visit)),
            None,
        )


@dataclass(frozen=True, slots=True)
class Need:
    """One condition of lifting a danger, whether it is met, and which visit or paper meets it."""

    code: str
    is_met: bool
    key: str = ""


def standing_of(record: SafetyRecord) -> Standing:
    """The grade of the whole record."""
    dangers = _dangers(record)
    found = [_lifting(danger, record) for danger in dangers]
    liftings = tuple(lifting for lifting in found if lifting)
    standing = tuple(
        danger for danger, lifting in zip(dangers, found, strict=True) if lifting is None
    )
    if standing:
        return Standing(DANGEROUS, standing[-1].at, standing, liftings)
    return _by_newest(record.visits, liftings)


def needs_of(danger: Danger, record: SafetyRecord) -> tuple[Need, ...]:
    """What lifts a danger, and how far the best verification visit goes to meet it."""
    visit = max(
        _verifications(danger, record),
        key=lambda one: (one.clock_is_sure, one.has_photos + one.is_near, one.at, one.key),
        default=None,
    )
    key = visit.key if visit else ""
    needs = [
        Need("verification", visit is not None, key),
        Need("photos", visit is not None and visit.has_photos, key),
        Need("near", visit is not None and visit.is_near, key),
        _paper_need(danger, record),
    ]
    if visit and not visit.clock_is_sure:
        needs.append(Need("clock", is_met=False, key=key))
    if all(need.is_met for need in needs):
        # Each is there, but the visit came before the repair or after the assessment ran out.
        needs.append(Need("order", is_met=False, key=key))
    return tuple(needs)


def _dangers(record: SafetyRecord) -> list[Danger]:
    graded = [Danger(v.at, "visit", v.key) for v in record.visits if v.grade == DANGEROUS]
    assessed = [Danger(a.ends, "assessment", a.key) for a in record.assessments if not a.passes]
    return sorted([*graded, *assessed], key=lambda one: (one.at, one.kind, one.key))


def _lifting(danger: Danger, record: SafetyRecord) -> Lifting | None:
    """The earliest visit and paper that lift it: the same ones whatever the order of arrival."""
    able = [
        visit
        for visit in _verifications(danger, record)
        if visit.clock_is_sure and visit.has_photos and visit.is_near
    ]
    for visit in sorted(able, key=lambda one: (one.at, one.key)):
        if paper := next(_papers_for(visit, danger, record), None):
            return Lifting(danger, visit.key, *paper)
    return None


def _verifications(danger: Danger, record: SafetyRecord) -> list[Visit]:
    return [
        visit
        for visit in record.visits
        if visit.is_verification and visit.grade != DANGEROUS and visit.at > danger.at
    ]


def _papers_for(visit: Visit, danger: Danger, record: SafetyRecord) -> Iterator[tuple[str, str]]:
    yield from (
        ("repair", one.key)
        for one in sorted(record.repairs, key=lambda one: (one.at, one.key))
        if danger.at < one.at < visit.at
    )
    yield from (
        ("assessment", one.key)
        for one in _passing(danger, record)
        if one.good_until is None or visit.at < one.good_until
    )


def _passing(danger: Danger, record: SafetyRecord) -> list[Assessment]:
    """Only of a later day: that an assessment of the same day came after is not known."""
    later = [one for one in record.assessments if one.passes and one.begins >= danger.at]
    return sorted(later, key=lambda one: (one.begins, one.key))


def _paper_need(danger: Danger, record: SafetyRecord) -> Need:
    papers = [
        *(one.key for one in record.repairs if one.at > danger.at),
        *(one.key for one in _passing(danger, record)),
    ]
    return Need("paper", bool(papers), papers[0] if papers else "")


def _by_newest(visits: frozenset[Visit], liftings: tuple[Lifting, ...]) -> Standing:
    if not visits:
        return Standing("", None)
    sure_moments = [visit.at for visit in visits if visit.clock_is_sure]
    newest = max(sure_moments, default=min(visit.at for visit in visits))
    deciding = [visit for visit in visits if visit.at >= newest]
    worst = max(visit.grade for visit in deciding)
    decided_at = max(visit.at for visit in deciding if visit.grade == worst)
    return Standing(worst, decided_at, (), liftings)
