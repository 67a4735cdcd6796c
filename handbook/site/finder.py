"""The pages that lead to others: search, all guidance in a table, and the situation finder with what is behind it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handbook.model.addresses import FINDER, FINDER_TITLE
from handbook.model.records import Selection
from handbook.model.vocabulary import EvidenceLevel, PageKind, Stage
from handbook.site import filters
from handbook.site.search_index import RECOMMENDATION

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.corpus import Corpus
    from handbook.site.macros import Renderer


def finder_pages(renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Give `src_uri` and Markdown of each of these pages."""
    corpus = renderer.corpus
    yield _search(renderer, corpus)
    yield _guidance(renderer, corpus)
    yield _finder(renderer, corpus)
    yield from _situations(renderer, corpus)
    yield from _stages(renderer, corpus)


def _search(renderer: Renderer, corpus: Corpus) -> tuple[str, str]:
    registry = corpus.registry
    offered = {
        "kind": filters.of_kind((RECOMMENDATION, "Recommendation")),
        "area": filters.of_area(registry),
        "role": filters.of_role(registry),
    }
    summary = "Find a page by its words, or by other words for the same thing."
    return renderer.page("search", "search.md", "Search", summary, choices=offered)


def _guidance(renderer: Renderer, corpus: Corpus) -> tuple[str, str]:
    registry = corpus.registry
    offered = [
        filters.of_area(registry),
        filters.of_role(registry),
        filters.of_stage(),
        filters.of_evidence(),
        filters.of_outcome(),
    ]
    pages = list(corpus.pages.select(Selection(kinds=(PageKind.GUIDANCE,))))
    return renderer.page(
        "guidance",
        "guidance/index.md",
        "All guidance",
        "Every page of guidance in one table, by area, role, stage of prevention and evidence.",
        choices=offered,
        pages=pages,
        levels=list(EvidenceLevel),
    )


def _finder(renderer: Renderer, corpus: Corpus) -> tuple[str, str]:
    registry = corpus.registry
    offered = [
        filters.of_role(registry)._replace(label="I am a"),
        filters.of_area(registry)._replace(label="It is about"),
        filters.of_stage(),
        filters.of_situation(registry),
    ]
    summary = "Start from what you have seen, and from your work. Each situation leads to the pages that help."
    return renderer.page("finder", f"{FINDER}index.md", FINDER_TITLE, summary, choices=offered)


def _situations(renderer: Renderer, corpus: Corpus) -> Iterator[tuple[str, str]]:
    for situation in corpus.registry.situations.values():
        pages = [corpus.pages.by_uri[name] for name in situation.pages]
        summary = f"What to read, and in which order: {', '.join(page.meta.title for page in pages)}."
        src_uri = f"{FINDER}{situation.id}.md"
        yield renderer.page("situation", src_uri, situation.words, summary, situation=situation, pages=pages)


def _stages(renderer: Renderer, corpus: Corpus) -> Iterator[tuple[str, str]]:
    for stage in Stage:
        yield renderer.page(
            "stage",
            f"{FINDER}stage-{stage}.md",
            stage.label,
            f"Situations and guidance for prevention {stage.meaning}.",
            stage=stage,
            situations=[situation for situation in corpus.registry.situations.values() if stage in situation.stage],
            pages=list(corpus.pages.select(Selection(kinds=(PageKind.GUIDANCE,), stages=(stage,)))),
        )
