"""What can be wrong, where it stands, and how it is said.

Every check reports `Problem` values; printing them is the business of the command line and of the build.
"""

from __future__ import annotations

import difflib
import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from handbook.limits import MOST_COMPARED

if TYPE_CHECKING:
    from handbook.problem_kinds import ProblemKind

Report = Callable[["Problem"], None]
"""Whoever checks is given one of these and calls it for each problem; usually `list.append`."""


class HandbookError(Exception):
    """Root of all errors that this package raises on purpose."""


class CheckFailedError(HandbookError):
    """Raised by whoever was about to use a corpus that has errors.

    The message holds one line per problem.
    """

    def __init__(self, problems: Iterable[Problem]) -> None:
        """Join the problems' lines into the message."""
        self.problems = tuple(problems)
        super().__init__("\n".join(problem.line() for problem in self.problems))


class Location(NamedTuple):
    """A place in a source file; the first line and the first column are 1."""

    file: str
    """Path with forward slashes, relative to the project's root."""
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Return `file:line:column`, which editors and terminals turn into a link."""
        return f"{self.file}:{self.line}:{self.column}"


class LineIndex:
    """Tells where the offsets of a text stand in its file."""

    def __init__(self, text: str, file: str, first_line: int) -> None:
        """Note where the lines of a text begin that begins on `first_line` of its file."""
        self._starts = [0, *(end.end() for end in re.finditer("\n", text))]
        self._file = file
        self._first_line = first_line

    def at(self, offset: int) -> Location:
        """Return the place of an offset."""
        line = bisect_right(self._starts, offset) - 1
        return Location(self._file, self._first_line + line, offset - self._starts[line] + 1)


class Severity(StrEnum):
    """Whether a problem stops the build."""

    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is, of what kind, and in words what is wrong and what to do."""

    location: Location
    kind: ProblemKind
    message: str
    severity: Severity = Severity.ERROR

    def line(self) -> str:
        """Return the one line that is printed everywhere.

        What is invisible in names and quotations is shown, or a quotation could forge a line of its own.
        """
        return f"{visible(str(self.location))}: {self.severity}[{self.kind}] {visible(self.message)}"


def visible(text: str) -> str:
    """Return a text as something to show: what moves the cursor or breaks the line is written as Python would."""
    return text if text.isprintable() else "".join(c if c.isprintable() else repr(c)[1:-1] for c in text)


def nearest(name: str, known: Collection[str]) -> str:
    """Return the half sentence that offers the known name closest to a mistyped one, or nothing.

    Nothing is offered of very many names. Case and the look-alikes O/0 and I/l/1 count as equal, since they are what
    people mistype in ids.
    """
    if len(known) > MOST_COMPARED:
        return ""
    plain = {_without_look_alikes(candidate): candidate for candidate in known}
    matches = difflib.get_close_matches(_without_look_alikes(name), plain, n=1)
    return f"; did you mean '{plain[matches[0]]}'?" if matches else ""


def _without_look_alikes(name: str) -> str:
    return name.casefold().translate(str.maketrans("oil", "011"))
