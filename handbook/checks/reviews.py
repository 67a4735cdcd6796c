"""Which pages must be read again, because their recommendations are worded anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.problem_kinds import ProblemKind
from handbook.problems import Location, Problem, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.records import Recommendation


def check_reviews(suspects: Mapping[str, tuple[Recommendation, ...]], report: Report) -> None:
    """Warn of each suspect page.

    Args:
        suspects: what `find_suspects` has found.
        report: called with each problem.
    """
    for src_uri, recommendations in suspects.items():
        names = ", ".join(recommendation.id for recommendation in recommendations)
        message = (
            f"nobody has confirmed this page for the present wording of {names}; read both, mend the page if need be, "
            f"then run '.venv/bin/handbook review --confirm {src_uri}'"
        )
        report(Problem(Location(f"docs/{src_uri}"), ProblemKind.SUSPECT, message, Severity.WARNING))
