"""What a page must have, beyond being readable, and what its parts may refer to."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handbook.checks.readability import prose_fault
from handbook.model.front_matter import PARTS
from handbook.model.records import Selection
from handbook.model.vocabulary import DEGREES, PageKind, PictureName, Stage
from handbook.parsing.macro_calls import MACROS
from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Severity, nearest

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Sequence

    from handbook.model.pages import Page, Pages
    from handbook.model.registry import Registry
    from handbook.model.values import Record
    from handbook.parsing.macro_calls import Call
    from handbook.problems import Report

FEWEST_SOURCES = 3
"""Of a guidance page: what only one or two say is not yet advice."""

TITLE_LEVEL = 1
PART_LEVEL = 2
"""Level of the headings that divide a page into its parts."""


def check_pages(pages: Pages, registry: Registry, today: dt.date, report: Report) -> None:
    """Check every page, and what the registry says of pages.

    Args:
        pages: the pages that could be read.
        registry: what they may refer to.
        today: reviews that were due before its month are overdue.
        report: called with each problem.

    Raises:
        WorkerError: if a process that looks at a share of the pages is ended.
    """
    for page, fault in zip(pages, prose_fault.of_each([(page.prose,) for page in pages]), strict=True):
        _check_page(page, registry, today, report)
        if fault:
            report(Problem(Location(page.file), ProblemKind.HARD_TO_READ, fault, Severity.WARNING))
    _check_actor_pages(registry, pages, report)
    _check_packs(registry, pages, report)
    _check_situations(registry, pages, report)
    _check_changes(registry, pages, report)
    _check_unused_sources(registry, pages, report)


def _check_page(page: Page, registry: Registry, today: dt.date, report: Report) -> None:
    for position, name in enumerate(page.meta.roles):
        if problem := registry.unknown("role", name, page.meta.at("roles", position)):
            report(problem)
    _check_outline(page, report)
    _check_parts(page, report)
    _check_sources(page, report)
    _check_review(page, today, report)
    lines = page.body.split("\n")
    for call in page.calls:
        _check_names(call, registry, report)
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
            report(Problem(location, ProblemKind.HEADING, message))
        first = first_lines.setdefault(section.title.casefold(), section.line)
        if first != section.line:
            message = f"the heading '{section.title}' stands in line {first} already; say what sets this one apart"
            report(Problem(location, ProblemKind.DUPLICATE_HEADING, message))
        above = section.level


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


def _check_review(page: Page, today: dt.date, report: Report) -> None:
    if page.meta.is_overdue(today):
        due = page.meta.next_review.strftime("%Y-%m")
        message = f"the review was due in {due}; read the page again, then write today's date here"
        report(Problem(page.meta.at("reviewed"), ProblemKind.REVIEW_OVERDUE, message, Severity.WARNING))


def _check_names(call: Call, registry: Registry, report: Report) -> None:
    for target, name in call.references():
        if target in _CHOICES:
            if name not in _CHOICES[target]:
                near = nearest(name, _CHOICES[target]) or f"; write one of {', '.join(_CHOICES[target])}"
                message = f"'{name}' is not a {target}{near}"
                report(Problem(call.location, ProblemKind.MACRO_ARGUMENTS, message))
        elif problem := registry.unknown(target, name, call.location):
            report(problem)
        elif call.macro == "rec" and (found := registry.recommendations.get(name)) and not found.public:
            message = f"'{name}' is unverified, so no page may name it; find a source for it first"
            report(Problem(call.location, ProblemKind.UNVERIFIED, message))


_CHOICES = {
    "stage": tuple(str(stage) for stage in Stage),
    "kind": tuple(str(kind) for kind in PageKind),
    "degree": tuple(DEGREES),
    "picture": tuple(str(picture) for picture in PictureName),
}


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


def _check_actor_pages(registry: Registry, pages: Pages, report: Report) -> None:
    """Report actors whose page is missing, and pages about a body that no actor names."""
    named = {actor.page for actor in registry.actors.values() if actor.page}
    known = [*pages.by_uri, *pages.broken]
    for actor in registry.actors.values():
        if actor.page and actor.page not in known:
            message = f"'{actor.page}' is not a page under docs/{nearest(actor.page, known) or '; write it'}"
            report(Problem(actor.at("page"), ProblemKind.UNKNOWN_PAGE, message))
    for page in pages.select(Selection(kinds=(PageKind.ACTOR,))):
        if page.src_uri not in named:
            message = (
                f"no actor in data/actors.yml has the page '{page.src_uri}'; add 'page: {page.src_uri}' to its entry"
            )
            report(Problem(page.meta.at("kind"), ProblemKind.UNKNOWN_ACTOR, message))


def _check_packs(registry: Registry, pages: Pages, report: Report) -> None:
    """Report packs that name a page which is missing; and packs without a page, unless a mistyped name is why."""
    for pack in registry.packs.values():
        _check_page_names(pack, ("selection", "pages"), pack.selection.pages, pages, report)
        _check_page_names(pack, ("order",), pack.order, pages, report)
        is_known = registry.names["area"].issuperset(pack.selection.areas)
        is_known &= registry.names["role"].issuperset(pack.selection.roles)
        if is_known and pages.by_uri and not pages.broken and not any(pages.select(pack.selection)):
            message = f"no page fits the selection of the pack '{pack.id}'; take a key out of it, or delete the pack"
            report(Problem(pack.at("selection"), ProblemKind.EMPTY_PACK, message))


def _check_situations(registry: Registry, pages: Pages, report: Report) -> None:
    """Report situations that lead to a missing page and, when all can be read, guidance to which none leads."""
    if not pages.names:  # then something else is wrong
        return
    reached = {name for situation in registry.situations.values() for name in situation.pages}
    for situation in registry.situations.values():
        _check_page_names(situation, ("pages",), situation.pages, pages, report)
    all_read = registry.names["situation"] == registry.situations.keys()
    for page in pages.select(Selection(kinds=(PageKind.GUIDANCE,))):
        if all_read and page.src_uri not in reached:
            message = (
                f"no situation of the finder leads to '{page.src_uri}'; add it to the 'pages' of one in "
                "data/situations.yml"
            )
            report(Problem(page.meta.at("title"), ProblemKind.UNREACHED, message))


def _check_changes(registry: Registry, pages: Pages, report: Report) -> None:
    """Report notes of changes that name a page which is missing."""
    for note in registry.changes if pages.names else ():
        _check_page_names(note, ("pages",), note.pages, pages, report)


def _check_page_names(
    record: Record, path: tuple[str, ...], names: Sequence[str], pages: Pages, report: Report
) -> None:
    """Report each name that stands at a path of a record and is that of no page."""
    for position, name in enumerate(names):
        if name not in pages.names:
            hint = nearest(name, pages.names) or "; write its path below docs/"
            message = f"'{name}' is not a page under docs/{hint}"
            report(Problem(record.at(*path, position), ProblemKind.UNKNOWN_PAGE, message))


def _check_unused_sources(registry: Registry, pages: Pages, report: Report) -> None:
    """Report sources that nothing cites; while a page cannot be read, nothing is known to be unused."""
    if pages.broken:
        return
    used = set(pages.by_source).union(
        *(recommendation.sources for recommendation in registry.recommendations.values()),
        *(actor.sources for actor in registry.actors.values()),
        *(relation.sources for actor in registry.actors.values() for relation in actor.relations),
        *(term.sources for term in registry.terms.values()),
        *(event.sources for event in registry.events),
    )
    for source in registry.sources.values():
        if source.id not in used and not source.background:
            message = f"nothing cites '{source.id}'; cite it, delete it, or add 'background: true'"
            report(Problem(source.at("id"), ProblemKind.UNUSED_SOURCE, message))
