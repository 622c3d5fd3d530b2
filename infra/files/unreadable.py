"""What looks into a file says when it cannot go on. Pure: no Django."""

from typing import NoReturn


class Unreadable(Exception):
    """The file cannot be taken or read; a code and what its sentence needs."""

    def __init__(self, code: str, **params: object) -> None:
        super().__init__(code)
        self.code, self.params = code, params


def refuse(code: str, **params: object) -> NoReturn:
    """Stop reading. Raises Unreadable."""
    raise Unreadable(code, **params)
