"""`manage.py check` proves that documents can be printed: a serif with Vietnamese letters."""

import shutil
import subprocess
from typing import Any

from django.core.checks import CheckMessage, Warning, register

FAMILY = "Liberation Serif"


@register()
def document_font_is_there(**_kwargs: Any) -> list[CheckMessage]:
    """Without it, or with its version 1, another serif would be embedded in silence."""
    if vietnamese_faces() is not False:
        return []
    return [
        Warning(
            f"{FAMILY} with Vietnamese letters is not installed: documents get another font.",
            hint="Install fonts-liberation2 (Debian 12) or fonts-liberation 2 or newer.",
            id="infra.W030",
        )
    ]


def vietnamese_faces() -> bool | None:
    """Whether fontconfig knows the family with Vietnamese; None where it cannot be asked."""
    tool = shutil.which("fc-list")
    if tool is None:
        return None
    asked = [tool, f":family={FAMILY}:lang=vi", "family"]
    found = subprocess.run(asked, capture_output=True, text=True, check=False, timeout=20)  # noqa: S603
    return FAMILY in found.stdout
