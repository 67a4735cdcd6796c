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

from handbook.problem_kinds import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Sequence

_FENCE = re.compile(r"([ \t]*)(`{3,}|~{3,})(.*)$")
_LANGUAGE = re.compile(r"[\w+#.-]*")
_HEADING = re.compile(r"(#{1,6})\s+(.*)$")
_NEARLY_A_HEADING = re.compile(r"#{1,6}[^#\s]|(?:[ \t>]|[-*+][ \t]|\d+[.)][ \t])+#{1,6}(?:[ \t]|$)")
_UNDERLINE = re.compile(r"[ \t>]*(?:=+|-+)[ \t]*$")
_MARKUP = re.compile(r"\[([^\[\]]*)\]\([^()]*\)|[*`]+")
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
    """The structure of a page.

    Attributes:
        sections: in their order.
        fenced: the lines that are in code fences.
        faults: lines that Markdown may take for something else than their authors, each with what to report.
    """

    sections: Sequence[Section]
    fenced: frozenset[int]
    faults: Sequence[tuple[int, ProblemKind, str]]

    def section_at(self, line: int) -> Section | None:
        """Find the section in which a line of the file stands; None before the first heading."""
        index = bisect_right(self.sections, line, key=lambda section: section.line)
        return self.sections[index - 1] if index else None

    def end_of(self, section: Section) -> float:
        """Return the line on which the next section of the same or a higher level begins; infinity after the last."""
        after = (other.line for other in self.sections if other.line > section.line and other.level <= section.level)
        return next(after, math.inf)


def outline(body: str, first_line: int) -> Outline:
    """Read the outline of a page's body, which begins on `first_line` of its file."""
    reader = _Reader()
    for number, line in enumerate(body.split("\n"), first_line):
        reader.read(number, line)
    return reader.finish()


class _Reader:
    """Reads line by line; holds what has been met so far."""

    def __init__(self) -> None:
        self._sections: list[Section] = []
        self._fenced: set[int] = set()
        self._faults: list[tuple[int, ProblemKind, str]] = []
        self._anchors: set[str] = set()
        self._counters: dict[str, int] = {}
        """The last number of each anchor that several headings would have, or each would be counted from 1."""
        self._fence: _Fence | None = None
        self._before = ("", "")
        """The last two lines, as far as they are text."""

    def read(self, number: int, line: str) -> None:
        if self._fence:
            self._read_code(number, line, self._fence)
        elif (mark := _FENCE.match(line)) and not _is_span(mark):
            self._open(number, mark)
        else:
            self._read_text(number, line)

    def finish(self) -> Outline:
        if self._fence:
            message = "the code fence that begins here is never closed; end it with a line like this one"
            self._faults.append((self._fence.line, ProblemKind.CODE_FENCE, message))
        return Outline(tuple(self._sections), frozenset(self._fenced), tuple(self._faults))

    def _open(self, number: int, mark: re.Match[str]) -> None:
        language = mark[3].strip(" \t")
        if not _LANGUAGE.fullmatch(language):
            message = f"'{language}' may not follow the code fence; leave one word, such as 'text', or nothing"
            if re.fullmatch(r"\{[\w-]+\}", language):
                message = f"'{language}' makes no box of this here; write '!!! notice' and indent the text by four"
            self._faults.append((number, ProblemKind.CODE_FENCE, message))
        self._fence = _Fence(number, mark[1], mark[2])
        self._fenced.add(number)
        self._before = ("", "")

    def _read_code(self, number: int, line: str, fence: _Fence) -> None:
        self._fenced.add(number)
        if line.rstrip(" \t") == f"{fence.indent}{fence.mark}":
            self._fence = None
        elif line.strip().startswith(fence.mark) and set(line.strip()) == {fence.mark[0]}:
            message = (
                f"this ends no code, as the fence in line {fence.line} has {len(fence.mark)} marks and this one "
                f"{len(line.strip())}; write as many"
            )
            self._faults.append((number, ProblemKind.CODE_FENCE, message))
            self._fence = None
        elif line.strip() and not line.startswith(fence.indent):
            message = f"this line of code begins before its fence in line {fence.line}; indent it as far"
            self._faults.append((number, ProblemKind.CODE_FENCE, message))

    def _read_text(self, number: int, line: str) -> None:
        if heading := _HEADING.match(line):
            self._read_heading(number, heading)
        elif _NEARLY_A_HEADING.match(line):
            message = "a heading begins at the start of its line, with a space after '#'; write it as '## Title'"
            self._faults.append((number, ProblemKind.HEADING, message))
        elif self._before[1].strip() and not self._before[0].strip() and _UNDERLINE.match(line):
            message = "this line makes a heading of the one above; write '## Title', or leave an empty line between"
            self._faults.append((number, ProblemKind.HEADING, message))
        self._before = (self._before[1], line if not heading else "")

    def _read_heading(self, number: int, heading: re.Match[str]) -> None:
        """Keep a section as the `toc` and `attr_list` extensions of Python-Markdown name it."""
        title, attributes = _split_attributes(_without_closing_marks(heading[2].rstrip()))
        title = _MARKUP.sub(r"\1", title)
        wanted = next((word[1:] for word in attributes.split() if word.startswith("#")), "") or slugify(title, "-")
        anchor = unique(wanted, self._anchors, self._counters)
        same = next((section for section in self._sections if section.anchor == wanted), None)
        if anchor != wanted and not (same and same.title.casefold() == title.casefold()):
            why = f"the anchor of line {same.line}" if same else "no letters of which an anchor could be made"
            message = f"the heading '{title}' has {why}; write one behind it, as in '## Title {{ #my-anchor }}'"
            self._faults.append((number, ProblemKind.HEADING, message))
        self._anchors.add(anchor)
        self._sections.append(Section(title, anchor, len(heading[1]), number))


@dataclass(frozen=True, slots=True)
class _Fence:
    """A code fence that is open: where it began, how far it is indented, and the marks that will close it."""

    line: int
    indent: str
    mark: str


def _is_span(mark: re.Match[str]) -> bool:
    """Tell whether the line only begins with code in so many backticks, which end in it."""
    return "`" in mark[2] and mark[2] in mark[3]


def _without_closing_marks(title: str) -> str:
    """Take off the marks that may end a heading as they began it."""
    words = title.rstrip("#")
    return words.rstrip() if words[-1:].isspace() else title


def _split_attributes(title: str) -> tuple[str, str]:
    """Return a heading without the list of attributes at its end, and that list."""
    words, brace, attributes = title.rpartition("{")
    if brace and attributes.endswith("}") and attributes.count("}") == 1:
        return words.rstrip(), attributes[:-1].removeprefix(":")
    return title, ""
