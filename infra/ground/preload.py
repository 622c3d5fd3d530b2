"""What every web process needs, read before there are several: shared, not read by each anew."""

from django.conf import settings
from django.db import connections
from django.template.loader import get_template
from django.urls import get_resolver
from django.utils import translation


def preload() -> None:
    """Addresses with their views, words of each language, the frame of a page.

    A connection or a thread must not be shared: what opens one is an error here, not later.
    """
    get_resolver().resolve("/")
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            translation.gettext("Map")
    get_template("base.html")
    held = [alias for alias in connections if connections[alias].connection is not None]
    if held:
        msg = f"A connection was opened before the workers were forked: {', '.join(held)}."
        raise RuntimeError(msg)
