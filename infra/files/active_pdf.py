"""What a PDF would do by itself: looked for in every object, packed or encrypted too. Pure."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pikepdf

from infra.files.unreadable import refuse

# Actions that run, send, play or open something else; a link (URI) waits for a click.
ACTIONS = frozenset(
    [
        *("JavaScript", "Launch", "SubmitForm", "ImportData", "GoToR", "GoToE"),
        *("Rendition", "Movie", "Sound", "RichMediaExecute", "GoTo3DView"),
    ]
)
ANNOTATIONS = frozenset({"RichMedia", "Movie", "Sound", "Screen", "3D", "FileAttachment"})
# When an "additional action" would run (ISO 32000-1, tables 194 to 197).
TRIGGERS = frozenset(
    [
        *("E", "X", "D", "U", "Fo", "Bl", "PO", "PC", "PV", "PI", "O", "C"),
        *("K", "F", "V", "WC", "WS", "DS", "WP", "DP"),
    ]
)
# Looked for in the bare bytes as well: an object that only a repairing reader would find.
BARE = re.compile(rb"/(JavaScript|Launch|EmbeddedFile|RichMedia|SubmitForm)(?=[\s/<>\[\]()]|$)")
ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")


def look_into(path: Path) -> None:
    """Raises Unreadable: `pdf_active` with all that was found, or why nobody can look inside."""
    try:
        with pikepdf.open(path) as pdf:
            if not len(pdf.pages):
                refuse("pdf_damaged")
            found = {name for thing in _things(pdf) for name in _does(thing)}
    except pikepdf.PasswordError:
        refuse("pdf_locked")
    except pikepdf.PdfError:
        refuse("pdf_damaged")
    if found := found | _bare(path):
        refuse("pdf_active", found=sorted(found))


def _things(pdf: pikepdf.Pdf) -> Iterator[dict[str, Any]]:
    """Every dictionary and stream: of the trailer, and of each object with what lies in it."""
    waiting: list[Any] = [pdf.trailer, *pdf.objects]
    while waiting:
        thing = waiting.pop()
        if isinstance(thing, pikepdf.Stream):
            thing = thing.stream_dict
        if isinstance(thing, pikepdf.Dictionary):
            told = dict(thing.items())
            yield told
            inside = list(told.values())
        elif isinstance(thing, pikepdf.Array):
            inside = list(thing.as_list())
        else:
            continue
        waiting += [
            one for one in inside if isinstance(one, pikepdf.Object) and not one.is_indirect
        ]


def _does(told: dict[str, Any]) -> Iterator[str]:
    action = _name(told.get("/S"))
    if action in ACTIONS:
        yield action
    if isinstance(told.get("/JS"), (pikepdf.String, pikepdf.Stream)):
        yield "JavaScript"
    opening = told.get("/OpenAction")
    if isinstance(opening, pikepdf.Dictionary) and _name(opening.get("/S")) != "GoTo":
        yield "OpenAction"
    more = told.get("/AA")
    if isinstance(more, pikepdf.Dictionary) and {key[1:] for key in more} & TRIGGERS:
        yield "AA"
    if _name(told.get("/Type")) == "EmbeddedFile" or isinstance(
        told.get("/EF"), pikepdf.Dictionary
    ):
        yield "EmbeddedFile"
    if "/XFA" in told:
        yield "XFA"
    kind = _name(told.get("/Subtype"))
    if kind in ANNOTATIONS:
        yield kind


def _name(value: Any) -> str:
    return str(value)[1:] if isinstance(value, pikepdf.Name) else ""


def _bare(path: Path) -> set[str]:
    plain = ESCAPED.sub(lambda code: bytes([int(code[1], 16)]), path.read_bytes())
    return {name.decode() for name in BARE.findall(plain)}
