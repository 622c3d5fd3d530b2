"""Fields of our own."""

from typing import Any

from django.db import models


class StoredHash(models.CharField[str, str]):
    """The SHA-256 of bytes in the store: as long as a row carries it, the bytes are kept.

    The sweep of the store asks every such field, so a model that names bytes need only use it.
    To migrations it is a plain CharField: they import nothing of ours.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **{"max_length": 64, **options})

    def deconstruct(self) -> Any:
        name, _path, args, options = super().deconstruct()
        return name, "django.db.models.CharField", args, options
