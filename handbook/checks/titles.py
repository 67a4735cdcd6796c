"""Whether readers can tell pages apart by their titles, in menus, lists and searches."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem

if TYPE_CHECKING:
    from handbook.model.pages import Page, Pages
    from handbook.problems import Report


def check_titles(pages: Pages, report: Report) -> None:
    """Report pages with the title of another."""
    first: dict[str, Page] = {}
    for page in pages:
        other = first.setdefault(page.meta.title.casefold(), page)
        if other is not page:
            message = f"'{page.meta.title}' is the title of '{other.src_uri}' too; say in it what sets this page apart"
            report(Problem(page.meta.at("title"), ProblemKind.DUPLICATE_TITLE, message))
