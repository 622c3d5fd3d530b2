"""Migrations import no application code, and what was released is never rewritten."""

import ast
import hashlib
import json
from pathlib import Path

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from script.lib.prepare import unknown_migrations

ROOT = Path(__file__).resolve().parents[2]
RELEASED = json.loads((Path(__file__).parent / "released_migrations.json").read_text())
FILES = sorted(
    path
    for app in ("infra", "sites", "undergrounding")
    for path in (ROOT / app / "migrations").glob("*.py")
    if path.name != "__init__.py"
)


@pytest.mark.parametrize("name", sorted(RELEASED))
def test_a_released_migration_stays_as_it_is(name: str) -> None:
    """Databases have run it: write a new one. A release adds its own to the list."""
    content = (ROOT / name).read_bytes()
    assert hashlib.sha256(content).hexdigest() == RELEASED[name]


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parents[1].name}/{path.stem}")
def test_a_migration_imports_no_application_code(path: Path) -> None:
    """The code moves on; what a migration did must stay what it does."""
    own = {"infra", "sites", "undergrounding", "script"}
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module]
        strange = [name for name in names if name.split(".")[0] in own]
        assert all(".migrations." in name for name in strange), strange


@pytest.mark.django_db
def test_a_database_of_another_version_is_known_by_its_steps() -> None:
    loader = MigrationLoader(connection)
    assert unknown_migrations(loader) == []
    loader.applied_migrations[("sites", "0099_of_tomorrow")] = loader.get_migration(
        "sites", "0001_tables"
    )
    assert unknown_migrations(loader) == ["sites.0099_of_tomorrow"]
