"""What stops a file for download from being written: problems with a place, as everywhere else."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import CheckFailedError, Location, Problem

if TYPE_CHECKING:
    from lxml.html import HtmlElement


class DownloadError(CheckFailedError):
    """Raised when files for download cannot be written; holds a problem for each fault, with its place."""

    @classmethod
    def at(cls, file: str, message: str, line: int = 1) -> DownloadError:
        """Build the error of a single fault.

        Args:
            file: path of the file that holds it, with forward slashes.
            message: what is wrong and what to do.
            line: where in the file, from 1.
        """
        return cls([Problem(Location(file, line), ProblemKind.NOT_PRINTABLE, message)])


def element_problem(file: str, element: HtmlElement, message: str) -> Problem:
    """Build the problem of an element of a built page, placed at its line there."""
    return Problem(Location(file, element.sourceline or 1), ProblemKind.NOT_PRINTABLE, message)
