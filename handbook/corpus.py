"""Everything that the project says, loaded and checked as one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.coverage import Coverage, find_coverage
from handbook.errors import CheckFailedError, Problem, ProblemKind, Report, Severity, nearest
from handbook.models import PageKind
from handbook.pages import Pages, load_pages
from handbook.registry import Registry, load_registry

if TYPE_CHECKING:
    from pathlib import Path


@dataclass(frozen=True)
class Corpus:
    """Registry, pages and coverage, with all problems found on the way, in the order of files and lines."""

    registry: Registry
    pages: Pages
    coverage: Coverage
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    def require_clean(self) -> None:
        """Stop whoever is about to build from a corpus with errors.

        Raises:
            CheckFailedError: with one line for each problem.
        """
        if self.errors:
            raise CheckFailedError(self.problems)


def load_corpus(root: Path) -> Corpus:
    """Load and check the project in the folder `root`; whatever is wrong is in the result's `problems`."""
    problems: list[Problem] = []
    registry = load_registry(root, problems.append)
    pages = load_pages(root, registry, problems.append)
    coverage = find_coverage(registry, pages, problems.append)
    _check_actor_pages(registry, pages, problems.append)
    problems.sort(key=lambda problem: problem.location)
    return Corpus(registry, pages, coverage, tuple(problems))


def _check_actor_pages(registry: Registry, pages: Pages, report: Report) -> None:
    """Report actors whose page is missing, and pages about a body that no actor names."""
    named = {actor.page for actor in registry.actors.values() if actor.page}
    known = [*pages.by_uri, *pages.broken]
    for actor in registry.actors.values():
        if actor.page and actor.page not in known:
            message = f"'{actor.page}' is not a page under docs/{nearest(actor.page, known) or '; write it'}"
            report(Problem(actor.at("page"), ProblemKind.UNKNOWN_PAGE, message))
    for page in pages.select(kind=PageKind.ACTOR):
        if page.src_uri not in named:
            message = (
                f"no actor in data/actors.yml has the page '{page.src_uri}'; add 'page: {page.src_uri}' to its entry"
            )
            report(Problem(page.meta.at("kind"), ProblemKind.UNKNOWN_ACTOR, message))
