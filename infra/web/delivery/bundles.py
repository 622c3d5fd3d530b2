"""Which pieces a script's bundle shares with others: asked for at once, not one after another."""

import json
from functools import lru_cache
from pathlib import Path

from django.conf import settings

INDEX = "build/bundles.json"


def pieces_of(bundle: str) -> list[str]:
    """The static files that `build/<bundle>.js` imports, however deep; none before a build."""
    for folder in (settings.ASSETS_DIR, settings.STATIC_ROOT):
        path = Path(folder) / INDEX
        if path.exists():
            return _index(path, path.stat().st_mtime_ns).get(bundle, [])
    return []


@lru_cache(maxsize=2)
def _index(path: Path, _written: int) -> dict[str, list[str]]:
    return dict(json.loads(path.read_text(encoding="utf-8")))
