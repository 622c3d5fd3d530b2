"""What the application's own database role may do with each table; an unnamed table gets nothing.

The owner of the tables migrates; the application signs in as a role that owns nothing. So neither
an injected statement nor a stolen password of the application rewrites what is final.
"""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from django.apps import apps
from django.db.models import Model
from pghistory.models import Event


class Grant(StrEnum):
    """How the rows of a table live."""

    READ = "read"  # written by the owner alone, or by a trigger that runs as the owner
    CHAIN = "chain"  # likewise, and final
    FINAL = "final"  # added, then never changed nor taken away
    KEPT = "kept"  # added and changed, never taken away
    OPEN = "open"  # added, changed and taken away; the table's own seals may say more


PRIVILEGES: Mapping[Grant, frozenset[str]] = {
    Grant.READ: frozenset({"SELECT"}),
    Grant.CHAIN: frozenset({"SELECT"}),
    Grant.FINAL: frozenset({"SELECT", "INSERT"}),
    Grant.KEPT: frozenset({"SELECT", "INSERT", "UPDATE"}),
    Grant.OPEN: frozenset({"SELECT", "INSERT", "UPDATE", "DELETE"}),
}
# Triggers of every table of a kind; none of them is in a migration, so none can be forgotten.
ROWS, TRUNCATION = "seal_rows", "seal_truncate"
SEALS: Mapping[Grant, frozenset[str]] = {
    Grant.READ: frozenset(),
    Grant.CHAIN: frozenset({ROWS, TRUNCATION}),
    Grant.FINAL: frozenset({ROWS, TRUNCATION}),
    Grant.KEPT: frozenset({TRUNCATION}),
    Grant.OPEN: frozenset(),
}

_models: dict[str, Grant] = {}
_tables: dict[str, Grant] = {}
_own_seals: dict[str, frozenset[str]] = {}


def register_grants(
    grants: Mapping[str, Grant],
    *,
    tables: Mapping[str, Grant] | None = None,
    seals: Mapping[str, frozenset[str]] | None = None,
) -> None:
    """Say how models live (by label), and tables without a model; called from `ready()`.

    `seals`: the triggers that migrations gave a model besides, which must stand there.
    Raises ValueError for what is named twice.
    """
    if twice := (_models.keys() & grants.keys()) | (_tables.keys() & (tables or {}).keys()):
        msg = f"Granted twice: {', '.join(sorted(twice))}."
        raise ValueError(msg)
    _models.update(grants)
    _tables.update(tables or {})
    for model, own in (seals or {}).items():
        _own_seals[model] = _own_seals.get(model, frozenset()) | own


def wanted() -> dict[str, Grant]:
    """Table → how its rows live."""
    named = {model._meta.db_table: grant for model, grant in _named()}
    return named | _tables


def wanted_seals() -> dict[str, frozenset[str]]:
    """Table → the triggers that must stand there."""
    own = {apps.get_model(label)._meta.db_table: seals for label, seals in _own_seals.items()}
    kinds = {table: SEALS[grant] for table, grant in wanted().items()}
    return {
        table: kinds.get(table, frozenset()) | own.get(table, frozenset())
        for table in kinds.keys() | own.keys()
    }


def unnamed() -> list[str]:
    """The models that nobody named: the application cannot read them."""
    return sorted(model._meta.label for model in _managed() if grant_of(model) is None)


def grant_of(model: type[Model]) -> Grant | None:
    """History is final by rule; a table between two models lives as the one that declares it."""
    if issubclass(model, Event):
        return Grant.FINAL
    declared_by: Any = model._meta.auto_created
    if declared_by and model._meta.label not in _models:
        return Grant.OPEN if grant_of(declared_by) in (Grant.OPEN, Grant.KEPT) else None
    return _models.get(model._meta.label)


def _named() -> Iterator[tuple[type[Model], Grant]]:
    for model in _managed():
        if (grant := grant_of(model)) is not None:
            yield model, grant


def _managed() -> Iterator[type[Model]]:
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and not model._meta.proxy:
            yield model
