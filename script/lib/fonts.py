"""The typeface as pages need it: Vietnamese and Latin in one file for each weight.

Run by script/assets. The packaged font comes in pieces (Latin, Vietnamese), hinted; screens of
today draw unhinted outlines as well, at half the bytes.
"""

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from fontTools import subset
from fontTools.merge import Merger
from fontTools.ttLib import TTFont

SOURCE = Path("node_modules/@fontsource/be-vietnam-pro/files")
WEIGHTS = (400, 600)
PIECES = ("latin", "vietnamese")
# Latin-1, the letters and marks of Vietnamese, đồng, quotes, dashes, arrows, comparison.
CHARACTERS = (
    {*range(0x20, 0x7F), *range(0xA0, 0x100), 0x131, 0x110, 0x111, 0x309, 0x323}
    | {0x102, 0x103, 0x128, 0x129, 0x168, 0x169, 0x1A0, 0x1A1, 0x1AF, 0x1B0}
    | {*range(0x300, 0x304), *range(0x1EA0, 0x1EFA), *range(0x2010, 0x2027), 0x2030, 0x2032}
    | {0x2033, 0x2039, 0x203A, 0x20AB, 0x2122, *range(0x2190, 0x2194), 0x2212, 0x2264, 0x2265}
)
FEATURES = ["kern", "mark", "mkmk", "liga", "locl", "ccmp"]


def build(weight: int, folder: Path) -> None:
    """Write `be-vietnam-pro-<weight>.woff2` into the folder."""
    with TemporaryDirectory() as made:
        parts = [_piece(piece, weight, Path(made)) for piece in PIECES]
        font = Merger().merge([str(part) for part in parts])
        font.flavor = "woff2"
        font.save(folder / f"be-vietnam-pro-{weight}.woff2")


def _piece(piece: str, weight: int, folder: Path) -> Path:
    font = TTFont(SOURCE / f"be-vietnam-pro-{piece}-{weight}-normal.woff2")
    options = subset.Options(hinting=False, layout_features=FEATURES)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    font.flavor = None
    path = folder / f"{piece}.ttf"
    font.save(path)
    return path


def main() -> None:
    """Both weights into the folder given."""
    folder = Path(sys.argv[1])
    folder.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        build(weight, folder)


if __name__ == "__main__":
    main()
