"""One JSON object a line: what log collectors read, and `grep` too."""

import json
import logging
from collections.abc import Sequence
from datetime import UTC, datetime

from infra.ground.log.context import bound_names
from infra.ground.log.scrub import scrub


class JsonLines(logging.Formatter):
    """Time, level, logger, message, what is bound, the record's `facts`, and the traceback."""

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        super().__init__()
        self._secrets = secrets

    def format(self, record: logging.LogRecord) -> str:
        """One line; a record whose arguments do not fit its message is told, not lost."""
        moment = datetime.fromtimestamp(record.created, UTC)
        facts = {
            "time": moment.isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": _message(record),
            **bound_names(),
            **getattr(record, "facts", {}),
        }
        if record.exc_info:
            facts["traceback"] = self.formatException(record.exc_info)
        clean = {name: self._clean(value) for name, value in facts.items()}
        return json.dumps(clean, ensure_ascii=False)

    def _clean(self, value: object) -> object:
        if value is None or isinstance(value, bool | int | float):
            return value
        return scrub(str(value), self._secrets)


def _message(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except (TypeError, ValueError):
        return f"{record.msg} {record.args!r}"
