"""Workers of the web server share what was read before them, and nothing that must be their own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from infra.ground.preload import preload

ROOT = Path(__file__).resolve().parents[2]
ASKED = (
    "import runpy, gc, threading, sys;"
    "import infra.wsgi;"
    "conf = runpy.run_path('gunicorn.conf.py');"
    "conf['when_ready'](None);"
    "from django.db import connections;"
    "print(conf['preload_app'], gc.get_freeze_count() > 100_000, threading.active_count(),"
    " [c.connection for c in connections.all()], 'sites.register.views.export' in sys.modules)"
)


def test_before_the_fork_all_is_read_and_nothing_is_open() -> None:
    env = os.environ | {"DJANGO_SETTINGS_MODULE": "infra.settings"}
    command = [sys.executable, "-c", ASKED]
    told = subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "True True 1 [None] True"


def test_an_open_connection_before_the_fork_is_an_error(db: None) -> None:
    connection.ensure_connection()
    with pytest.raises(RuntimeError, match="before the workers were forked: default"):
        preload()
