"""What the scripts say to a person."""

import contextlib
import sys


def say(sentence: str) -> None:
    """Print a line at once; a closed terminal must not stop the orderly stop."""
    with contextlib.suppress(OSError, ValueError):
        print(sentence, flush=True)


def complain(sentence: str) -> None:
    """Print to the error output what went wrong and what to do."""
    with contextlib.suppress(OSError, ValueError):
        print(f"\n✖ {sentence}", file=sys.stderr, flush=True)
