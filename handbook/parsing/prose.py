"""The running text of a page, as far as it is prose: for readability and for excerpts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.parsing.outline import Outline


_MARKUP = re.compile(
    r"""
    \{\{[^{}\n]*\}\} | \{[^{}]*\}                    # macro calls, template tags, attributes
    | <[^<>]*> | \]\([^()\[\]]*\) | [\[\]*_`#]        # HTML, the target of a link, emphasis
    | ^\s* (?: [-+] | \d+\. ) \s (?: \[[ x]\] \s )?   # what begins an item
    """,
    re.VERBOSE,
)
_SKIPPED = re.compile(r"\s*(?:[|#]|!!!|\?\?\?)")


_GAP = re.compile(r" (?=[,.;:!?)])")
"""What markup leaves before a sign."""


def plain_text(body: str, outline: Outline, first_line: int) -> str:
    """Return the running text of a page; every paragraph and item is a line and ends in a stop.

    Args:
        body: the Markdown after the front matter.
        outline: its headings and fences.
        first_line: line of the file on which the body begins.
    """
    texts = paragraphs(body, outline, first_line)
    return "\n".join(text if text[-1] in ".!?" else f"{text.rstrip(':;,')}." for text in texts)


def paragraphs(body: str, outline: Outline, first_line: int) -> Iterator[str]:
    """Yield the paragraphs and items of a text on a line each, without headings, tables, code and markup."""
    lines = body.split("\n")
    kept = [
        "" if number in outline.fenced or _SKIPPED.match(line) else line
        for number, line in enumerate(lines, first_line)
    ]
    for paragraph in re.split(r"\n\s*\n|\n(?=\s*(?:[-+]|\d+\.) )", "\n".join(kept)):
        if text := _GAP.sub("", " ".join(_MARKUP.sub(" ", paragraph).split())):
            yield text
