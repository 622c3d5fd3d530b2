"""How a layer is drawn, as data: the map, its legend, the hand-out and paper all read this.

A layer's `Style` lists its signs; the value of one property of a feature chooses among them. What
a shape or a stroke looks like on canvas is the drawing's business, not the layer's.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from django_stubs_ext import StrOrPromise

_COLOR = re.compile(r"#[0-9a-f]{6}")

Shape = Literal["circle", "square", "triangle", "diamond", "pin", "arc", "ends"]


@dataclass(frozen=True)
class Stroke:
    """One pass of the pen: colour (#rrggbb), width in pixels, dashes in pixels."""

    color: str
    width: float = 1.4
    dash: tuple[float, ...] = ()


@dataclass(frozen=True)
class Sign:
    """One look of a feature, and its words in the legend.

    Lines and areas have strokes, from below to above; areas and points a fill; points a shape
    and perhaps a letter in `ink`. `ends`: a line of which only the ends are marked.
    """

    key: str
    label: StrOrPromise
    strokes: tuple[Stroke, ...] = ()
    fill: str = ""
    fill_opacity: float = 1.0
    shape: Shape | None = None
    letter: str = ""
    ink: str = "#ffffff"

    def faults(self) -> Iterator[str]:
        """Colours that are none, and a sign that nobody would see."""
        for color in (self.fill, self.ink, *(stroke.color for stroke in self.strokes)):
            if color and not _COLOR.fullmatch(color):
                yield f"{color!r} of sign {self.key!r} is no colour like #1b7f79"
        if not self.fill and not self.strokes:
            yield f"sign {self.key!r} has neither fill nor stroke"

    def to_json(self) -> dict[str, Any]:
        """As scripts read it."""
        return {
            "key": self.key,
            "label": str(self.label),
            "strokes": [
                {"color": s.color, "width": s.width, "dash": list(s.dash)} for s in self.strokes
            ],
            "fill": self.fill,
            "fillOpacity": self.fill_opacity,
            "shape": self.shape,
            "letter": self.letter,
            "ink": self.ink,
        }


@dataclass(frozen=True)
class Label:
    """The words beside a feature: which property, from which zoom, in which colour."""

    property: str
    min_zoom: int
    color: str = "#222b33"
    below: bool = False


@dataclass(frozen=True)
class Style:
    """A layer's signs in the order of the legend; that without a key, else the first, for all else.

    `sign_by` names the property whose value is a sign's key, through `same_as` where several
    values share one. `order`: what is drawn later (a higher one) lies above.
    """

    signs: tuple[Sign, ...]
    order: int
    sign_by: str = ""
    same_as: Mapping[str, str] = field(default_factory=dict)
    label: Label | None = None

    def sign_of(self, value: object) -> Sign:
        """The sign of a feature whose `sign_by` property has this value."""
        text = "" if value is None else str(value)
        key = self.same_as.get(text, text)
        named = {sign.key: sign for sign in self.signs}
        return named.get(key) or named.get("") or self.signs[0]

    def to_json(self) -> dict[str, Any]:
        """As scripts read it."""
        label = self.label
        return {
            "order": self.order,
            "signBy": self.sign_by,
            "sameAs": dict(self.same_as),
            "signs": [sign.to_json() for sign in self.signs],
            "label": label
            and {
                "property": label.property,
                "minZoom": label.min_zoom,
                "color": label.color,
                "below": label.below,
            },
        }

    def faults(self, properties: Mapping[str, object]) -> Iterator[str]:
        """What is wrong with this style for a layer of these properties."""
        if not self.signs:
            yield "it has no sign"
        keys = [sign.key for sign in self.signs]
        if len(set(keys)) < len(keys):
            yield f"two signs have the same key: {keys}"
        named = {"sign_by": self.sign_by, "label": self.label.property if self.label else ""}
        for part, name in named.items():
            if name and name not in properties:
                yield f"{part} names {name!r}, which is no property"
        for value, key in self.same_as.items():
            if key not in keys:
                yield f"{value!r} is drawn as {key!r}, which is no sign"
        for sign in self.signs:
            yield from sign.faults()
