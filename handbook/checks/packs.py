"""Whether the set of pages for a role holds the pages with which the page of the role tells its readers to start."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.addresses import role_url
from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem
from handbook.urls import resolve

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.pages import Page, Pages
    from handbook.model.registry import Registry
    from handbook.problems import Report

_FIRST = "Start here"


def check_packs(registry: Registry, pages: Pages, report: Report) -> None:
    """Report what a reader of the printed set would look for in vain.

    Args:
        registry: the packs and roles.
        pages: those that could be read.
        report: called with each problem.
    """
    by_url = {page.url: page for page in pages}
    for pack in registry.packs.values():
        taken = {page.src_uri for page in pages.select(pack.selection)}
        for role in registry.roles.values():
            page = by_url.get(role_url(role))
            if page and page.src_uri in pack.selection.pages and pack.id == role.id:
                for missing in sorted({*_started_with(page, pages)} - taken):
                    message = (
                        f"'{pack.id}' leaves out '{missing}', with which '{page.src_uri}' starts; add it to 'pages'"
                    )
                    report(Problem(pack.at("selection"), ProblemKind.INCOMPLETE_PACK, message))


def _started_with(page: Page, pages: Pages) -> Iterator[str]:
    """Yield `src_uri` of each page to which the first section leads."""
    section = next((section for section in page.outline.sections if section.title == _FIRST), None)
    if section is None:
        return
    end = page.outline.end_of(section)
    for link in page.inlines.links:
        found = resolve(link.address, page.src_uri) if section.line < link.location.line < end else None
        if found and found.url in pages.by_uri:
            yield found.url
