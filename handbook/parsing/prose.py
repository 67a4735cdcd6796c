"""How hard a page is to read, for people who read in a second language and in a hurry.

Measured by LIX, the mean number of words in a sentence plus the percentage of words of more than six letters
(C. H. Björnsson, 1968). It needs no syllables, so it is the same for every reader and machine.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

import textstat

from handbook.limits import MOST_PAGES_KEPT

if TYPE_CHECKING:
    from handbook.parsing.outline import Outline

FEWEST_WORDS_IN_A_SENTENCE, MOST_WORDS_IN_A_SENTENCE = 12, 16
"""On average. Public writers are usually told 20 at most; most of our readers read in a second language. Below 12, what
links the thoughts, such as "because" and "so", has been lost."""

ENOUGH_WORDS = 400
"""Of which the mean says something: a page of fewer has mostly links."""

HIGHEST_LIX = 40
"""Björnsson's scale has easy prose below 40 and hard prose, as in official texts, from 50."""

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


@lru_cache(maxsize=MOST_PAGES_KEPT)
def prose_fault(text: str) -> str:
    """Say what makes a page hard to read, sentences of a wrong length or long words; nothing when it is easy enough.

    Args:
        text: running text, as `plain_text` gives it.
    """
    if not text:
        return ""
    words = textstat.words_per_sentence(text)
    lix = textstat.lix(text)
    if words > MOST_WORDS_IN_A_SENTENCE:
        return f"sentences have {words:.0f} words on average, {MOST_WORDS_IN_A_SENTENCE} at most; split the long ones"
    if words < FEWEST_WORDS_IN_A_SENTENCE and len(text.split()) >= ENOUGH_WORDS:
        return (
            f"sentences have {words:.1f} words on average, {FEWEST_WORDS_IN_A_SENTENCE} at least; join those that hang "
            "together, with words such as 'because' and 'so'"
        )
    if lix > HIGHEST_LIX:
        return f"the page is hard to read (LIX {lix:.0f}, {HIGHEST_LIX} at most); use shorter words"
    return ""
