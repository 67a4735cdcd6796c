"""Rules and tables that several pages need: written once under `data/advice/`, embedded, and never said again.

The words of a table may have links and bold type, in Markdown: `[words](prisons/release.md)`, with the path below
`docs/`, or an address that begins with `https:` or `tel:`; and `**words**`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from markupsafe import Markup

from handbook.wording import inert

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.model.records import Advice
    from handbook.parsing.yaml_values import ValuePath

_MARKUP = re.compile(r"\*\*(?P<bold>[^*]+)\*\*|\[(?P<words>[^\]]+)\]\((?P<target>[^()\s]+)\)")
"""Bold type, or a link with its words and its target."""


def inline(text: str, address: Callable[[str], str]) -> Markup:
    """Return the words of a table as HTML.

    Args:
        text: words with links and bold type.
        address: tells where the target of a link is, as seen from the page.

    >>> inline("Tell **now** & [call](tel:112)", str)
    Markup('Tell <strong>now</strong> &amp; <a href="tel:112">call</a>')
    >>> inline("_No_ other `mark`", str)
    Markup('&#95;No&#95; other &#96;mark&#96;')
    """
    made, done = Markup(), 0
    for found in _MARKUP.finditer(text):
        made += inert(text[done : found.start()])
        if found["bold"]:
            made += Markup("<strong>{}</strong>").format(inert(found["bold"]))
        else:
            made += Markup('<a href="{}">{}</a>').format(inert(address(found["target"])), inert(found["words"]))
        done = found.end()
    return made + inert(text[done:])


def targets(advice: Advice) -> Iterator[tuple[ValuePath, str]]:
    """Yield the target of each link of a table, as it is written, with the place of its text in the entry."""
    for path, text in _texts(advice):
        yield from ((path, target) for target in links_in(text))


def links_in(text: str) -> Iterator[str]:
    """Yield the target of each link in the words of a table."""
    yield from (found["target"] for found in _MARKUP.finditer(text) if found["target"])


def _texts(advice: Advice) -> Iterator[tuple[ValuePath, str]]:
    yield ("intro",), advice.intro
    for rank, row in enumerate(advice.rows):
        yield from ((("rows", rank, "cells", position), cell) for position, cell in enumerate(row.cells))
    yield from ((("notes", position), note) for position, note in enumerate(advice.notes))
