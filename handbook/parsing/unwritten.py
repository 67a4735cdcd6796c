"""The places in a file that still wait for their editor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem

if TYPE_CHECKING:
    from handbook.problems import Report

UNWRITTEN = "To be written:"
"""What `handbook new` writes where an editor has to write."""


def report_unwritten(text: str, file: str, report: Report) -> None:
    """Report each place where the text says that it is to be written."""
    for number, line in enumerate(text.split("\n"), 1) if UNWRITTEN in text else ():
        if column := line.find(UNWRITTEN) + 1:
            words = line[column - 1 :].strip('"* ')
            in_comment = line[: column - 1].rstrip().endswith("#")
            advice = (
                "choose what is right, then delete all from '#' on" if in_comment else "write it, or delete the line"
            )
            report(Problem(Location(file, number, column), ProblemKind.TO_BE_WRITTEN, f"'{words}'; {advice}"))
