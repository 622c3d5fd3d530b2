"""What every test of the dossiers' ground floor starts from."""

import pytest

from tests.workflow.casework import bind_the_half


@pytest.fixture(autouse=True)
def the_half_bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """The guards that the sites half owns are bound to free ones."""
    bind_the_half(monkeypatch)
