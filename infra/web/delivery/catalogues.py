"""The words of scripts in each language, as static files: a browser keeps them for good."""

from pathlib import Path

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.views.i18n import JavaScriptCatalog

PACKAGES = ["infra", "sites", "undergrounding"]


def name_of(language: str) -> str:
    """The static file that holds a language's words."""
    return f"build/words-{language}.js"


def write_catalogues() -> None:
    """Write each language's words among the built assets; what has not changed is not touched."""
    for language, _title in settings.LANGUAGES:
        path = Path(settings.ASSETS_DIR) / name_of(language)
        content = _words(language)
        if path.exists() and path.read_bytes() == content:
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def _words(language: str) -> bytes:
    with translation.override(language):
        view = JavaScriptCatalog(packages=PACKAGES)
        return bytes(view.get(HttpRequest()).content)
