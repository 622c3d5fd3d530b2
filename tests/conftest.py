"""Fixtures that every test may use: the cast of people, and the public data beside the project."""

from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def shared_data() -> Path | None:
    """The folder of real public data beside the project, or None on a machine that has none."""
    for parent in Path(__file__).resolve().parents:
        folder = parent / "shared" / "data"
        if folder.is_dir():
            return folder
    return None
