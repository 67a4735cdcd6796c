"""What pictures are made of: a few shapes, and words that are broken into lines as wide as their place."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.identity import LIGHT

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

WIDTH = 340
"""Of every picture, in units that are about a pixel on a phone; there is room for it on one of 360 pixels."""

WIDE = 620
"""Of a picture for larger screens, where letters are about 14 pixels high."""

SIZE = 12
"""Of letters."""

LINE = 16
"""From one line of words to the next."""

LOOKS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "band": {"fill": LIGHT["soft"]},
        "plate": {"fill": LIGHT["soft"]},
        "box": {"fill": "#ffffff", "stroke": LIGHT["accent"], "stroke-width": "1.5"},
        "box-ended": {"fill": "#ffffff", "stroke": LIGHT["accent"], "stroke-width": "1.5", "stroke-dasharray": "4 3"},
        "box-main": {"fill": LIGHT["accent"], "stroke": LIGHT["accent"], "stroke-width": "1.5"},
        "level-0": {"fill": "#ffffff", "stroke": LIGHT["quiet"], "stroke-width": "1", "stroke-dasharray": "2 2"},
        "level-1": {"fill": "#d3e6e8", "stroke": LIGHT["accent"], "stroke-width": "1"},
        "level-2": {"fill": "#8cc0c6", "stroke": LIGHT["accent"], "stroke-width": "1"},
        "level-3": {"fill": LIGHT["accent"], "stroke": LIGHT["accent"], "stroke-width": "1"},
        "level-4": {"fill": "#ffffff", "stroke": LIGHT["line"], "stroke-width": "1"},
        "edge": {"fill": "none", "stroke": LIGHT["ink"], "stroke-width": "1.5"},
        "edge-dashed": {"fill": "none", "stroke": LIGHT["ink"], "stroke-width": "1.5", "stroke-dasharray": "6 3"},
        "edge-dotted": {"fill": "none", "stroke": LIGHT["ink"], "stroke-width": "1.5", "stroke-dasharray": "1.5 3"},
        "grid": {"fill": "none", "stroke": LIGHT["line"], "stroke-width": "1"},
        "head": {"fill": LIGHT["ink"]},
        "mark": {"fill": "#ffffff", "stroke": LIGHT["ink"], "stroke-width": "1"},
        "dot": {"fill": "#7a4a00"},
        "words": {"fill": LIGHT["ink"]},
        "words-strong": {"fill": LIGHT["ink"], "font-weight": "bold"},
        "words-soft": {"fill": LIGHT["quiet"]},
        "words-main": {"fill": "#ffffff"},
        "words-main-strong": {"fill": "#ffffff", "font-weight": "bold"},
    }
)
"""How shapes look where the site's style sheet is not at hand; it knows the same names, as classes."""

_NARROW, _WIDE = frozenset("fijlrtI.,:;'|()[]-1 "), frozenset("mwMWQO@%–—→")


@dataclass(frozen=True, slots=True)
class Shape:
    """One element of a picture.

    Attributes:
        tag: its name in SVG.
        look: a key of `LOOKS`.
        place: attributes that say where and how large it is.
        words: its content, if it is text.
    """

    tag: str
    look: str
    place: Mapping[str, str]
    words: str = ""

    @property
    def attributes(self) -> Mapping[str, str]:
        """Everything but its class, in the order in which it is written: what many shapes share packs best together."""
        return {**LOOKS[self.look], **self.place}


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with its name and what it shows, in words.

    Attributes:
        id: what its anchors begin with, unique on the page but for the same picture in another width.
        title: its name.
        description: what it shows, for those who do not see it.
        height: in the same units as its width.
        shapes: what it consists of, the hindmost first.
        width: `WIDTH` or `WIDE`.
    """

    id: str
    title: str
    description: str
    height: float
    shapes: Sequence[Shape]
    width: float = WIDTH


def box(x: float, y: float, width: float, height: float, look: str) -> Shape:
    """Return a box by its upper left corner."""
    place = {"x": x, "y": y, "width": width, "height": height, "rx": 3}
    return Shape("rect", look, {name: number(value) for name, value in place.items()})


def circle(x: float, y: float, radius: float, look: str) -> Shape:
    """Return a circle by its centre."""
    return Shape("circle", look, {"cx": number(x), "cy": number(y), "r": number(radius)})


def path(look: str, *steps: str | float) -> Shape:
    """Return a path from the letters and numbers of its `d`."""
    return Shape("path", look, {"d": " ".join(step if isinstance(step, str) else number(step) for step in steps)})


def words(  # noqa: PLR0913 - words have a place, a look and a side on which they begin
    x: float, y: float, text: str, /, look: str = "words", *, anchor: str = "start", size: float = SIZE
) -> Shape:
    """Return one line of words whose base is at `y`."""
    odd = {"text-anchor": anchor} if anchor != "start" else {}
    odd |= {"font-size": number(size)} if size != SIZE else {}
    return Shape("text", look, odd | {"x": number(x), "y": number(y)}, text)


def lines(x: float, y: float, texts: Sequence[str], /, look: str = "words", *, anchor: str = "start") -> list[Shape]:
    """Return lines of words, the first of which begins below `y`."""
    return [words(x, y + (row + 1) * LINE - 4, text, look, anchor=anchor) for row, text in enumerate(texts)]


def wrapped(text: str, width: float, *, is_strong: bool = False) -> list[str]:
    """Break a text into lines that fit into a width."""
    made: list[str] = []
    for word in text.split():
        if made and width_of(f"{made[-1]} {word}", is_strong=is_strong) <= width:
            made[-1] += f" {word}"
        else:
            made.append(word)
    return made


def width_of(text: str, *, is_strong: bool = False) -> float:
    """Guess the width of a text in letters of `SIZE`, with room for wider fonts than most."""
    return _width(text) * 1.14 if is_strong else _width(text)


@lru_cache(maxsize=10_000)
def _width(text: str) -> float:
    return SIZE * math.fsum(
        0.36 if c in _NARROW else 0.95 if c in _WIDE else 0.7 if c.isupper() else 0.61 for c in text
    )


def number(value: float) -> str:
    """Write a number as short as it can be.

    >>> number(12.0), number(0.25)
    ('12', '0.2')
    """
    return f"{value:.1f}".removesuffix(".0")
