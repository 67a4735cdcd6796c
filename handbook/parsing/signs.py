"""Signs that mean something in other dialects of Markdown, and that readers here would see as they stand."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

_NO_ITEM = "'{}' begins no item of a list here; write '- ' before each, and leave an empty line above the first"

_AT_FIRST = (
    (r"\[!\w+\]", "'{}' makes no box here; write '!!! notice' and indent the text below it by four"),
    (r"(?:\?\?\?|:::)\+?", "'{}' makes no box here; write '!!! notice' and indent the text below it by four"),
    (r'===\+? "', "'{}' begins no tab here; write a heading, as in '## Title'"),
    (r"\.\. [\w-]+::", "'{}' belongs to reStructuredText; write it in Markdown"),
    (r"h[1-6]\. ", "'{}' makes no heading here; write '## Title'"),
    (r"=+ (?=.* =+$)", "'{}' makes no heading here; write '## Title'"),
    (
        r"\*\[[^\]]+\]:",
        "'{}' explains no abbreviation here; write '<abbr title=\"…\">' and '</abbr>' around the letters",
    ),
    (r"\[[ xX]\](?=\S)", "'{}' needs a space behind it to make a box to tick; write '- [ ] '"),
    (r": ", "'{}' explains no term here; write a list, or a table"),
    (r"[•–—‣▪◦●○■►❖➢➤·](?=\s)", _NO_ITEM),
    (r"-(?=[^\W\d])|[-*+](?=\N{NO-BREAK SPACE})", _NO_ITEM),
    (r"\d{1,2}[.)](?=[^\W\d])", "a number without a space behind it begins no item of a list; write '{} '"),
    (
        r"\[[ xX]\](?= )",
        "'{}' makes no box to tick here; write '- [ ] ' before each, with an empty line above the first",
    ),
    (
        r"\|",
        "'{}' begins no table here; leave an empty line above it, and write a line '| --- | --- |' below its head",
    ),
    (r"\([\w.-]+\)=(?=\s*$|\n)", "'{}' sets no place here; write '{{ #name }}' behind a heading"),
    (r"(?:TOC|\[\[_TOC_\]\]|\[TOC\])$", "'{}' makes no table of contents here, as each page has one; delete it"),
)
"""At the beginning of a paragraph, an item or a cell: the sign, and what to say of it."""

_ADDRESS = re.compile(r"(?:https?://|www\.)")

_ANYWHERE = (
    (r"(?<=\n): ", "'{}' explains no term here; write a list, or a table"),
    (r"(?<=\n):::+", "'{}' ends no box here; write '!!! notice' and indent the text below it by four"),
    (r"(?<=\n)\[[ xX]\](?=\s|$)", "'{}' makes no box to tick here; write '- [ ] ' before each"),
    (
        r"\*\*|(?<!\w)__(?!_)|(?<!_)__(?!\w)",
        "'{}' has no partner here; write it before and after the words, with no space inside",
    ),
    (r"(?<![\w*])\*(?=\w)[^*\n]*\s\*(?=\w)", "'{}' stresses nothing here; write no space inside the two '*'"),
    (r"`+", "'{}' has no partner in this paragraph; write it before and after the code"),
    (r"~~(?=\S)|(?<![\w~])~(?=[^\s~])[^~\n]+~", "'{}' strikes nothing out here; delete what is not to be read"),
    (r"==(?=[^\s=])", "'{}' marks nothing here; write '**' before and after the words"),
    (r"\+\+(?=[^\W\d])", "'{}' underlines nothing here; write '**' before and after the words"),
    (r"\^(?=[^\s^])[^\^\n]*\^", "'{}' raises nothing here; write '<sup>' and '</sup>' around it"),
    (r"(?<=\w)~\w+~", "'{}' lowers nothing here; write '<sub>' and '</sub>' around it"),
    (
        r"(?<![\w:/])(?::[a-z][a-z0-9_+-]+:)+(?!/)",
        "'{}' is the name of a sign elsewhere; write the sign itself, or the word",
    ),
    (rf"(?<![\w/@]){_ADDRESS.pattern}\S+", "'{}' is no link as it stands; write '[Title of the page](https://…)'"),
    (r"\[\[[^\]]*\]\]", "'{}' is no link here; write '[words](page.md)'"),
    (r"\] +\((?=[^\s)]*[./#])", "'{}' keeps this from being a link; take out the space"),
    (r"\$\$|\\[()\[\]]", "'{}' begins no formula here; write it in words, or in backticks"),
    (r"%%(?=\S)", "'{}' hides nothing here; delete what is not to be read"),
    (r"'''?(?=\S)", "'{}' makes no bold type here; write '**' before and after the words"),
    (r"&(?:[A-Za-z]\w*|#\d+);", "'{}' is the name of no character; write the character itself"),
)
"""Anywhere in words."""


def _pattern(signs: tuple[tuple[str, str], ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"({sign})" for sign, _ in signs))


_BEGINNINGS = re.compile(r"[*_`~=+^\[\]\\%&{$|?•–—‣▪◦●○■►❖➢➤·]|''|:[a-z: ]|://|www\.|^[-.h:\d]|TOC")
"""What every sign has, to be looked for first."""

_FIRST, _ANY = _pattern(_AT_FIRST), _pattern(_ANYWHERE)


def find_signs(words: str, *, is_first: bool, is_link: bool) -> Iterator[tuple[int, str, str]]:
    """Yield each sign in some words that are no code: its offset, itself and what to say of it.

    Args:
        words: as readers see them.
        is_first: whether a paragraph, an item or a cell begins with them.
        is_link: whether they stand in a link, which may be called by its address.

    >>> [message.partition(";")[0] for _, _, message in find_signs("Call ~~us them", is_first=True, is_link=False)]
    ["'~~' strikes nothing out here"]
    """
    if not _BEGINNINGS.search(words):
        return
    first = _FIRST.match(words) if is_first else None
    if first and first.lastindex:
        yield 0, first[0], _AT_FIRST[first.lastindex - 1][1].format(first[0].strip())
    for found in _ANY.finditer(words, first.end() if first else 0):
        if found.lastindex and not (is_link and _ADDRESS.match(found[0])):
            yield found.start(), found[0], _ANYWHERE[found.lastindex - 1][1].format(found[0])
