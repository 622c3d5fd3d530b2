"""Filtered maps of the whole province are drawn from kept counts, and these are always right."""

import itertools
import random
from typing import Any

import pytest
from django.db import connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from infra.ground.choices import Publicity
from infra.map import grid, statements
from infra.map.aggregates import differences, rebuild
from infra.map.grid import Tile
from infra.map.kept import Kept
from infra.map.registry import LAYERS, Person
from infra.map.statements import IN_ONE_GO, Statement, statements_for
from infra.models import Organisation
from sites.choices import Grade, MastClass, OperatingStatus, Structure
from sites.models import Mast, MastTally, Station
from tests.cast import Cast, make_cast
from tests.factories import CAO_LANH, make_mast, make_station
from tests.map.conftest import Ask
from tests.map.tiling import tile_of

pytestmark = pytest.mark.django_db
CHOICES: dict[str, Any] = {
    "grade": [grade.value for grade in Grade],
    "mast_class": [MastClass.A1A, MastClass.A2B, ""],
    "structure": [Structure.GUYED, Structure.MONOPOLE, ""],
    "operating_status": [OperatingStatus.ON_AIR, OperatingStatus.OFF_AIR],
    "publicity": [Publicity.PUBLIC, Publicity.INTERNAL],
}
FILTERS = {
    "grade": ["D", "A"],
    "class": ["A2b"],
    "structure": ["guyed", "monopole"],
    "status": ["off_air"],
    "owner": ["doanh-nghiep-a"],
}
SETS = [
    {name: FILTERS[name] for name in names}
    for size in range(1, len(FILTERS) + 1)
    for names in itertools.combinations(FILTERS, size)
]


def crowd(cast: Cast, count: int = 120) -> None:
    """Masts of every kind, around Cao Lãnh and far from it."""
    chance = random.Random(6)  # noqa: S311
    owners = [cast.operator.organisation, cast.rival.organisation, None]
    for n in range(count):
        at = (CAO_LANH[0] + chance.uniform(-0.4, 0.4), CAO_LANH[1] + chance.uniform(-0.3, 0.3))
        kind = {name: chance.choice(values) for name, values in CHOICES.items()}
        make_mast(code=f"T-{n}", at=at, owner=chance.choice(owners), **kind)


def statement(person: Person, zoom: int, filters: dict[str, list[str]]) -> Statement:
    spec = LAYERS.get("masts" if person.is_authenticated else "masts_public")
    (found,) = statements_for([spec], person, zoom, filters)
    return found


def drawn(person: Person, zoom: int, filters: dict[str, list[str]]) -> bytes:
    return statement(person, zoom, filters).run(Tile(zoom, *tile_of(zoom)))[0]


def counted_now(
    person: Person, zoom: int, filters: dict[str, list[str]], patch: pytest.MonkeyPatch
) -> bytes:
    """The same tile from the masts themselves."""
    with patch.context() as changed:
        changed.setattr(statements, "tally_level", lambda zoom: None)
        changed.setattr(statements, "_STATEMENTS", Kept(10))
        found = statement(person, zoom, filters)
        assert "sites_masttally" not in found.sql
        return found.run(Tile(zoom, *tile_of(zoom)))[0]


@pytest.mark.parametrize("zoom", [0, 5, 7, 8, 9])
def test_every_set_of_filters_draws_what_a_count_of_the_masts_draws(
    cast: Cast, zoom: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    crowd(cast)
    drew = 0
    for person in (cast.officer, cast.operator, cast.rival):
        for filters in SETS:
            if set(filters) == {"grade"}:
                continue
            kept = drawn(person, zoom, filters)
            assert "sites_masttally" in statement(person, zoom, filters).sql
            assert kept == counted_now(person, zoom, filters, monkeypatch), filters
            drew += bool(kept)
    assert drew > len(SETS)


def test_the_public_is_told_nothing_by_a_filter_of_others(cast: Cast, ask: Ask) -> None:
    crowd(cast)
    public = Mast.objects.filter(publicity=Publicity.PUBLIC)
    assert ask(None, "masts", 5, "?class=A2b").counted("masts_public") == (
        public.filter(mast_class="A2b").count()
    )
    assert ask(None, "masts", 5, "?owner=doanh-nghiep-a").counted("masts_public") == public.count()
    assert ask(None, "masts", 5, "?class=A2b").properties("masts_public")[0]["worst"] == ""


def test_a_filtered_tile_is_fresh_after_every_way_of_writing(cast: Cast, ask: Ask) -> None:
    def seen(query: str) -> int:
        return ask(cast.officer, "masts", 7, query).counted("masts")

    make_mast(code="MỘT", structure=Structure.GUYED)
    assert (seen("?structure=guyed"), seen("?structure=monopole")) == (1, 0)
    Mast.objects.update(structure=Structure.MONOPOLE)
    assert (seen("?structure=guyed"), seen("?structure=monopole")) == (0, 1)
    with connection.cursor() as cursor:
        cursor.execute("UPDATE sites_mast SET operating_status = 'planned', grade = 'C'")
    assert seen("?structure=monopole&status=planned&grade=C") == 1
    Mast.objects.update(archived_at=timezone.now())
    assert seen("?structure=monopole") == 0
    assert differences() == 0


def test_a_change_of_nothing_that_is_counted_writes_no_count(cast: Cast) -> None:
    mast = make_mast()
    with connection.cursor() as cursor:
        cursor.execute("SELECT ctid::text, xmin::text, count FROM sites_masttally ORDER BY 1")
        before = cursor.fetchall()
        Mast.objects.filter(pk=mast.pk).update(name="Tên khác", height_m=41)
        Mast.objects.filter(pk=mast.pk).update(structure=mast.structure)
        cursor.execute("SELECT ctid::text, xmin::text, count FROM sites_masttally ORDER BY 1")
        assert cursor.fetchall() == before
        cursor.execute("SELECT ctid::text, count FROM infra_mapaggregate ORDER BY 1")
        by_scope = cursor.fetchall()
        Mast.objects.filter(pk=mast.pk).update(structure=Structure.MONOPOLE)
        cursor.execute("SELECT ctid::text, count FROM infra_mapaggregate ORDER BY 1")
        assert cursor.fetchall() == by_scope


def test_a_wrong_count_by_kind_is_found_and_mended() -> None:
    make_mast()
    MastTally.objects.filter(split="class").update(count=7)
    assert differences() > 0
    rebuild()
    assert differences() == 0
    assert set(MastTally.objects.values_list("count", flat=True)) == {1}


@pytest.mark.owner
@pytest.mark.parametrize("filters", [{"class": ["A2b"]}, {"class": ["A2b"], "status": ["on_air"]}])
def test_a_filtered_tile_reads_the_counts_by_their_index(
    cast: Cast, filters: dict[str, list[str]]
) -> None:
    crowd(cast, 400)
    found = statement(cast.officer, 9, filters)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE sites_masttally")
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute(f"{IN_ONE_GO} EXPLAIN {found.sql}", found.values(Tile(9, *tile_of(9))))
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "sites_masttally_pkey" in plan
    assert "cell_x" in plan.split("Index Cond", 1)[1].split("\n")[0]


def test_levels_lie_where_the_statements_look() -> None:
    crowd_levels = set(MastTally.objects.values_list("level", flat=True))
    assert not crowd_levels
    make_mast()
    assert set(MastTally.objects.values_list("level", flat=True)) == set(grid.TALLY_LEVELS)
    first = MastTally.objects.exclude(split="all")
    assert set(first.values_list("level", flat=True)) == {grid.TALLY_LEVELS[0]}
    spec = LAYERS.get("masts")
    assert spec.tally
    assert set(first.values_list("split", flat=True)) == set(spec.tally.by_one)


numbers = st.integers(0, 11)
places = st.sampled_from([CAO_LANH, (105.757, 10.291), (105.2, 10.9), (105.6321, 10.4612)])
kinds = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in CHOICES.items()})


class TallyMachine(RuleBasedStateMachine):
    """Writes of every sort in any order; after each the kept counts are those of a fresh count."""

    cast: Cast
    owners: list[Organisation | None]

    def __init__(self) -> None:
        super().__init__()
        self.atomic = transaction.atomic()
        self.atomic.__enter__()

    @initialize()
    def people(self) -> None:
        self.cast = make_cast()
        self.owners = [self.cast.operator.organisation, self.cast.rival.organisation, None]

    @rule(kind=kinds, at=places, owner=st.integers(0, 2), count=st.integers(1, 4))
    def build(self, kind: dict[str, Any], at: Any, owner: int, count: int) -> None:
        point = make_mast(at=at, owner=self.owners[owner], **kind).point
        Mast.objects.bulk_create(
            Mast(
                code=f"B-{Mast.objects.count()}-{n}", point=point, owner=self.owners[owner], **kind
            )
            for n in range(count)
        )

    @rule(which=numbers, name=st.sampled_from(sorted(CHOICES)), data=st.data())
    def change_many(self, which: int, name: str, data: st.DataObject) -> None:
        value = data.draw(st.sampled_from(CHOICES[name]))
        self._some(which).update(**{name: value})

    @rule(which=numbers, owner=st.integers(0, 2))
    def sell(self, which: int, owner: int) -> None:
        self._some(which).update(owner=self.owners[owner])

    @rule(which=numbers, at=places)
    def move(self, which: int, at: Any) -> None:
        for mast in self._some(which):
            mast.point.x, mast.point.y = at
            mast.save()

    @rule(which=numbers, gone=st.booleans())
    def archive(self, which: int, gone: bool) -> None:
        self._some(which).update(archived_at=timezone.now() if gone else None)

    @rule(which=numbers)
    def rent(self, which: int) -> None:
        for mast in self._some(which)[:1]:
            number = Station.objects.count()
            operator = self.cast.rival.organisation
            assert operator
            make_station(mast, operator, code=f"S-{number}-{mast.pk}")

    @rule()
    def leave(self) -> None:
        Station.objects.all()[:1].get().delete() if Station.objects.exists() else None

    @rule(which=numbers)
    def undone(self, which: int) -> None:
        with transaction.atomic():
            self._some(which).update(grade="D", structure=Structure.GUYED)
            transaction.set_rollback(True)

    @invariant()
    def counts_are_right(self) -> None:
        assert differences() == 0

    def _some(self, which: int) -> Any:
        """A third of the masts, more or less."""
        chosen = [pk for pk in Mast.objects.values_list("pk", flat=True) if pk % 3 == which % 3]
        return Mast.objects.filter(pk__in=chosen)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)


def test_writes_in_any_order_leave_the_counts_right() -> None:
    run_state_machine_as_test(
        TallyMachine,
        settings=settings(
            max_examples=12,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
