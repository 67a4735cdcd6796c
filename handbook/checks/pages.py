"""What a page must have, beyond being readable."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.checks.readability import readability_fault
from handbook.model.front_matter import PARTS
from handbook.model.vocabulary import PageKind
from handbook.parsing.macro_calls import MACROS
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Severity, nearest

if TYPE_CHECKING:
    import datetime as dt

    from handbook.model.pages import Page, Pages
    from handbook.parsing.macro_calls import Call
    from handbook.problems import Report

FEWEST_SOURCES = 3
"""Of a guidance page: what only one or two say is not yet advice."""

TITLE_LEVEL = 1
PART_LEVEL = 2
"""Level of the headings that divide a page into its parts."""


def check_pages(pages: Pages, today: dt.date, report: Report) -> None:
    """Check every page by itself.

    Args:
        pages: the pages that could be read.
        today: reviews that were due before its month are overdue.
        report: called with each problem.
    """
    for page in pages:
        _check_page(page, today, report)
        if fault := readability_fault(page.prose):
            report(Problem(Location(page.file), ProblemKind.HARD_TO_READ, fault, Severity.WARNING))


def _check_page(page: Page, today: dt.date, report: Report) -> None:
    _check_outline(page, report)
    _check_parts(page, report)
    _check_sources(page, report)
    _check_repeats(page, report)
    _check_review(page, today, report)
    lines = page.body.split("\n")
    for call in page.calls:
        _check_place(page, call, lines[call.location.line - page.first_line], report)


def _check_outline(page: Page, report: Report) -> None:
    for line, kind, message in page.outline.faults:
        report(Problem(Location(page.file, line), kind, message))
    above = TITLE_LEVEL
    first_lines: dict[str, int] = {}
    for section in page.outline.sections:
        location = Location(page.file, section.line)
        if not TITLE_LEVEL < section.level <= above + 1:
            message = f"'{section.title}' is a heading of level {section.level} below one of level {above}; {_LEVELS}"
            if section.level == TITLE_LEVEL:
                message = (
                    f"'{section.title}' has the level of the page's title, which the front matter sets; {_NO_TITLE}"
                )
            report(Problem(location, ProblemKind.HEADING, message))
        first = first_lines.setdefault(section.title.casefold(), section.line)
        if first != section.line:
            message = f"the heading '{section.title}' stands in line {first} already; say what sets this one apart"
            report(Problem(location, ProblemKind.DUPLICATE_HEADING, message))
        above = section.level


_NO_TITLE = "delete this line, or write '##'"
_LEVELS = "the title has level 1, parts have level 2 ('##'), their sections level 3 ('###')"


def _check_parts(page: Page, report: Report) -> None:
    """Report the first part of the page's kind that is missing or out of order; the rest would only follow from it."""
    wanted = PARTS.get(page.meta.kind, ())
    found = [section for section in page.outline.sections if section.level == PART_LEVEL]
    titles = iter([section.title for section in found])
    missing = next((part for part in wanted if part not in titles), None)
    if missing is None:
        return
    misplaced = next((section for section in found if section.title == missing), None)
    near = nearest(missing, [section.title for section in found if section.title not in wanted])
    fault = "stands in the wrong place" if misplaced else f"is missing{near}"
    location = Location(page.file, misplaced.line if misplaced else page.meta.at("kind").line)
    message = f"the part '{missing}' {fault}; the order is {', '.join(wanted)}"
    report(Problem(location, ProblemKind.MISSING_PART, message))


def _check_sources(page: Page, report: Report) -> None:
    if page.meta.kind is PageKind.GUIDANCE and len(page.citations) < FEWEST_SOURCES:
        message = (
            f"a guidance page cites at least {FEWEST_SOURCES} different sources; this one cites {len(page.citations)}"
        )
        report(Problem(page.meta.at("kind"), ProblemKind.FEW_SOURCES, message))
    if page.meta.kind is PageKind.CASE_STUDY:
        for section in page.outline.sections:
            if section.title in _TOLD and not page.cited_in(section):
                message = f"'{section.title}' cites nothing; a case tells only what sources say, so cite them here"
                report(Problem(Location(page.file, section.line), ProblemKind.FEW_SOURCES, message))


_TOLD = frozenset({"What was done", "What happened"})
"""Parts of a case that are a report of others."""


def _check_review(page: Page, today: dt.date, report: Report) -> None:
    if page.meta.is_overdue(today):
        due = page.meta.next_review.strftime("%Y-%m")
        message = f"the review was due in {due}; read the page again, then write today's date here"
        report(Problem(page.meta.at("reviewed"), ProblemKind.REVIEW_OVERDUE, message, Severity.WARNING))


def _check_place(page: Page, call: Call, line: str, report: Report) -> None:
    """Report calls whose result Markdown would not show as meant."""
    if call.location.line in page.outline.fenced:
        message = (
            f"'{call.macro}' stands in a code fence; move it out, or write it between {{% raw %}} and {{% endraw %}}"
        )
    elif line.startswith("#"):
        message = f"'{call.macro}' stands in a heading, whose anchor would change with it; put it below"
    elif MACROS[call.macro].block and not re.fullmatch(r"\s*\{\{[^{}]*\}\}\s*", line):
        message = f"'{call.macro}' must have its line to itself; put it on a line of its own, with empty lines around"
    else:
        return
    report(Problem(call.location, ProblemKind.MACRO_PLACE, message))


_REPEATABLE = frozenset({"covers"})
"""Blocks that two sections may have alike: each says what its own section does."""


def _check_repeats(page: Page, report: Report) -> None:
    """Report a block that stands on the page already: it would have the same anchors, and make the page long."""
    seen: dict[tuple[str, tuple[tuple[str, object], ...]], int] = {}
    for call in page.calls:
        if not MACROS[call.macro].block or call.macro in _REPEATABLE:
            continue
        first = seen.setdefault((call.macro, tuple(call.arguments.items())), call.location.line)
        if first != call.location.line:
            message = f"'{call.macro}' gives the same on line {first}; link to that"
            report(Problem(call.location, ProblemKind.MACRO_PLACE, message))
