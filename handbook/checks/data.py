"""What the data files must be beyond their shapes: complete, within their limits, and used by the pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.limits import MOST_ANSWER_WORDS
from handbook.model import offered
from handbook.model.answers import find, wordings
from handbook.model.records import BIBLIOGRAPHY_ROOM, Recommendation, Selection
from handbook.model.references import references
from handbook.model.vocabulary import AnswerPart, PageKind, Status
from handbook.parsing.text_files import read_text
from handbook.parsing.unwritten import report_unwritten
from handbook.problem_kinds import ProblemKind
from handbook.problems import Problem, nearest

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.pages import Pages
    from handbook.model.registry import Registry
    from handbook.problems import Report


def check_data(registry: Registry, pages: Pages, report: Report) -> None:
    """Check what entries say together, and whether pages use them.

    Args:
        registry: the entries.
        pages: the pages that there are.
        report: called with each problem.
    """
    _check_bibliography_pages(registry, report)
    for recommendation in registry.recommendations.values():
        if recommendation.replaced_by:
            _check_successor(recommendation, registry, report)
    _check_actor_pages(registry, pages, report)
    _check_packs(registry, pages, report)
    _check_situations(registry, pages, report)
    _check_answers(registry, pages, report)
    _check_unused_sources(registry, pages, report)


def check_unwritten(root: Path, report: Report) -> None:
    """Report each place in the data files that waits for its text, as for pages.

    Args:
        root: the project's folder.
        report: called with each problem.
    """
    unreadable: list[Problem] = []  # which whoever reads the entries has reported
    for path in sorted((root / "data").rglob("*.yml")):
        file = path.relative_to(root).as_posix()
        if text := read_text(path, file, unreadable.append):
            report_unwritten(text, file, report)


def _check_bibliography_pages(registry: Registry, report: Report) -> None:
    """Report sources that no page of the list takes, and full pages; while pages are broken, neither is known."""
    names = registry.names["bibliography page"]
    if not names.are_all or names.known != registry.bibliography_pages.keys():
        return
    for source in registry.sources.values():
        if source.id not in registry.bibliography_page_of:
            message = (
                f"'{source.id}' has no place in the list of sources: no page there takes '{source.evidence}' by "
                f"'{source.publisher}'; add one to data/bibliography-pages.yml"
            )
            report(Problem(source.at("evidence"), ProblemKind.BIBLIOGRAPHY, message))
    for id_, sources in registry.sources_by_bibliography_page.items():
        if len(sources) > BIBLIOGRAPHY_ROOM:
            message = (
                f"'{id_}' has {len(sources)} sources, and there is room for {BIBLIOGRAPHY_ROOM}; add an entry of these "
                f"kinds that begins in its middle, at '{sources[len(sources) // 2].publisher}'"
            )
            report(Problem(registry.bibliography_pages[id_].at("id"), ProblemKind.BIBLIOGRAPHY, message))


def _check_successor(recommendation: Recommendation, registry: Registry, report: Report) -> None:
    """Follow the replacements until one that is not retired; a circle has none."""
    met: list[str] = []
    current: Recommendation | None = recommendation
    while current and current.status is Status.RETIRED and current.id not in met:
        met.append(current.id)
        current = registry.recommendations.get(current.replaced_by or "")
    place = recommendation.at("replaced_by")
    if current is None:  # which is reported with all names
        return
    if current.status is Status.RETIRED:
        circle = " → ".join([*met, current.id])
        report(
            Problem(
                place, ProblemKind.REPLACEMENT, f"the replacements go round in a circle: {circle}; name a current one"
            )
        )
    elif not current.is_public:
        message = (
            f"'{recommendation.id}' is replaced by '{current.id}', which is unverified; name one that readers may see"
        )
        report(Problem(place, ProblemKind.REPLACEMENT, message))


def _check_actor_pages(registry: Registry, pages: Pages, report: Report) -> None:
    """Report pages about a body that no actor names."""
    if not registry.names["actor"].are_all or registry.names["actor"].known != registry.actors.keys():
        return
    named = {actor.page for actor in registry.actors.values() if actor.page}
    for page in pages.select(Selection(kinds=(PageKind.ACTOR,))):
        if page.src_uri not in named:
            message = (
                f"no actor in data/actors.yml has the page '{page.src_uri}'; add 'page: {page.src_uri}' to its entry"
            )
            report(Problem(page.meta.at("kind"), ProblemKind.UNKNOWN_ACTOR, message))


def _check_packs(registry: Registry, pages: Pages, report: Report) -> None:
    """Report packs without a page, unless a mistyped name is why."""
    for pack in registry.packs.values():
        is_known = registry.names["area"].known.issuperset(pack.selection.areas)
        is_known &= registry.names["role"].known.issuperset(pack.selection.roles)
        if is_known and pages.by_uri and not pages.broken and not any(offered.pages_of(pack, registry, pages)):
            message = f"no page fits the selection of the pack '{pack.id}'; take a key out of it, or delete the pack"
            report(Problem(pack.at("selection"), ProblemKind.EMPTY_PACK, message))


def _check_situations(registry: Registry, pages: Pages, report: Report) -> None:
    """Report guidance to which no situation leads, when all can be read."""
    reached = {name for situation in registry.situations.values() for name in situation.pages}
    all_read = registry.names["situation"].known == registry.situations.keys()
    for page in pages.select(Selection(kinds=(PageKind.GUIDANCE,))):
        if all_read and page.src_uri not in reached:
            message = (
                f"no situation of the finder leads to '{page.src_uri}'; add it to the 'pages' of one in "
                "data/situations.yml"
            )
            report(Problem(page.meta.at("title"), ProblemKind.UNREACHED, message))


def _check_answers(registry: Registry, pages: Pages, report: Report) -> None:
    """Report long answers, and sentences that no page of a situation says; while one cannot be read, it may."""
    texts = wordings(registry, pages)
    for situation in registry.situations.values():
        if (words := len(" ".join(sentence for _, sentence in situation.sentences).split())) > MOST_ANSWER_WORDS:
            message = f"'{situation.id}' answers in {words} words, {MOST_ANSWER_WORDS} at most; leave out what can wait"
            report(Problem(situation.at("now"), ProblemKind.LONG_ANSWER, message))
        if texts.keys() >= set(situation.pages):
            for path, sentence in situation.sentences:
                if find(sentence, situation, texts, forbidden=path[0] == AnswerPart.AVOID) is None:
                    known = frozenset[str]().union(*(texts[name].sentences for name in situation.pages))
                    advice = nearest(sentence, known) or "; take a sentence from one of 'pages'"
                    before = " after 'Do not'" * (path[0] == AnswerPart.AVOID)
                    message = f"no page of '{situation.id}' says '{sentence}'{before}{advice}"
                    report(Problem(situation.at(*path), ProblemKind.UNSAID, message))


def _check_unused_sources(registry: Registry, pages: Pages, report: Report) -> None:
    """Report sources that nothing cites; while a page cannot be read, nothing is known to be unused."""
    if pages.broken:
        return
    named = (reference for record in registry.records() for reference in references(record))
    used = set(pages.by_source).union(reference.name for reference in named if "source" in reference.sorts)
    for source in registry.sources.values():
        if source.id not in used and not source.background:
            message = f"nothing cites '{source.id}'; cite it, delete it, or add 'background: true'"
            report(Problem(source.at("id"), ProblemKind.UNUSED_SOURCE, message))
