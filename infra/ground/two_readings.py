"""Numbers whose one mark parts thousands or a fraction; pure, for the reader's process too."""

import re

TWO_READINGS = re.compile(r"[1-9][0-9]{0,2}[.,][0-9]{3}")


def unmistakable(text: str) -> str:
    """A number that a machine wrote: `36.125` gets one zero more, and nobody reads 36 125."""
    return f"{text}0" if TWO_READINGS.fullmatch(text.removeprefix("-")) else text
