"""The drawing in the documents is that of the contracts."""

from script.lib.shelves import DRAWING, contracts, drawing


def test_the_drawing_is_made_from_the_contracts() -> None:
    assert DRAWING.read_text(encoding="utf-8") == drawing()
    shelves = next(contract for contract in contracts() if contract["containers"] == ["infra"])
    assert shelves["layers"][-1] == "ground"
