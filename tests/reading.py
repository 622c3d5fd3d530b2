"""Reading a page in a test as its reader does."""

from typing import Any


def page_text(answer: Any) -> str:
    """The text of an HTTP answer; a run of white space is one space, as in a browser.

    Where a template breaks its lines is then no matter of a test, and words that a page
    must not hold are found across a break too.
    """
    return " ".join(answer.content.decode().split())
