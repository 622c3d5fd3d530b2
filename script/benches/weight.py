"""How much a first view sends: the page and all it names, as compressed as it comes."""

import re
from collections.abc import Iterator
from urllib.parse import urljoin, urlsplit

from django.urls import reverse

from script.lib.bench import Row
from script.lib.bench_web import Answer, Browser
from script.lib.bench_world import INSPECTOR, OFFICER, World
from sites.models import Mast

# What a browser fetches by itself: not the icons of other devices, nor the manifest.
NAMED = re.compile(
    r"<(?:script|img|source)\b[^>]*?\bsrc=\"([^\"]+)\""
    r"|<link\b(?=[^>]*\brel=\"?(?:stylesheet|modulepreload|preload)\b)[^>]*?\bhref=\"([^\"]+)\"",
)
IMPORTED = re.compile(r"(?:\bfrom|\bimport)\s*\"(\.[^\"]+\.js)\"")
FONTS = re.compile(r"url\([\"']?([^\"')]+?\.woff2[^\"')]*)[\"']?\)")


def bench(world: World) -> Iterator[Row]:
    """Bytes of the page and its scripts, styles, pictures and fonts; fonts beside, in the note.

    Which fonts a page really draws only a browser knows, so all that its styles name are counted.
    """
    mast = Mast.objects.latest("pk")
    pages = {
        "map": (OFFICER, reverse("map:page")),
        "home": (OFFICER, reverse("home")),
        "survey": (INSPECTOR, reverse("sites:survey_form", args=[mast.uuid])),
        "register": (OFFICER, reverse("sites:mast_list")),
    }
    for name, (who, path) in pages.items():
        browser = world.browser(who)
        # Styles and scripts are read for what they name: gzip is what this program can read too.
        reader = Browser(world.web, world.session_key(who), encodings="gzip")
        page = reader.get(path)
        parts = _parts(reader, path, page)
        sizes = {part: len(browser.get(part).body) for part in [path, *sorted(parts)]}
        fonts = sum(size for part, size in sizes.items() if ".woff2" in part)
        yield Row(
            f"first view, {name}",
            sum(sizes.values()) / 1024,
            unit="kB",
            note=f"{len(sizes)} files, of it {fonts / 1024:.0f} kB fonts, page itself"
            f" {sizes[path] / 1024:.0f} kB",
        )


def _parts(browser: Browser, path: str, page: Answer) -> set[str]:
    """Every file of ours that the page names, directly or through styles and modules."""
    waiting = [(path, name) for found in NAMED.findall(page.text) for name in found if name]
    parts: set[str] = set()
    while waiting:
        base, name = waiting.pop()
        part = urljoin(base, name.replace("&amp;", "&"))
        if part in parts or urlsplit(part).netloc or part.startswith("data:"):
            continue
        parts.add(part)
        kind = urlsplit(part).path.rpartition(".")[2]
        pattern = {"js": IMPORTED, "css": FONTS}.get(kind)
        if pattern:
            waiting += [(part, inner) for inner in pattern.findall(browser.get(part).text)]
    return parts
