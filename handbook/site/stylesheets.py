"""The style sheets of every page: one file of ours for each component, joined, and the colours of the handbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import quote

from handbook.identity import DARK, LIGHT
from handbook.model.addresses import AREA_ICONS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

STYLES = "stylesheets/"
"""The folder of the sheets in the frame's folder, and on the site."""

COMPONENTS = f"{STYLES}components/"
"""The folder of the components. They are joined by name, as the later ones add to the former."""

_BLANKS = re.compile(r"""/\*.*?\*/\s*|("[^"]*")|\s*([{};])\s*|(?<=,)\s+|(\s)\s*""", re.DOTALL)
"""Comments and blanks; strings are found so that they stay as they are."""


def stylesheets(frame: Path) -> Iterator[tuple[str, str]]:
    """Yield the address and text of each sheet, as it is sent.

    Args:
        frame: the folder of the frame of the pages.
    """
    parts = [path.read_text(encoding="utf-8") for path in sorted((frame / COMPONENTS).glob("*.css"))]
    yield f"{STYLES}handbook.css", _packed("\n".join([_palette("light", LIGHT), *_icons(frame), *parts]))
    yield f"{STYLES}dark.css", _packed(_palette("dark", DARK))
    for path in sorted((frame / STYLES).glob("*.css")):
        yield f"{STYLES}{path.name}", _packed(path.read_text(encoding="utf-8"))


def _packed(style: str) -> str:
    r"""Return a sheet without what is for editors.

    >>> _packed('/* Why */\na,\nb\nc {\n  content: "x: { ";\n  margin: 0 1em;\n}\n')
    'a,b c{content: "x: { ";margin: 0 1em;}'
    """
    return _BLANKS.sub(lambda found: found[1] or found[2] or (" " if found[3] else ""), style)


def _icons(frame: Path) -> Iterator[str]:
    """Yield a rule for each area that has an icon, in which the icon stands whole, so that it needs no request."""
    for path in sorted((frame / AREA_ICONS).glob("*.svg")):
        drawn = quote(path.read_text(encoding="utf-8").strip().replace('"', "'"), safe=" ='/:.,-")
        yield f'.area-{path.stem} {{ --icon: url("data:image/svg+xml,{drawn}"); }}'


def _palette(scheme: str, colours: Mapping[str, str]) -> str:
    properties = "".join(f"  --hb-{name}: {colour};\n" for name, colour in colours.items())
    return f":root {{\n  color-scheme: {scheme};\n{properties}}}\n"
