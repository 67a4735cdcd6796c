"""Which pages must be read again: those whose time has come, and those whose recommendations are worded anew.

An editor's confirmation of a page is kept in `data/reviews.yml`: a fingerprint of each recommendation that the page
puts into practice, as it was worded then. While one differs or is missing, the page is suspect.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from typing import TYPE_CHECKING

from handbook.checks.history import as_yaml
from handbook.problems import Location, Problem, ProblemKind, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from handbook.model.coverage import Coverage
    from handbook.model.pages import Pages
    from handbook.model.records import Recommendation
    from handbook.model.registry import Registry

REVIEWS_FILE = "data/reviews.yml"

_HEAD = """\
# yaml-language-server: $schema=../schemas/reviews.schema.json
# For which wording of its recommendations each page was confirmed. Written by 'handbook review --confirm PAGE'.
"""


def fingerprint(recommendation: Recommendation) -> str:
    """Give a short mark of a recommendation's wording; how its lines are broken makes no difference."""
    words = " ".join(f"{recommendation.title}\n{recommendation.asks}".split())
    return hashlib.sha256(words.encode()).hexdigest()[:12]


def find_suspects(registry: Registry, coverage: Coverage) -> Mapping[str, tuple[Recommendation, ...]]:
    """Give, by `src_uri` of each suspect page, the recommendations for whose wording it is not confirmed."""
    suspects: defaultdict[str, dict[str, Recommendation]] = defaultdict(dict)
    for covering in coverage.coverings:
        found, page = covering.recommendation, covering.page.src_uri
        confirmed = registry.confirmations.get(page)
        if confirmed is None or confirmed.wording.get(found.id) != fingerprint(found):
            suspects[page][found.id] = found
    return {page: tuple(found.values()) for page, found in suspects.items()}


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


def with_confirmed(registry: Registry, coverage: Coverage, confirmed: Collection[str]) -> str:
    """Give the text of `data/reviews.yml` in which these pages are confirmed as they are now.

    Args:
        registry: the confirmations until now.
        coverage: what the pages put into practice.
        confirmed: `src_uri` of each page.
    """
    wording = {page: dict(confirmation.wording) for page, confirmation in registry.confirmations.items()}
    wording |= {page: {} for page in confirmed}
    for covering in coverage.coverings:
        if covering.page.src_uri in confirmed:
            found = covering.recommendation
            wording[covering.page.src_uri][found.id] = fingerprint(found)
    return _HEAD + "".join(_entries(wording))


def _entries(wording: Mapping[str, Mapping[str, str]]) -> Iterator[str]:
    for page, marks in sorted(wording.items()):
        if marks:
            lines = "".join(f'    {id_}: "{mark}"\n' for id_, mark in sorted(marks.items()))
            yield f"- page: {as_yaml(page)}\n  wording:\n{lines}"
