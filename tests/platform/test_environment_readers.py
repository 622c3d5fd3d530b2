"""The typed environment readers refuse what they do not understand."""

from pathlib import Path

import pytest
from django.core.exceptions import ImproperlyConfigured

from infra.ground import env


def test_a_missing_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_SUCH", raising=False)
    with pytest.raises(ImproperlyConfigured, match="NO_SUCH"):
        env.text("NO_SUCH")


def test_a_secret_can_be_read_from_a_file(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("from a file\n", encoding="utf-8")
    monkeypatch.setenv("KEY_FILE", str(secret))
    monkeypatch.setenv("KEY", "from the variable")
    assert env.text("KEY") == "from a file"


@pytest.mark.parametrize(
    ("written", "read"), [("1", True), ("Yes", True), ("0", False), ("false", False)]
)
def test_yes_and_no_are_read(monkeypatch: pytest.MonkeyPatch, written: str, read: bool) -> None:
    monkeypatch.setenv("FLAG", written)
    assert env.boolean("FLAG", default=not read) is read


@pytest.mark.parametrize("written", ["", "2", "maybe", "đúng"])
def test_a_doubtful_yes_or_no_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("FLAG", written)
    with pytest.raises(ImproperlyConfigured, match="FLAG"):
        env.boolean("FLAG", default=False)


def test_a_number_that_is_none_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COUNT", "1,5")
    with pytest.raises(ImproperlyConfigured, match="COUNT must be a whole number"):
        env.integer("COUNT", default=1)


def test_words_are_split_at_commas(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOSTS", " a.example , b.example,,")
    assert env.words("HOSTS") == ["a.example", "b.example"]


def test_a_database_on_a_socket_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB", "postgres:///maps?host=/run/x&user=u&password=p%20q&sslmode=disable")
    database = env.database("DB")
    assert (database["NAME"], database["HOST"], database["USER"]) == ("maps", "/run/x", "u")
    assert (database["PASSWORD"], database["OPTIONS"]) == ("p q", {"sslmode": "disable"})


def test_a_database_over_the_network_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DB", "postgis://u:p%40q@db.example:5433/maps")
    database = env.database("DB")
    assert (database["HOST"], database["PORT"], database["PASSWORD"]) == (
        "db.example",
        "5433",
        "p@q",
    )


@pytest.mark.parametrize("written", ["mysql://u@h/maps", "postgres://u@h/", "maps"])
def test_another_kind_of_database_is_refused(monkeypatch: pytest.MonkeyPatch, written: str) -> None:
    monkeypatch.setenv("DB", written)
    with pytest.raises(ImproperlyConfigured, match="postgres://"):
        env.database("DB")
