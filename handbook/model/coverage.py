"""Which section puts which recommendation into practice, and back; and what has none."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from handbook.model.records import GUIDING, Recommendation, Status
from handbook.model.registry import Registry, index
from handbook.problems import Problem, ProblemKind, Report, Severity

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.pages import Page, Pages
    from handbook.parsing.macro_calls import Call
    from handbook.parsing.outline import Section


@dataclass(frozen=True)
class Covering:
    """A section of a page that puts a recommendation into practice."""

    recommendation: Recommendation
    page: Page
    section: Section

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
        return index(self.coverings, lambda covering: [covering.recommendation.id])

    @cached_property
    def by_page(self) -> Mapping[str, tuple[Covering, ...]]:
        """Coverings by the `src_uri` of the page."""
        return index(self.coverings, lambda covering: [covering.page.src_uri])


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
    recommendations = [registry.recommendations.get(name) for _, name in call.references()]
    return [Covering(r, page, section) for r in recommendations if r and _is_active(r, call, report)]


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
    if "" in pages.broken.values():
        return
    unread = "\n".join(pages.broken.values())
    for recommendation in registry.recommendations.values():
        id_ = recommendation.id
        if recommendation.status is Status.ACTIVE and id_ not in coverage.by_recommendation and id_ not in unread:
            message = (
                f"'{id_}' is active, but no section puts it into practice; write {{{{ covers(\"{id_}\") }}}} under the "
                "heading of a section that does, or set its status to 'draft'"
            )
            report(Problem(recommendation.at("id"), ProblemKind.UNCOVERED, message))
