"""A kept tile is true as long as its key says so: everything that a tile reads is in the key."""

import re
from collections.abc import Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import connection
from django.test.utils import CaptureQueriesContext

from infra.ground.choices import Role
from infra.map.registry import LayerSpec, Person, all_layers
from infra.map.statements import statements_for
from infra.models import User

ZOOMS = (5, 8, 9, 11, 15)
VALUES = {"dossier": "0b6f3a52-8f0f-4b55-9d0c-0f6d5b0b1c11", "year": "2026"}

pytestmark = pytest.mark.django_db


def readers() -> list[Person]:
    """Everybody who could ask, each role alone, of two organisations and none."""
    people: list[Person] = [AnonymousUser()]
    for number, role in enumerate(Role):
        for organisation in (None, 71, 72):
            pk = 1000 * number + (organisation or 0) + 1
            people.append(User(pk=pk, roles=[role], organisation_id=organisation))
    return people


def filters_of(spec: LayerSpec) -> dict[str, list[str]]:
    return {name: [VALUES.get(name, "x")] for name in spec.filters}


def statements(spec: LayerSpec, user: Person) -> Iterator[str]:
    """All that could be asked for a layer: plain, by each filter, by all of them."""
    every = filters_of(spec)
    for filters in ({}, *({name: values} for name, values in every.items()), every):
        for zoom in ZOOMS:
            for one in statements_for([spec], user, zoom, filters):
                yield one.sql


@pytest.mark.parametrize("key", [spec.key for spec in all_layers()])
def test_every_table_that_a_tile_reads_makes_it_anew_when_written(key: str) -> None:
    (spec,) = (spec for spec in all_layers() if spec.key == key)
    with connection.cursor() as cursor:
        known = set(connection.introspection.table_names(cursor))
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname='map_version'")
        counted = {name for (name,) in cursor.fetchall()}
    # Kept counts are written with the features' own table, by its triggers.
    books = {"infra_mapaggregate", "sites_masttally"}
    for user in readers():
        if spec.may_see(user):
            for sql in statements(spec, user):
                read = known.intersection(re.findall(r"\b[a-z]+_[a-z]+\b", sql)) - books
                assert read <= set(spec.tables)
    assert set(spec.tables) <= counted


@pytest.mark.parametrize("zoom", [6, 9, 11, 15])
@pytest.mark.parametrize("key", [spec.key for spec in all_layers()])
def test_a_statement_is_made_of_the_person_alone(key: str, zoom: int) -> None:
    """Nothing is asked of the database, and no moment stands in it, when it is compiled."""
    (spec,) = (spec for spec in all_layers() if spec.key == key)
    for user in readers():
        if not spec.may_see(user):
            continue
        with CaptureQueriesContext(connection) as asked:
            first = [one.digest for one in statements_for([spec], user, zoom, {})]
        assert not asked.captured_queries
        if isinstance(user, User):
            user.full_name = f"{user.full_name} compiled anew"
            assert [one.digest for one in statements_for([spec], user, zoom, {})] == first
