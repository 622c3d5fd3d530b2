"""The settings for tools that only read them: mypy's plugin, called bare from an editor."""

import os

os.environ.setdefault("DJANGO_SECRET_KEY", "only-to-read-the-settings")
os.environ.setdefault("DATABASE_URL", "postgis://nobody@localhost/nothing")

from infra.settings import *  # noqa: F403
