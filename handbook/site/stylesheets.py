"""The style sheets of every page: one file of ours for each component, joined, and the colours of the handbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.identity import DARK, LIGHT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

COMPONENTS = "stylesheets/components/"
"""The folder of the components in the frame's folder. They are joined by name, as the later ones add to the former."""


_FOR_EDITORS = re.compile(r"/\*.*?\*/\s*|^\s+", re.DOTALL | re.MULTILINE)
"""Comments and indents, which browsers do not need."""


def stylesheets(frame: Path) -> Iterator[tuple[str, str]]:
    """Yield the address and text of each sheet that is made.

    Args:
        frame: the folder of the frame of the pages.
    """
    parts = [path.read_text(encoding="utf-8") for path in sorted((frame / COMPONENTS).glob("*.css"))]
    yield "stylesheets/handbook.css", _FOR_EDITORS.sub("", "\n".join([_palette("light", LIGHT), *parts]))
    yield "stylesheets/dark.css", _palette("dark", DARK)


def _palette(scheme: str, colours: Mapping[str, str]) -> str:
    properties = "".join(f"  --hb-{name}: {colour};\n" for name, colour in colours.items())
    return f":root {{\n  color-scheme: {scheme};\n{properties}}}\n"
