"""The places within pages to which links may lead, besides those that authors set: what lists and made pages have."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.model.addresses import conversation_anchor, term_url
from handbook.problem_kinds import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from handbook.model.generated_pages import GeneratedPage
    from handbook.model.pages import Page
    from handbook.model.registry import Registry

_OF_MACROS: Mapping[str, Callable[[Registry], Iterable[str]]] = MappingProxyType(
    {
        "actor_list": lambda registry: registry.actors,
        "bibliography": lambda registry: registry.sources,
        "change_list": lambda _: ("changes",),
        "data_dictionary": lambda _: ("data-frame",),
        "glossary": lambda registry: (term_url(term).partition("#")[2] for term in registry.terms.values()),
        "pack_list": lambda registry: registry.packs,
        "problem_list": lambda _: tuple(ProblemKind),
        "recommendation_index": lambda _: ("recommendations",),
    }
)
"""What the lists of macros set, by the name of the macro; no other sets any."""


def page_anchors(page: Page, registry: Registry) -> Iterator[str]:
    """Yield the anchors of a page that somebody wrote."""
    yield from page.inlines.anchors
    yield from (section.anchor for section in page.outline.sections)
    yield from (f"source-{number}" for number in page.citations.values())
    if page.citations:
        yield "sources"
    yield from map(conversation_anchor, page.embeds("conversation"))
    for call in page.calls:
        if call.macro in _OF_MACROS:
            yield from _OF_MACROS[call.macro](registry)


def generated_anchors(page: GeneratedPage) -> Iterator[str]:
    """Yield the anchors of a page that the site makes, as far as others may link to them."""
    match page.template:
        case "recommendation":
            yield from ("what-it-asks", "who-issued-it-and-when", "how-we-know", "sources", "status-and-history")
        case "bibliography_page":
            yield from (source.id for source in page.values["sources"])  # type: ignore[attr-defined]  # of any template
        case "finder":
            yield "situations"
        case "guidance":
            yield "guidance"
        case "what_works":
            yield "evidence"
        case "national_law":
            yield "provisions"
