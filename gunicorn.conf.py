"""What gunicorn reads by itself: one application for all workers, the same JSON lines in the log.

The application is loaded once, before the workers are forked, so that they share its memory; what
they share is put out of the garbage collector's sight, for its marks would copy it page by page.

No access log: it would write whole addresses, and the one that sets a new password is a key.
`infra.ground.log.middleware` writes a line for each request instead.
"""

import gc
from typing import Any

from infra.settings import LOGGING

logconfig_dict = LOGGING
accesslog = None
preload_app = True


def when_ready(_server: Any) -> None:
    """Before the first fork: read what each worker would read for itself at its first page."""
    from infra.ground.preload import preload  # noqa: PLC0415 - Django is set up now

    preload()
    gc.collect()
    gc.freeze()
