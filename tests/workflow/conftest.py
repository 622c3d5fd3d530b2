"""What every test of the dossiers' ground floor starts from."""

from collections.abc import Iterator

import pytest

from tests.workflow.casework import the_half_bound


@pytest.fixture(autouse=True)
def half() -> Iterator[None]:
    """The guards that the sites half owns are bound to free ones."""
    with the_half_bound():
        yield
