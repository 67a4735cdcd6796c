"""Which section does what which recommendation asks, in what degree, and back; and what has none."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.model.front_matter import GUIDING
from handbook.model.registry import Registry, group_by
from handbook.model.vocabulary import DEGREES, Degree, Nature, Status
from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.pages import Page, Pages
    from handbook.model.records import Recommendation
    from handbook.parsing.macro_calls import Call
    from handbook.parsing.outline import Section


@dataclass(frozen=True)
class Covering:
    """A section of a page that does something of what a recommendation asks.

    `missing` are the words for what is not done, when it is done in part.
    """

    recommendation: Recommendation
    page: Page
    section: Section
    degree: Degree
    missing: str = ""

    @property
    def url(self) -> str:
        """Address of the section below the site's root."""
        return f"{self.page.url}#{self.section.anchor}"


@dataclass(frozen=True)
class Coverage:
    """All coverings, in the order of the pages."""

    coverings: tuple[Covering, ...]

    @cached_property
    def by_recommendation(self) -> Mapping[str, tuple[Covering, ...]]:
        """Coverings by the id of the recommendation."""
        return group_by(self.coverings, lambda covering: [covering.recommendation.id])

    @cached_property
    def with_steps(self) -> Mapping[str, tuple[Covering, ...]]:
        """Coverings whose section says what to do, by the id of the recommendation."""
        practical = (covering for covering in self.coverings if covering.degree is Degree.STEPS)
        return group_by(practical, lambda covering: [covering.recommendation.id])

    def degree_of(self, recommendation: Recommendation) -> Degree | None:
        """Return the highest degree in which any section covers a recommendation; None when none does."""
        found = {covering.degree for covering in self.by_recommendation.get(recommendation.id, ())}
        return next((degree for degree in Degree if degree in found), None)

    @cached_property
    def by_page(self) -> Mapping[str, tuple[Covering, ...]]:
        """Coverings by the `src_uri` of the page."""
        return group_by(self.coverings, lambda covering: [covering.page.src_uri])


def find_coverage(registry: Registry, pages: Pages, report: Report) -> Coverage:
    """Join the marks on the pages with the registry.

    Args:
        registry: the recommendations.
        pages: the pages with their `covers` calls.
        report: called with each mark that does not count, and with each active recommendation that has no mark.
    """
    found: dict[tuple[str, str, str], Covering] = {}
    for page in pages:
        for call in page.calls:
            if call.macro == "covers":
                for covering in _coverings(page, call, registry, report):
                    _add(found, covering, call, report)
    coverage = Coverage(tuple(found.values()))
    _check_gaps(registry, pages, coverage, report)
    return coverage


def _coverings(page: Page, call: Call, registry: Registry, report: Report) -> list[Covering]:
    if page.meta.kind not in GUIDING:
        kinds = ", ".join(sorted(GUIDING))
        message = f"a page of kind '{page.meta.kind}' does not count; mark a section of a page of kind {kinds}"
        report(Problem(call.location, ProblemKind.COVERS_PLACE, message))
        return []
    section = page.section_of(call)
    if section is None:
        message = "the mark stands before the first heading; put it under the heading of the section that does the work"
        report(Problem(call.location, ProblemKind.COVERS_PLACE, message))
        return []
    if call.location.line in page.outline.fenced:  # reported with all macros in code fences
        return []
    _check_end(page, call, section, report)
    degree = DEGREES.get(said := str(call.arguments.get("degree", Degree.STEPS)), Degree.STEPS)
    missing = str(call.arguments.get("missing", "")).strip()
    if said in DEGREES and (degree is Degree.IN_PART) != bool(missing):  # another word is reported with all names
        message = "'missing' says which part is not done: it goes with degree=\"in part\", and only with it"
        report(Problem(call.location, ProblemKind.MACRO_ARGUMENTS, message))
    names = [name for target, name in call.references() if target == "recommendation"]
    recommendations = [registry.recommendations.get(name) for name in names]
    return [Covering(r, page, section, degree, missing) for r in recommendations if r and _is_active(r, call, report)]


def _check_end(page: Page, call: Call, section: Section, report: Report) -> None:
    """Report a mark that has other text of its section behind it, which a reader would take for the next one's."""
    end = next((other.line for other in page.outline.sections if other.line > call.location.line), None)
    behind = page.body.split("\n")[call.location.line + 1 - page.first_line : end and end - page.first_line]
    if any(line.strip() and not _MAY_FOLLOW.match(line) for line in behind):
        message = f"the mark stands before text of the section '{section.title}'; move it to the section's end"
        report(Problem(call.location, ProblemKind.COVERS_PLACE, message))


_MAY_FOLLOW = re.compile(r"\s*\{\{ *covers\(|\[\^")
"""How the other marks begin, and notes, which are shown at the foot of the page."""


def _is_active(recommendation: Recommendation, call: Call, report: Report) -> bool:
    match recommendation.status:
        case Status.ACTIVE:
            return True
        case Status.RETIRED:
            message = f"'{recommendation.id}' is retired; mark its successor '{recommendation.replaced_by}' instead"
            report(Problem(call.location, ProblemKind.RETIRED_COVERED, message))
        case Status.DRAFT:
            place = recommendation.at("status")
            message = f"'{recommendation.id}' is a draft; once it is verified, set its status to 'active' ({place})"
            report(Problem(call.location, ProblemKind.COVERS_STATUS, message))
    return False


def _add(found: dict[tuple[str, str, str], Covering], covering: Covering, call: Call, report: Report) -> None:
    key = (covering.recommendation.id, covering.page.src_uri, covering.section.anchor)
    if key in found:
        message = (
            f"'{covering.recommendation.id}' is marked twice in the section '{covering.section.title}'; delete one"
        )
        report(Problem(call.location, ProblemKind.COVERS_PLACE, message, Severity.WARNING))
    found[key] = covering


def _check_gaps(registry: Registry, pages: Pages, coverage: Coverage, report: Report) -> None:
    """Report active recommendations without a section.

    One that a page with a fault of its own names may well be covered there; the fault is reported, that is enough.
    While a page cannot even be read, nothing is known to be missing.
    """
    texts = [text for text in pages.broken.values() if text is not None]
    if len(texts) < len(pages.broken):
        return
    unread = "\n".join(texts)
    for recommendation in registry.recommendations.values():
        id_ = recommendation.id
        if recommendation.status is not Status.ACTIVE or id_ in unread:
            continue
        if id_ not in coverage.by_recommendation:
            message = (
                f"'{id_}' is active, but no section covers it; write {{{{ covers(\"{id_}\") }}}} at the end of one "
                "that does what it asks, or set its status to 'draft'"
            )
            report(Problem(recommendation.at("id"), ProblemKind.UNCOVERED, message))
        elif recommendation.nature is Nature.PRACTICE:
            _check_steps(recommendation, coverage, report)


def _check_steps(recommendation: Recommendation, coverage: Coverage, report: Report) -> None:
    """Report practice for which no section has steps and no sentence says why, or which has both."""
    id_ = recommendation.id
    if id_ in coverage.with_steps and recommendation.no_steps:
        url = coverage.with_steps[id_][0].url
        message = f"'{id_}' has steps at '{url}'; delete 'no_steps', which says that it has none"
        report(Problem(recommendation.at("no_steps"), ProblemKind.NO_STEPS, message, Severity.WARNING))
    elif id_ not in coverage.with_steps and not recommendation.no_steps:
        message = (
            f"'{id_}' is practice, but no section has steps for it; write them, say in 'no_steps' why there are none, "
            "or correct its 'nature'"
        )
        report(Problem(recommendation.at("nature"), ProblemKind.NO_STEPS, message))
