"""Whether the queries with a first hit of their own lead to pages that there are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, nearest

if TYPE_CHECKING:
    from collections.abc import Iterable

    from handbook.model.generated_pages import GeneratedPage
    from handbook.model.pages import Pages
    from handbook.model.registry import Registry
    from handbook.problems import Report


def check_best_bets(registry: Registry, pages: Pages, generated: Iterable[GeneratedPage], report: Report) -> None:
    """Report each entry of `data/best-bets.yml` whose page search cannot find.

    Args:
        registry: the entries.
        pages: those that somebody has written; while none can be read, nothing is reported.
        generated: those that the site makes.
        report: called with each problem.
    """
    found = sorted({*pages.names, *(page.src_uri for page in generated if page.in_search)})
    for bet in registry.best_bets.values():
        if pages.names and bet.page not in found:
            advice = nearest(bet.page, found) or "; write the path of one below docs/, or of one that the site makes"
            message = f"'{bet.page}' is not a page that search finds{advice}"
            report(Problem(bet.at("page"), ProblemKind.UNKNOWN_PAGE, message))
