"""The headings of a page and their anchors, and which lines are code: what a check needs of Markdown, and no more.

Rendering each page to learn its headings would take a hundred times as long. The gate on the built site compares what
is found here with what Markdown made of it, so a difference cannot go unnoticed.
"""

from __future__ import annotations

import math
import re
from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown.extensions.toc import slugify, unique

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"\s*(`{3,}|~{3,})")
_HEADING = re.compile(r"(#{1,6})\s+(.*?)(?:\s+#+)?\s*$")
_ATTRIBUTES = re.compile(r"\s*\{:?\s*([^{}]*)\}\s*$")
_MARKUP = re.compile(r"\[([^\]]*)\]\([^)]*\)|[*`]+")
"""Links, emphasis and code in a heading; the anchor is made from the words alone."""


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and all up to the next one.

    Attributes:
        title: the heading's words.
        anchor: what follows `#` in links to it.
        level: 1 for the page's title, 2 for its parts, and so on.
        line: line of the file on which the heading stands.
    """

    title: str
    anchor: str
    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Outline:
    """The sections of a page in their order, and the lines that are in code fences or are headings."""

    sections: Sequence[Section]
    fenced: frozenset[int]

    def section_at(self, line: int) -> Section | None:
        """Give the section in which a line of the file stands; None before the first heading."""
        index = bisect_right(self.sections, line, key=lambda section: section.line)
        return self.sections[index - 1] if index else None

    def end_of(self, section: Section) -> float:
        """Give the line on which the next section of the same or a higher level begins; infinity after the last."""
        after = (other.line for other in self.sections if other.line > section.line and other.level <= section.level)
        return next(after, math.inf)


def outline(body: str, first_line: int) -> Outline:
    """Read the outline of a page's body, which begins on `first_line` of its file."""
    sections: list[Section] = []
    fenced: set[int] = set()
    anchors: set[str] = set()
    fence = ""
    for number, line in enumerate(body.split("\n"), first_line):
        mark = _FENCE.match(line)
        if fence:
            fenced.add(number)
            if mark and mark[1].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark[1]
            fenced.add(number)
        elif heading := _HEADING.match(line):
            sections.append(_section(heading, number, anchors))
    return Outline(tuple(sections), frozenset(fenced))


def _section(heading: re.Match[str], line: int, anchors: set[str]) -> Section:
    """Make a section as the `toc` and `attr_list` extensions of Python-Markdown name it."""
    title = heading[2]
    anchor = ""
    if attributes := _ATTRIBUTES.search(title):
        title = title[: attributes.start()]
        anchor = next((word[1:] for word in attributes[1].split() if word.startswith("#")), "")
    title = _MARKUP.sub(r"\1", title)
    anchor = anchor or unique(slugify(title, "-"), anchors)
    anchors.add(anchor)
    return Section(title, anchor, len(heading[1]), line)
