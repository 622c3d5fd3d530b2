"""The application's own role: it owns nothing, and rewrites nothing that is final."""

from typing import Any

import psycopg2
import pytest
from django.conf import settings
from django.core.management import call_command
from django.db import DatabaseError, connection, transaction
from django.test import Client
from pytest_django import Settings

from infra.ground import env
from infra.ground.choices import Publicity
from infra.work.seals import database, grants
from infra.work.seals.checks import every_table_is_named, seals_stand
from infra.work.seals.grants import Grant
from sites.models import Mast
from tests.cast import PASSWORD, Cast
from tests.factories import make_mast
from tests.seals import things
from tests.seals.application import as_application
from tests.undergrounding.route_steps import approved

pytestmark = [pytest.mark.django_db, pytest.mark.owner]
ROLE = settings.DATABASE_APPLICATION_ROLE


def denied(sql: str, words: str = "permission denied|must be owner") -> None:
    """The application's role may not."""
    with pytest.raises(DatabaseError, match=words), as_application(), transaction.atomic():
        _run(sql)


def _run(sql: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_model_says_how_its_rows_live() -> None:
    assert grants.unnamed() == []
    assert every_table_is_named() == []


def test_a_model_that_nobody_named_fails_the_check_and_gets_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.delitem(grants._models, "sites.Mast")
    assert [error.id for error in every_table_is_named()] == ["infra.E050"]
    database.seal_database()
    denied("SELECT 1 FROM sites_mast")


def test_a_table_of_nobody_gets_nothing() -> None:
    _run(f"CREATE TABLE secret (id int); GRANT ALL ON secret TO {ROLE}")
    database.seal_database()
    denied("SELECT 1 FROM secret")


def test_history_is_final_by_rule_not_by_list() -> None:
    events = {name for name in grants.wanted() if name.endswith("event")}
    assert "sites_mastevent" in events
    assert {grants.wanted()[name] for name in events} == {Grant.FINAL}
    assert not [label for label in grants._models if label.endswith("Event")]


def test_the_grants_stand_as_named_for_every_table() -> None:
    assert database.statements(ROLE) == []
    assert database.missing_seals(ROLE) == []


@pytest.mark.parametrize("kind", [Grant.FINAL, Grant.CHAIN, Grant.READ])
def test_final_tables_take_no_change_from_the_application(kind: Grant) -> None:
    tables = [name for name, grant in grants.wanted().items() if grant == kind]
    assert tables
    for name in tables:
        column = _first_column(name)
        denied(f'UPDATE {name} SET "{column}" = "{column}"')
        denied(f"DELETE FROM {name}")
        denied(f"TRUNCATE {name}")
        if kind != Grant.FINAL:
            denied(f"INSERT INTO {name} DEFAULT VALUES")


def test_the_application_truncates_nothing() -> None:
    for name in grants.wanted():
        denied(f"TRUNCATE {name}")


def _first_column(name: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum = 1", [name]
        )
        return str(cursor.fetchone()[0])


@pytest.mark.parametrize(
    "sql",
    [
        "DROP TRIGGER seal_rows ON infra_transitionrecord",
        "ALTER TABLE infra_transitionrecord DISABLE TRIGGER ALL",
        "ALTER TABLE infra_document DISABLE TRIGGER seal_document",
        "CREATE OR REPLACE FUNCTION tt_seal_rows() RETURNS trigger LANGUAGE plpgsql"
        " AS 'BEGIN RETURN NEW; END'",
        "CREATE OR REPLACE FUNCTION _pgtrigger_should_ignore(trigger_name name) RETURNS boolean"
        " LANGUAGE sql AS 'SELECT true'",
        "DROP TABLE infra_chainlink",
        "CREATE TABLE mine (id int)",
        "CREATE TEMPORARY TABLE infra_document (id int)",
        "SET session_replication_role = 'replica'",
        "INSERT INTO infra_chainlink VALUES (1, now(), 'x', 1, '', '', '', '')",
        "SELECT tt_chain_add('infra_transitionrecord', 1)",
        "INSERT INTO django_migrations (app, name, applied) VALUES ('infra', 'x', now())",
    ],
)
def test_the_application_cannot_take_a_seal_off(sql: str) -> None:
    denied(sql, "permission denied|must be owner|sealed")


def test_the_application_signs_in_with_a_password_of_its_own() -> None:
    row = env.database()
    signed_in = psycopg2.connect(
        dbname=connection.settings_dict["NAME"],
        user=row["USER"],
        password=row["PASSWORD"],
        host=row["HOST"],
        port=row["PORT"],
    )
    with signed_in.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, pg_has_role(relowner, 'MEMBER') FROM pg_class"
            " WHERE relname = 'infra_transitionrecord'"
        )
        assert cursor.fetchone() == (ROLE, False)
    signed_in.close()


def test_what_was_taken_off_by_hand_is_put_back_by_the_next_migration() -> None:
    _run("DROP TRIGGER seal_rows ON infra_transitionrecord")
    _run("ALTER TABLE infra_comment DISABLE TRIGGER seal_truncate")
    _run(f"GRANT ALL ON infra_transitionrecord TO {ROLE}; REVOKE ALL ON sites_mast FROM {ROLE}")
    assert database.missing_seals(ROLE) == [
        "infra_comment: seal_truncate",
        "infra_transitionrecord: seal_rows",
    ]
    call_command("migrate", verbosity=0, interactive=False)
    assert database.statements(ROLE) == []
    denied("UPDATE infra_transitionrecord SET id = id")


def test_check_names_a_seal_that_is_gone_for_good() -> None:
    _run("DROP TRIGGER seal_document ON infra_document")
    found = {(message.id, "seal_document" in message.msg) for message in _checked()}
    assert ("infra.E052", True) in found


def test_check_warns_of_an_application_that_owns_the_tables(
    client: Client, settings: Settings
) -> None:
    assert _checked() == []  # whoever migrates or tests is the owner on purpose
    settings.AS_OWNER = False
    assert [message.id for message in _checked()] == ["infra.W051"]
    assert client.get("/healthz?parts=seals").json() == {"status": "ok", "seals": "weaker"}
    with as_application():
        assert _checked() == []
        assert client.get("/healthz?parts=seals").json() == {"status": "ok", "seals": "ok"}


def _checked() -> list[Any]:
    return seals_stand(databases=["default"])


def test_a_document_goes_its_whole_way_in_the_application_s_role(cast: Cast) -> None:
    with as_application():
        document = things.issued(cast)
        _run("SET CONSTRAINTS ALL IMMEDIATE")
    assert document.full_number.startswith("45")


def test_a_route_goes_its_whole_way_in_the_application_s_role(cast: Cast) -> None:
    with as_application():
        route = approved(cast)
        _run("SET CONSTRAINTS ALL IMMEDIATE")
    assert route.decision.number


def test_masts_are_kept_and_counted_in_the_application_s_role(cast: Cast) -> None:
    with as_application():
        mast = make_mast(publicity=Publicity.PUBLIC)
        mast.name = "Tên khác"
        mast.save()
    assert Mast.objects.get(pk=mast.pk).name == "Tên khác"


def test_people_sign_in_and_out_in_the_application_s_role(cast: Cast, client: Client) -> None:
    with as_application():
        form = {"login": cast.officer.email, "password": PASSWORD}
        assert client.post("/tai-khoan/dang-nhap/", form).status_code == 302
        assert client.get("/").status_code == 200
        assert client.post("/tai-khoan/dang-xuat/").status_code == 302
