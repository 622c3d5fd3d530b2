"""Static files that a browser keeps for good: named by content, with brotli and gzip beside."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from whitenoise.storage import CompressedManifestStaticFilesStorage

# esbuild names what bundles share by content already, and bundles import it by that name.
NAMED_BY_CONTENT = "build/chunks/"


class KeptForGoodStorage(CompressedManifestStaticFilesStorage):  # type: ignore[misc]  # untyped
    """Gives each collected file a name that changes with its content."""

    def hashed_name(self, name: str, content: Any = None, filename: str | None = None) -> str:
        """The name with the hash of the content, but for what is named by content already."""
        if name.startswith(NAMED_BY_CONTENT):
            return name
        return str(super().hashed_name(name, content, filename))

    def compress_files(self, paths: Iterable[str]) -> Iterator[tuple[str, str]]:
        """Brotli and gzip of what pages name: not of plain names, nor of maps for debuggers."""
        named = re.compile(settings.WHITENOISE_IMMUTABLE_FILE_TEST)
        wanted = [path for path in paths if named.search(f"/{path}") and not path.endswith(".map")]
        yield from super().compress_files(wanted)
