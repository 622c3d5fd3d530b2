"""Masts, stations, owners and units written in any order: each word finds what holds it now."""

from datetime import date

import pytest
from django.contrib.gis.geos import MultiPolygon, Polygon
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    rule,
    run_state_machine_as_test,
)

from infra.ground.choices import Publicity, UnitLevel
from infra.ground.plaintext import query_words
from infra.models import AdministrativeUnit, Organisation, UnitSuccession
from sites.models import Mast, MastSearch, Station
from sites.register.search import differing
from sites.register.selectors.masts import MastQuery, found_pages, units_of
from tests.cast import Cast, make_cast
from tests.factories import make_mast, make_organisation, make_station
from tests.seals.aside import as_owner

NAMES = ["Gáo Giồng", "Xẻo Quýt", "Vàm Nao"]
PLACES = [(105.15, 10.5), (105.25, 10.5), (105.35, 10.5)]
LINES = [(105.1, 105.2, 105.3), (105.1, 105.3, 105.4), (105.2, 105.3, 105.4)]
UNITS = ["Lấp Vò", "Sa Rài"]
some = st.integers(0, 3)
names, places = st.sampled_from(NAMES), st.sampled_from(PLACES)


def strip(west: float, east: float) -> MultiPolygon:
    return MultiPolygon(Polygon.from_bbox((west, 10.4, east, 10.6)), srid=4326)


class Register(RuleBasedStateMachine):
    """The model: per mast its name, place, owner, publicity and stations; names of the others."""

    @initialize()
    def open(self) -> None:
        self.outer = transaction.atomic()
        self.outer.__enter__()
        self.cast: Cast = make_cast()
        self.orgs = [make_organisation(f"o{n}", name="", short_name=f"Orga{n}x") for n in (0, 1)]
        ended = {"valid_from": date(2004, 1, 1), "valid_to": date(2025, 6, 30)}
        self.units = [self.unit(name, n) for n, name in enumerate(UNITS)]
        self.old = self.unit("Tịnh Thới", 9, **ended)
        UnitSuccession.objects.create(predecessor=self.old, successor=self.units[0])
        self.bound(0)
        self.masts: list[Mast] = []

    def unit(self, name: str, number: int, **fields: object) -> AdministrativeUnit:
        since = {"level": UnitLevel.COMMUNE, "valid_from": date(2025, 7, 1)} | fields
        return AdministrativeUnit.objects.create(
            code=f"m{number}", name=name, kind_name="Xã", **since
        )

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.outer.__exit__(None, None, None)

    @rule(name=names, at=places, owner=st.sampled_from([0, 1]), is_public=st.booleans())
    def add(self, name: str, at: tuple[float, float], owner: int, *, is_public: bool) -> None:
        publicity = Publicity.PUBLIC if is_public else Publicity.INTERNAL
        code = f"K{len(self.masts)}"
        self.masts.append(
            make_mast(at, code=code, name=name, owner=self.orgs[owner], publicity=publicity)
        )

    @rule(which=some, name=names)
    def rename(self, which: int, name: str) -> None:
        Mast.objects.filter(code=f"K{which}").update(name=name)

    @rule(name=names)
    def rename_all(self, name: str) -> None:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE sites_mast SET name = %s", [name])

    @rule(which=some, at=places)
    def move(self, which: int, at: tuple[float, float]) -> None:
        place = f"SRID=4326;POINT({at[0]} {at[1]})"
        Mast.objects.filter(code=f"K{which}").update(point=place)

    @rule(which=some, owner=st.sampled_from([0, 1]))
    def sell(self, which: int, owner: int) -> None:
        Mast.objects.filter(code=f"K{which}").update(owner=self.orgs[owner])

    @rule(which=some)
    def show_or_hide(self, which: int) -> None:
        for mast in Mast.objects.filter(code=f"K{which}"):
            is_public = mast.publicity == Publicity.PUBLIC
            mast.publicity = Publicity.INTERNAL if is_public else Publicity.PUBLIC
            mast.save()

    @rule(which=some, operator=st.sampled_from([0, 1]), name=names)
    def put_station(self, which: int, operator: int, name: str) -> None:
        for mast in Mast.objects.filter(code=f"K{which}"):
            make_station(mast, self.orgs[operator], name=name)

    @rule(which=some)
    def move_stations(self, which: int) -> None:
        for mast in Mast.objects.filter(code=f"K{which}"):
            Station.objects.update(mast=mast)

    @rule(which=some)
    def take_stations(self, which: int) -> None:
        Station.objects.filter(mast__code=f"K{which}").delete()

    @rule(which=some)
    def take_mast(self, which: int) -> None:
        with as_owner():  # the application takes no mast away
            Station.objects.filter(mast__code=f"K{which}").delete()
            Mast.objects.filter(code=f"K{which}").delete()

    @rule(which=st.sampled_from([0, 1]), name=st.sampled_from(["Orga0x", "Orga1x", "Orga2x"]))
    def rename_owner(self, which: int, name: str) -> None:
        Organisation.objects.filter(pk=self.orgs[which].pk).update(short_name=name)

    @rule(name=st.sampled_from(UNITS), which=st.sampled_from([0, 1]))
    def rename_unit(self, name: str, which: int) -> None:
        AdministrativeUnit.objects.filter(pk=self.units[which].pk).update(name=name)

    @rule(way=st.sampled_from([0, 1, 2]))
    def bound(self, way: int) -> None:
        west, middle, east = LINES[way]
        self.units[0].boundary, self.units[1].boundary = strip(west, middle), strip(middle, east)
        AdministrativeUnit.objects.bulk_update(self.units, ["boundary"])

    @invariant()
    def every_word_finds_what_holds_it(self) -> None:
        if not hasattr(self, "masts"):
            return
        assert differing() == 0
        assert MastSearch.objects.count() == Mast.objects.count()
        masts = list(Mast.objects.select_related("owner").prefetch_related("stations__operator"))
        here = {
            mast.pk: AdministrativeUnit.objects.filter(
                boundary__covers=mast.point, valid_to=None
            ).order_by("code").first()
            for mast in masts
        }  # fmt: skip
        assert units_of(list(here)) == {pk: unit for pk, unit in here.items() if unit}
        for words in (*NAMES, *UNITS, "Tịnh Thới", "Orga0x", "Orga1x", "Orga2x"):
            everything, public = set(), set()
            for mast in masts:
                unit, stations = here[mast.pk], list(mast.stations.all())
                named = [mast.name, mast.owner.short_name if mast.owner else ""]
                named += [station.operator.short_name for station in stations]
                named += (
                    [unit.name, *(["Tịnh Thới"] if unit == self.units[0] else [])] if unit else []
                )
                if words in named:
                    public |= {mast.code} if mast.publicity == Publicity.PUBLIC else set()
                    everything.add(mast.code)
                elif words in [station.name for station in stations]:
                    everything.add(mast.code)
            for person, expected in ((self.cast.officer, everything), (self.cast.operator, public)):
                pages = found_pages(person, MastQuery(q=words))
                assert {mast.code for mast in pages.stretch(0, 50)} == expected, words
                assert pages.counted == len(expected)


@pytest.mark.django_db
def test_words_find_what_holds_them_after_any_order_of_writes() -> None:
    run_state_machine_as_test(
        Register,
        settings=settings(
            max_examples=25,
            stateful_step_count=12,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


@pytest.mark.django_db
@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(text=st.text(st.sampled_from("aAđĐấòữỳ dD0123456789-_./,()'~@:*&|! "), max_size=30))
def test_what_is_typed_is_read_as_what_is_kept(text: str) -> None:
    words = query_words(text)
    with connection.cursor() as cursor:
        cursor.execute("SELECT tt_words(%s), tt_code_words(%s)", [text, text])
        kept, of_code = cursor.fetchone()
    assert all(word.isascii() and word.isalnum() for word in [*words, *kept, *of_code])
    for word in words:
        # A chunk of figures and letters is one typed word; where many are joined, a longer one.
        assert any(one.startswith(word) for one in [*kept, *of_code]), (word, kept)
