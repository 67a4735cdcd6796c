"""Everything that the project says, loaded and checked as one."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.checks.advice import check_advice
from handbook.checks.files import check_files
from handbook.checks.guidance import check_guidance
from handbook.checks.history import check_history
from handbook.checks.links import check_links
from handbook.checks.pages import check_pages
from handbook.checks.phrases import check_phrases
from handbook.checks.reviews import check_reviews, find_suspects
from handbook.model.advice import with_advice
from handbook.model.coverage import find_coverage
from handbook.model.generated_pages import generated_pages
from handbook.model.pages import load_pages
from handbook.model.registry import load_registry
from handbook.problems import UNFINISHED, CheckFailedError, Severity

if TYPE_CHECKING:
    import datetime as dt
    from collections.abc import Mapping
    from pathlib import Path

    from handbook.model.coverage import Coverage
    from handbook.model.generated_pages import GeneratedPage
    from handbook.model.pages import Pages
    from handbook.model.records import Recommendation
    from handbook.model.registry import Registry
    from handbook.problems import Problem


@dataclass(frozen=True)
class Corpus:
    """Registry, pages and coverage, with all problems found on the way, in the order of files and lines.

    `suspects` are the recommendations for whose wording a page is not confirmed, by its `src_uri`.
    """

    registry: Registry
    pages: Pages
    coverage: Coverage
    suspects: Mapping[str, tuple[Recommendation, ...]]
    problems: tuple[Problem, ...]

    @cached_property
    def generated(self) -> Mapping[str, GeneratedPage]:
        """The pages that the site makes itself, by `src_uri`."""
        return MappingProxyType({page.src_uri: page for page in generated_pages(self.registry, self.pages)})

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(problem for problem in self.problems if problem.severity is Severity.ERROR)

    def require_clean(self, *, for_editors: bool = False) -> None:
        """Stop whoever is about to build from a corpus with errors.

        Args:
            for_editors: let pass what a page may lack while it is being written.

        Raises:
            CheckFailedError: with one line for each problem.
        """
        if any(not for_editors or problem.kind not in UNFINISHED for problem in self.errors):
            raise CheckFailedError(self.problems)


def load_corpus(root: Path, today: dt.date) -> Corpus:
    """Load and check a project; whatever is wrong is in the result's `problems`.

    Args:
        root: the project's folder.
        today: the day by which reviews are due or not.
    """
    problems: list[Problem] = []
    pages = load_pages(root, problems.append)  # first, as processes fork faster while there is little to share
    registry = load_registry(root, problems.append)
    pages = with_advice(pages, registry)
    generated = frozenset(page.src_uri for page in generated_pages(registry, pages))
    images = check_files(root, registry.names["area"], generated, problems.append)
    check_pages(pages, registry, today, problems.append)
    check_guidance(pages, problems.append)
    check_phrases(registry, pages, problems.append)
    check_advice(registry, pages, problems.append)
    check_links(pages, generated | images, problems.append)
    coverage = find_coverage(registry, pages, problems.append)
    suspects = find_suspects(registry, coverage)
    check_history(registry, pages, problems.append)
    check_reviews(registry, pages, suspects, problems.append)
    in_order = sorted(dict.fromkeys(problems), key=lambda problem: problem.location)
    return Corpus(registry, pages, coverage, suspects, tuple(in_order))
