"""The mark that illustrative data bears on every page, print, tile hand-out and document."""

from django.conf import settings

TEXT = "DỮ LIỆU MINH HỌA"


def demo_banner() -> str:
    """The mark in demo mode, an empty text otherwise: for PDFs, exports and hand-outs."""
    return TEXT if settings.DEMO_MODE else ""
