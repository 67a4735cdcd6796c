"""What can be wrong, where it stands, and how it is said.

Every check reports `Problem` values; printing them is the business of the command line and of the build.
"""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

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
        super().__init__("\n".join(problem.line() for problem in problems))


class Location(NamedTuple):
    """A place in a source file; the first line and the first column are 1."""

    file: str
    """Path with forward slashes, relative to the project's root."""
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        """Give `file:line:column`, which editors and terminals turn into a link."""
        return f"{self.file}:{self.line}:{self.column}"


class Severity(StrEnum):
    """Whether a problem stops the build."""

    ERROR = "error"
    WARNING = "warning"


class ProblemKind(StrEnum):
    """Everything that a check can report. The docstring of each member is its entry in the editors' guide."""

    UNREADABLE = "unreadable", "The file or folder is missing or cannot be read."
    ENCODING = "encoding", "The file is not UTF-8 text, or starts with a byte order mark."
    MERGE_CONFLICT = "merge-conflict", "Git left a conflict marker in the file."
    EMPTY_FILE = "empty-file", "The file has no content."
    YAML_SYNTAX = "yaml-syntax", "The YAML cannot be parsed."
    YAML_FEATURE = "yaml-feature", "YAML anchors, aliases, tags and several documents in one file are not used here."
    FRONT_MATTER = "front-matter", "The page does not begin with front matter between two lines of three dashes."
    DUPLICATE_KEY = "duplicate-key", "The same key stands twice in one entry."
    UNKNOWN_KEY = "unknown-key", "The entry has a key that is not defined."
    MISSING_KEY = "missing-key", "The entry lacks a key that it must have."
    WRONG_TYPE = "wrong-type", "The value is of another type than the key asks for."
    WRONG_VALUE = "wrong-value", "The value is not one of those allowed, or breaks a rule of its key."
    MALFORMED_ID = "malformed-id", "The id is not written as ids of its kind are."
    DUPLICATE_ID = "duplicate-id", "Two entries have the same id."
    UNKNOWN_AREA = "unknown-area", "No challenge area has this id."
    UNKNOWN_ROLE = "unknown-role", "No role has this id."
    UNKNOWN_SOURCE = "unknown-source", "No source has this id."
    UNKNOWN_TERM = "unknown-term", "The glossary has no such term."
    UNKNOWN_ACTOR = "unknown-actor", "No actor has this id."
    UNKNOWN_RECOMMENDATION = "unknown-recommendation", "No recommendation has this id."
    UNKNOWN_PAGE = "unknown-page", "There is no page at this path."
    UNVERIFIED = "unverified", "A recommendation that nobody has verified is used as if it were known."
    REPLACEMENT = "replacement", "A retired recommendation does not lead to a current one."
    MISSING_PART = "missing-part", "The page lacks a part that pages of its kind have, or has it in another order."
    TO_BE_WRITTEN = "to-be-written", "The page still has a place that waits for its text."
    FEW_SOURCES = "few-sources", "A guidance page cites fewer than three sources."
    UNUSED_SOURCE = "unused-source", "Nothing cites this source, and it is not marked as background."
    NOT_IN_HISTORY = "not-in-history", "The id or the page is new, and not yet noted in data/ids.yml."
    VANISHED = "vanished", "An id or a page that was there before is gone."
    REDIRECT = "redirect", "A redirect begins at a page that exists, or does not lead to one."
    SUSPECT = "suspect", "A recommendation's wording is not the one that the page was confirmed for. This is a warning."
    REVIEW_OVERDUE = "review-overdue", "The page's next review lies in the past. This is a warning."
    HARD_TO_READ = "hard-to-read", "The page's sentences or words are too long for its readers. This is a warning."
    TEMPLATE_SYNTAX = "template-syntax", "The page has braces that do not form a complete macro call."
    TEMPLATE_CODE = "template-code", "The page has template code other than a macro call with constant arguments."
    UNKNOWN_MACRO = "unknown-macro", "There is no macro of this name."
    MACRO_ARGUMENTS = "macro-arguments", "The macro is called with arguments that it does not take."
    MACRO_PLACE = "macro-place", "The macro call stands where its result cannot be shown."
    COVERS_STATUS = "covers-status", "Only active recommendations are put into practice; this one is not."
    COVERS_PLACE = "covers-place", "The mark is not in a section of a page of a kind that gives guidance."
    UNCOVERED = "uncovered", "No section puts this active recommendation into practice."
    EMPTY_PACK = "empty-pack", "The pack takes no page."
    RETIRED_COVERED = "retired-covered", "A section puts a retired recommendation into practice."
    BROKEN_LINK = "broken-link", "A link of the built site leads nowhere."
    NOT_SHOWN = "not-shown", "The built site does not show what the sources say it should."
    BROKEN_PROMISE = "broken-promise", "A file that the site offers for download is missing, empty or too large."

    description: str

    def __new__(cls, value: str, description: str) -> ProblemKind:  # noqa: PYI034, D102 - an enum's `Self` is its class
        member = str.__new__(cls, value)
        member._value_ = value
        member.description = description
        return member


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing to mend: where it is, of what kind, and in words what is wrong and what to do."""

    location: Location
    kind: ProblemKind
    message: str
    severity: Severity = Severity.ERROR

    def line(self) -> str:
        """Give the one line that is printed everywhere."""
        return f"{self.location}: {self.severity}[{self.kind}] {self.message}"


def nearest(name: str, known: Iterable[str]) -> str:
    """Give the half sentence that offers the known name closest to a mistyped one, or nothing.

    Case and the look-alikes O/0 and I/l/1 count as equal, since they are what people mistype in ids.
    """
    plain = {_without_look_alikes(candidate): candidate for candidate in known}
    matches = difflib.get_close_matches(_without_look_alikes(name), plain, n=1)
    return f"; did you mean '{plain[matches[0]]}'?" if matches else ""


def _without_look_alikes(name: str) -> str:
    return name.casefold().translate(str.maketrans("oil", "011"))
