"""Lines of templates within 120 columns, broken only where the browser shows the same.

A blank between two attributes or two words may as well be a line's end; one in quotes, in a Django
tag, in a text to translate or in raw content may not, so a line without such a blank stays long.
`python -m script.lib.template_width` breaks what it can, with `--check` it says what is left.
"""

import re
import sys
from collections.abc import Iterator
from pathlib import Path

from script.lib.paths import ROOT

WIDTH = 120
INDENT = "  "
RAW = re.compile(r"<(script|style|pre|textarea)\b", re.IGNORECASE)
DJANGO = re.compile(r"\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL)
# What lies between these tags is a msgid or no template at all.
WHOLE = {"blocktrans": "endblocktrans", "comment": "endcomment", "verbatim": "endverbatim"}


def breakable(text: str) -> dict[int, bool]:
    """The places of blanks that may become a line's end, and whether each is inside a tag."""
    found: dict[int, bool] = {}
    at, quote, in_tag = 0, "", False
    while at < len(text):
        if skipped := _whole(text, at, in_tag=in_tag):
            at = skipped
            continue
        char = text[at]
        if in_tag and char in "\"'":
            quote = "" if char == quote else quote or char
        elif not in_tag and char == "<" and re.match(r"</?[a-zA-Z!]", text[at:]):
            in_tag = True
        elif in_tag and char == ">" and not quote:
            in_tag = False
        elif char == " " and not quote:
            found[at] = in_tag
        at += 1
    return found


def _whole(text: str, at: int, *, in_tag: bool) -> int:
    """Where what begins here and is not looked into ends; 0 for what is read on."""
    if django := DJANGO.match(text, at):
        word = re.match(r"\{%-?\s*(\w+)", django.group())
        name = next((begin for begin in WHOLE if word and word[1].startswith(begin)), "")
        if not name:
            return django.end()
        end = re.compile(r"\{%\s*" + WHOLE[name] + r"\w*.*?%\}", re.DOTALL).search(text, at)
        return end.end() if end else len(text)
    if not in_tag and (raw := RAW.match(text, at)):
        end = re.compile(rf"</{raw[1]}\s*>", re.IGNORECASE).search(text, at)
        return end.end() if end else len(text)
    return 0


def broken(text: str) -> str:
    """The text with its long lines broken."""
    allowed, start = breakable(text), 0
    lines: list[str] = []
    for line in text.split("\n"):
        end = start + len(line)
        lines += _pieces(
            line, {at - start: kind for at, kind in allowed.items() if start <= at < end}
        )
        start += len(line) + 1
    return "\n".join(lines)


def _pieces(line: str, allowed: dict[int, bool]) -> Iterator[str]:
    lead = len(line) - len(line.lstrip())
    begin, prefix = 0, ""
    while len(prefix) + len(line) - begin > WIDTH:
        room = begin + WIDTH - len(prefix)
        places = sorted(at for at in allowed if at > max(begin, lead))
        fitting = [at for at in places if at <= room] or places[:1]
        if not fitting:
            break
        # Between tags rather than inside one, unless that leaves half a line empty.
        between = [at for at in fitting if not allowed[at] and at > begin + WIDTH // 2]
        here = (between or fitting)[-1]
        yield prefix + line[begin:here]
        begin, prefix = here + 1, line[:lead] + INDENT
    yield prefix + line[begin:]


def templates() -> list[Path]:
    """Every template of the three applications."""
    apps = ("infra", "sites", "undergrounding")
    return sorted(path for app in apps for path in (ROOT / app / "templates").rglob("*.html"))


def main(arguments: list[str]) -> int:
    """Break, or with --check only say which files have lines to break; 1 when some have."""
    changed = []
    for path in templates():
        text = path.read_text(encoding="utf-8")
        better = broken(text)
        if better != text:
            changed.append(path)
            if "--check" not in arguments:
                path.write_text(better, encoding="utf-8")
    for path in changed:
        print(f"{path.relative_to(ROOT)}: lines over {WIDTH} columns")
    return 1 if changed and "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
