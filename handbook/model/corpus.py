"""Everything that the project says, as one value."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.model.answers import answer, wordings
from handbook.model.confirmations import find_suspects
from handbook.model.generated_pages import generated_pages
from handbook.problem_kinds import UNFINISHED
from handbook.problems import CheckFailedError, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.answers import Said
    from handbook.model.coverage import Coverage
    from handbook.model.generated_pages import GeneratedPage
    from handbook.model.pages import Pages
    from handbook.model.records import Recommendation
    from handbook.model.registry import Registry
    from handbook.problems import Problem


@dataclass(frozen=True)
class Corpus:
    """Registry, pages and coverage, with all problems found on the way, in the order of files and lines."""

    registry: Registry
    pages: Pages
    coverage: Coverage
    problems: tuple[Problem, ...]

    @cached_property
    def generated(self) -> Mapping[str, GeneratedPage]:
        """The pages that the site makes itself, by `src_uri`."""
        return MappingProxyType({page.src_uri: page for page in generated_pages(self.registry, self.pages)})

    @cached_property
    def answers(self) -> Mapping[str, Mapping[str, tuple[Said, ...]]]:
        """What each situation answers, by its id: its sentences by the headings of the parts."""
        texts = wordings(self.registry, self.pages)
        found = {situation.id: answer(situation, texts) for situation in self.registry.situations.values()}
        return MappingProxyType(found)

    @cached_property
    def suspects(self) -> Mapping[str, tuple[Recommendation, ...]]:
        """The recommendations for whose wording a page is not confirmed, by its `src_uri`."""
        return find_suspects(self.registry, self.coverage)

    @property
    def newest_review(self) -> dt.date:
        """The day of the last review of any page, which is that of the sources."""
        return max((page.meta.reviewed for page in self.pages), default=dt.date(1980, 1, 1))

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
