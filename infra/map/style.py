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
Pattern = Literal["trees", "rows"]
# Where words stand: in the middle of a thing, under a point's sign, along a line or a river, or on
# a road's plate.
Place = Literal["middle", "below", "along", "plate"]


# The zoom at which a stroke that grows has its own width.
FULL_ZOOM = 15
# One CSS pixel in millimetres of paper.
PIXEL_MM = 25.4 / 96


@dataclass(frozen=True)
class Stroke:
    """One pass of the pen: colour (#rrggbb), width in pixels, dashes in pixels.

    `growth`: how many times wider it is one zoom nearer than `FULL_ZOOM` (1: always the same),
    never below `least`. `from_zoom`: farther away this pass is left out, a road's casing say.
    """

    color: str
    width: float = 1.4
    dash: tuple[float, ...] = ()
    growth: float = 1.0
    least: float = 0.0
    from_zoom: float = 0.0
    opacity: float = 1.0

    def width_at(self, zoom: float) -> float:
        """Pixels at a zoom; `widthAt` in symbols.js says the same to the canvas."""
        grown = self.width * self.growth ** (zoom - FULL_ZOOM)
        return max(self.least, grown) if self.growth > 1 else self.width

    def to_json(self) -> dict[str, Any]:
        """As scripts read it."""
        return {
            "color": self.color,
            "width": self.width,
            "dash": list(self.dash),
            "growth": self.growth,
            "least": self.least,
            "fromZoom": self.from_zoom,
            "opacity": self.opacity,
        }


@dataclass(frozen=True)
class Sign:
    """One look of a feature, and its words in the legend.

    Lines and areas have strokes, from below to above; areas and points a fill; points a shape
    and perhaps a letter in `ink`. `ends`: a line of which only the ends are marked. Farther away
    than `min_zoom` it is not drawn; `pattern` is strewn over an area from near.
    """

    key: str
    label: StrOrPromise
    strokes: tuple[Stroke, ...] = ()
    fill: str = ""
    fill_opacity: float = 1.0
    shape: Shape | None = None
    letter: str = ""
    ink: str = "#ffffff"
    min_zoom: float = 0.0
    pattern: Pattern | None = None

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
            "strokes": [stroke.to_json() for stroke in self.strokes],
            "fill": self.fill,
            "fillOpacity": self.fill_opacity,
            "shape": self.shape,
            "letter": self.letter,
            "ink": self.ink,
            "minZoom": self.min_zoom,
            "pattern": self.pattern,
        }


@dataclass(frozen=True)
class Label:
    """The words of a feature: which property, at which zooms, how written and how important.

    The lower `rank` takes a place first; nothing is written over it or over a sign. The same
    words come again no nearer than `repeat` pixels. `only` narrows to features whose property
    `by` (else the style's `sign_by`) has one of these values. A size grows by `growth` pixels a
    zoom from `min_zoom` on, up to `most`.
    """

    property: str
    min_zoom: float
    color: str = "#222b33"
    place: Place = "middle"
    max_zoom: float = 23.0
    size: float = 11.0
    growth: float = 0.0
    most: float = 0.0
    weight: Literal[400, 600] = 600
    italic: bool = False
    halo: str = "#ffffff"
    rank: int = 50
    repeat: int = 320
    by: str = ""
    only: tuple[str, ...] = ()

    def size_at(self, zoom: float) -> float:
        """Pixels of the letters at a zoom."""
        grown = self.size + self.growth * max(0.0, zoom - self.min_zoom)
        return min(grown, self.most or grown)

    def to_json(self) -> dict[str, Any]:
        """As scripts read it."""
        return {
            "property": self.property,
            "minZoom": self.min_zoom,
            "maxZoom": self.max_zoom,
            "color": self.color,
            "place": self.place,
            "size": self.size,
            "growth": self.growth,
            "most": self.most,
            "weight": self.weight,
            "italic": self.italic,
            "halo": self.halo,
            "rank": self.rank,
            "repeat": self.repeat,
            "by": self.by,
            "only": list(self.only),
        }


@dataclass(frozen=True)
class Style:
    """A layer's signs in the order of the legend; that without a key, else the first, for all else.

    `sign_by` names the property whose value is a sign's key, through `same_as` where several
    values share one. `order`: what is drawn later (a higher one) lies above; inside a layer of
    lines or areas the first sign lies above the last. A layer without a sign is words alone.
    """

    signs: tuple[Sign, ...]
    order: int
    sign_by: str = ""
    same_as: Mapping[str, str] = field(default_factory=dict)
    labels: tuple[Label, ...] = ()

    def sign_of(self, value: object) -> Sign:
        """The sign of a feature whose `sign_by` property has this value."""
        text = "" if value is None else str(value)
        key = self.same_as.get(text, text)
        named = {sign.key: sign for sign in self.signs}
        return named.get(key) or named.get("") or self.signs[0]

    def to_json(self) -> dict[str, Any]:
        """As scripts read it."""
        return {
            "order": self.order,
            "signBy": self.sign_by,
            "sameAs": dict(self.same_as),
            "signs": [sign.to_json() for sign in self.signs],
            "labels": [label.to_json() for label in self.labels],
        }

    def faults(self, properties: Mapping[str, object]) -> Iterator[str]:
        """What is wrong with this style for a layer of these properties."""
        if not self.signs and not self.labels:
            yield "it has neither sign nor words"
        keys = [sign.key for sign in self.signs]
        if len(set(keys)) < len(keys):
            yield f"two signs have the same key: {keys}"
        named = [("sign_by", self.sign_by)]
        for label in self.labels:
            named += [("label", label.property), ("label's by", label.by)]
        for part, name in named:
            if name and name not in properties:
                yield f"{part} names {name!r}, which is no property"
        for value, key in self.same_as.items():
            if key not in keys:
                yield f"{value!r} is drawn as {key!r}, which is no sign"
        for sign in self.signs:
            yield from sign.faults()
