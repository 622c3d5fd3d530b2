"""Let a bare `pytest`, as an editor calls it, find PostGIS and settings as script/test does.

Loaded by `-p` before pytest-django reads the settings; does nothing where DATABASE_URL is given,
and so neither under script/test nor in the workers of pytest-xdist.
"""

import os
from contextlib import ExitStack

from script.lib import embedded
from script.lib.checks import test_environment

_held = ExitStack()

if not os.environ.get("DATABASE_URL"):
    os.environ.update(
        test_environment(_held.enter_context(embedded.database("postgis-test", durable=False)))
    )


def pytest_unconfigure() -> None:
    """Stop the private PostGIS, if nobody else uses it."""
    _held.close()
