"""Runs of marks that no writer needs, found before a page is read any further.

Counted in the text as it stands, code included: what counts less than Markdown does could be made to count nothing.
"""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.limits import (
    LONGEST_HEADING,
    LONGEST_PARAGRAPH,
    LONGEST_REFERENCE,
    MOST_ANGLES,
    MOST_BACKTICKS,
    MOST_BRACES,
    MOST_BRACKETS,
    MOST_HEADINGS,
    MOST_NESTED,
    MOST_TABLE_COLUMNS,
    MOST_TILDES,
)
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = MappingProxyType(
    {
        "[": (MOST_BRACKETS, "make two pages of it, or delete what is no link"),
        "<": (MOST_ANGLES, "write it in Markdown, or make two pages of it"),
        "{{": (MOST_BRACES, "make two pages of it"),
        "`": (MOST_BACKTICKS, "make two pages of it"),
        "~~~": (MOST_TILDES, "make two pages of it"),
    }
)
"""For each mark, how many a page may have, and what to do when it has more."""

_BEGINNING = re.compile(r"(?:[ \t]|>|[-*+][ \t]|\d{1,9}[.)][ \t])*")
"""What stands before the text of a line: its indentation, and the marks of quotations and lists."""

_MARK = re.compile(r"[>*+-]|\d+")
_INDENT = 4
"""Spaces for a level of nesting, in Python-Markdown."""

_PIPES = MOST_TABLE_COLUMNS + 1


def density_problem(body: str, file: str, first_line: int) -> Problem | None:
    """Return the first problem of a page's body that has too much of something, None if it has not.

    Args:
        body: the Markdown after the front matter.
        file: the page's path in problems.
        first_line: line of the file on which the body begins.
    """
    faults = (
        (_place(file, first_line, body, offset), message)
        for found in (_runs(body), _references(body), _lines(body))
        for offset, message in found
    )
    place, message = min(faults, default=(None, ""))
    return Problem(place, ProblemKind.TOO_MUCH, message) if place else None


def _place(file: str, first_line: int, body: str, offset: int) -> Location:
    return Location(file, first_line + body.count("\n", 0, offset), offset - body.rfind("\n", 0, offset))


def _runs(body: str) -> Iterator[tuple[int, str]]:
    """Find the first of each mark that is one too many."""
    for mark, (most, advice) in _MOST.items():
        if body.count(mark) > most:
            offset = -1
            for _ in range(most + 1):
                offset = body.index(mark, offset + 1)
            yield offset, f"more than {most} '{mark}' stand on the page up to here; {advice}"


def _references(body: str) -> Iterator[tuple[int, str]]:
    """Find the first number of a character that is longer than any; Python refuses to read it, even in code."""
    if found := re.search(rf"&#\w{{{LONGEST_REFERENCE + 1},}}", body):
        yield found.start(), f"'{found[0][:LONGEST_REFERENCE]}…' is no character; write the character itself"


def _lines(body: str) -> Iterator[tuple[int, str]]:
    """Find the first line that is too long, too deep or too wide, or one paragraph or heading too many."""
    offset = headings = paragraph = 0
    for line in body.split("\n"):
        headings += line.startswith("#")
        paragraph += len(line) + 1
        if message := _line_fault(line, headings) or _paragraph_fault(paragraph):
            yield offset, message
            return
        offset += len(line) + 1
        if not line.strip():
            paragraph = 0


def _line_fault(line: str, headings: int) -> str:
    if line.startswith("#") and len(line) > LONGEST_HEADING:
        return f"this heading has {len(line)} characters, {LONGEST_HEADING} at most; shorten it"
    if headings > MOST_HEADINGS:
        return f"this is heading {headings} of the page, {MOST_HEADINGS} at most; make two pages of it"
    if line.count("|") > _PIPES:
        return f"this table has more than {MOST_TABLE_COLUMNS} columns; make two tables of it"
    if _depth(line) > MOST_NESTED:
        return f"this is nested more than {MOST_NESTED} levels deep; bring it nearer to the start of the line"
    return ""


def _paragraph_fault(length: int) -> str:
    if length > LONGEST_PARAGRAPH:
        return f"this paragraph has more than {LONGEST_PARAGRAPH} characters; leave an empty line in it"
    return ""


def _depth(line: str) -> int:
    """Count the levels of lists, quotations and indentation at which the text of a line stands."""
    beginning = _BEGINNING.match(line)
    before = beginning[0].expandtabs(_INDENT) if beginning and line.strip() else ""
    return len(_MARK.findall(before)) + (len(before) - len(before.lstrip())) // _INDENT
