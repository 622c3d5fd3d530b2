"""Draw the shelves from the import contracts: `python -m script.lib.shelves` writes the page."""

import re
import tomllib
from collections.abc import Iterator
from typing import Any

from script.lib.paths import ROOT

DRAWING = ROOT / "docs/shelves.md"
HEAD = """# The shelves

Made from the import contracts in `pyproject.toml` by `python -m script.lib.shelves`; a test
compares. What stands higher may import what stands lower, never the other way.
"""


def contracts() -> list[dict[str, Any]]:
    """The contracts about layers, in the order of the file."""
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    linted: list[dict[str, Any]] = settings["tool"]["importlinter"]["contracts"]
    return [contract for contract in linted if contract["type"] == "layers"]


def drawing() -> str:
    """The page as it should be."""
    return HEAD + "".join(_part(contract) for contract in contracts())


def _part(contract: dict[str, Any]) -> str:
    where = ", ".join(f"`{name}`" for name in contract["containers"])
    lines = "\n".join(_lines(contract["layers"]))
    return f"\n## {contract['name']}\n\n{where}\n\n```mermaid\nflowchart TD\n{lines}\n```\n"


def _lines(layers: list[str]) -> Iterator[str]:
    """A box a layer; one arrow from each to the next."""
    for number, layer in enumerate(layers):
        names = " · ".join(re.findall(r"\w+", layer))
        yield f'    s{number}["{names}"]'
    yield "    " + " --> ".join(f"s{number}" for number in range(len(layers)))


if __name__ == "__main__":
    DRAWING.write_text(drawing(), encoding="utf-8")
