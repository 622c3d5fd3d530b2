"""Opening what somebody sent in a limited process of its own: the application's side."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from infra.files.unreadable import refuse

ROOT = Path(__file__).resolve().parents[2]


def lines_of(module: str, *arguments: str, seconds: float) -> Iterator[dict[str, Any]]:
    """What `python -m module …` prints, line by line.

    Raises Unreadable when it says so, when it dies of its limits and when its time is over.
    """
    environment = {
        "PATH": os.environ.get("PATH", ""),
        "PYTHONUTF8": "1",
        "PYTHONDONTWRITEBYTECODE": "1",
    }
    child = subprocess.Popen(  # noqa: S603 - our own module, no shell
        [sys.executable, "-m", module, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        stdin=subprocess.DEVNULL,
        cwd=ROOT,
        env=environment,
        text=True,
        encoding="utf-8",
    )
    alarm = threading.Timer(seconds, child.kill)
    alarm.start()
    try:
        assert child.stdout is not None  # noqa: S101 - asked for above
        for text in child.stdout:
            line = json.loads(text)
            if "error" in line:
                refuse(line.pop("error"), **line)
            yield line
        if child.wait() != 0:
            refuse("too_slow")
    finally:
        alarm.cancel()
        child.kill()
        child.wait()
        if child.stdout:
            child.stdout.close()
