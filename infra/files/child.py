"""Inside the limited process: limits first, then JSON lines; every trouble becomes a line too.

Pure: no Django, no database, no secret of the application's in its environment.
"""

import json
import resource
import sys
from collections.abc import Callable, Iterator
from typing import Any

from infra.files.limits import CPU_SECONDS, MEMORY_BYTES
from infra.files.unreadable import Unreadable

Line = dict[str, Any]


def run_limited(work: Callable[[], Iterator[Line]], *, may_write: int = 0) -> None:
    """Print what `work` gives, under limits of memory, time and bytes written."""
    for what, most in (
        (resource.RLIMIT_AS, MEMORY_BYTES),
        (resource.RLIMIT_CPU, CPU_SECONDS),
        (resource.RLIMIT_FSIZE, may_write),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(what, (most, most))
    try:
        for line in work():
            sys.stdout.write(json.dumps(line, ensure_ascii=False) + "\n")
    except Unreadable as error:
        _say({"error": error.code, **error.params})
    except MemoryError:
        _say({"error": "too_much_memory"})
    except Exception as error:  # noqa: BLE001 - whatever a hostile file provokes is a sentence
        _say({"error": "broken", "detail": type(error).__name__})


def _say(line: Line) -> None:
    sys.stdout.write(json.dumps(line, default=repr) + "\n")
