"""The running text of a page, as far as it is prose: for readability and for excerpts."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
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


def plain_text(body: str, outline: Outline, first_line: int) -> str:
    """Give the running text of a page: no headings, tables, code or markup; every paragraph and item ends in a stop.

    Args:
        body: the Markdown after the front matter.
        outline: its headings and fences.
        first_line: line of the file on which the body begins.
    """
    lines = body.split("\n")
    kept = [
        "" if number in outline.fenced or _SKIPPED.match(line) else line
        for number, line in enumerate(lines, first_line)
    ]
    paragraphs = re.split(r"\n\s*\n|\n(?=\s*(?:[-+]|\d+\.) )", "\n".join(kept))
    texts = (" ".join(_MARKUP.sub(" ", paragraph).split()) for paragraph in paragraphs)
    return "\n".join(text if text[-1] in ".!?" else f"{text.rstrip(':;,')}." for text in texts if text)
