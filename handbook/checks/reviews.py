"""Which pages must be read again, because their recommendations are worded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.pages import Pages
    from handbook.model.records import Recommendation
    from handbook.model.registry import Registry


def check_reviews(
    registry: Registry, pages: Pages, suspects: Mapping[str, tuple[Recommendation, ...]], report: Report
) -> None:
    """Warn of each suspect page, and of confirmations of pages that are not there.

    Args:
        registry: what was confirmed.
        pages: the pages that there are.
        suspects: what `find_suspects` has found.
        report: called with each problem.
    """
    for src_uri, recommendations in suspects.items():
        names = ", ".join(recommendation.id for recommendation in recommendations)
        message = (
            f"nobody has confirmed this page for the present wording of {names}; read both, mend the page if need be, "
            f"then run 'handbook review --confirm {src_uri}'"
        )
        report(Problem(Location(f"docs/{src_uri}"), ProblemKind.SUSPECT, message, Severity.WARNING))
    known = pages.names
    for confirmation in registry.confirmations.values() if known else ():
        if confirmation.page not in known:
            message = f"'{confirmation.page}' is not a page under docs/; correct its path, or delete the entry"
            report(Problem(confirmation.at("page"), ProblemKind.UNKNOWN_PAGE, message))
