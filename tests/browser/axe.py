"""What axe-core finds on a page, in each of the states in which readers meet it."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import axe_playwright_python
from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Page

SOURCE = (Path(axe_playwright_python.__file__).parent / "axe.min.js").read_text(encoding="utf-8")

_RUN = """() => axe.run(document, {
    runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'],
    resultTypes: ['violations'],
}).then(({ violations }) => violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html}`)))"""

State = tuple[Literal["light", "dark"], int]
STATES: tuple[State, ...] = tuple(product(("light", "dark"), (1280, 360)))
"""Colours, and width of the screen in pixels."""


def show(page: Page, state: State) -> None:
    """Turn a loaded page to a state."""
    colours, width = state
    page.emulate_media(color_scheme=colours)
    page.set_viewport_size({"width": width, "height": 800})


def open_all(page: Page) -> None:
    """Open all that a page hides until a reader asks for it."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true; })")


def violations(page: Page) -> list[str]:
    """Return the rules that a page breaks as it stands, each with the element."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(SOURCE)
    found: list[str] = page.evaluate(_RUN)
    return found


def urls(site: Path) -> Iterator[str]:
    """Yield the address of every page of a built site but those that only lead on."""
    for path in sorted(site.rglob("*.html")):
        if html.parse(path).find(".//meta[@http-equiv='refresh']") is None:
            yield "/" + path.relative_to(site).as_posix().removesuffix("index.html")
