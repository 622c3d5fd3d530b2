"""A one-page PDF that says it is only an illustration."""

from functools import lru_cache

from django.utils.html import format_html
from weasyprint import HTML


@lru_cache(maxsize=64)
def a_paper(name: str) -> bytes:
    """The page, as bytes."""
    page = format_html("<h1>DỮ LIỆU MINH HỌA</h1><p>{}</p>", name)
    content: bytes = HTML(string=page).write_pdf()
    return content
