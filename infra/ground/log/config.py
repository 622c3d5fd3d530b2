"""LOGGING: every process writes JSON lines to its error output, so a command's own stays clean."""

from collections.abc import Sequence
from typing import Any

OWN = ("infra", "sites", "undergrounding")


def logging_config(level: str, secrets: Sequence[str]) -> dict[str, Any]:
    """For Django and for gunicorn alike; `secrets` are the values that are never written."""
    lines = {"handlers": ["lines"], "propagate": False}
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {
            "lines": {"()": "infra.ground.log.lines.JsonLines", "secrets": list(secrets)}
        },
        "handlers": {
            "lines": {
                "class": "logging.StreamHandler",
                "stream": "ext://sys.stderr",
                "formatter": "lines",
            }
        },
        "root": {"handlers": ["lines"], "level": "WARNING"},
        "loggers": {
            **{name: {"level": level} for name in OWN},
            "django": {"handlers": [], "level": "INFO"},
            # 4xx stand in our own line of the request; a 500 comes with its traceback from here.
            "django.request": {"level": "ERROR"},
            "django.server": {**lines, "level": "WARNING"},
            "gunicorn.error": {**lines, "level": "INFO"},
        },
    }
