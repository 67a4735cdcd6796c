"""Whether provisions of national law were read, when, and by what words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, Severity

if TYPE_CHECKING:
    import datetime as dt

    from handbook.model.registry import Registry
    from handbook.problems import Report

MOST_SEEN_WORDS = 40
"""Enough to find the place again, and too few to copy a law."""


def check_national_law(registry: Registry, today: dt.date, report: Report) -> None:
    """Check the days on which provisions were read, and the length of the words seen.

    Args:
        registry: the entries.
        today: the day by which reviews are due or not.
        report: called with each problem.
    """
    for provision in registry.provisions.values():
        if (count := len(provision.seen.split())) > MOST_SEEN_WORDS:
            message = f"'{provision.id}' has {count} words seen, {MOST_SEEN_WORDS} at most; leave those that say it"
            report(Problem(provision.at("seen"), ProblemKind.TOO_MUCH, message))
        if provision.seen_on > today:
            message = f"'{provision.seen_on}' is still to come; write the day on which somebody read the law"
            report(Problem(provision.at("seen_on"), ProblemKind.WRONG_VALUE, message))
        elif provision.is_overdue(today):
            message = (
                f"'{provision.id}' was last read on {provision.seen_on}, more than a year ago; read the law again, "
                "correct the entry and write the day"
            )
            report(Problem(provision.at("seen_on"), ProblemKind.REVIEW_OVERDUE, message, Severity.WARNING))
