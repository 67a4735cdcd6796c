"""How much of what is cited was read: a handbook that cites what nobody opened should at least say so."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from handbook.model.decisions import passages
from handbook.model.records import Citation
from handbook.model.vocabulary import Extent

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handbook.model.pages import Pages
    from handbook.model.registry import Registry


class CitationCounts(NamedTuple):
    """Citations by what was read of their sources.

    Attributes:
        read: to a source that was read whole, or at the cited place.
        opening: to another, of which an opening or excerpt was read.
        reported: to one that is known only from others.
    """

    read: int
    opening: int
    reported: int

    @property
    def share(self) -> float:
        """The part of all that is read, from 0 to 1."""
        return self.read / (sum(self) or 1)


def count_citations(registry: Registry, pages: Pages) -> CitationCounts:
    """Count each citation on pages, and in tables, decisions and cards, which count once wherever they are shown."""
    read = opening = reported = 0
    for citation in _citations(registry, pages):
        source = registry.sources[citation.source]
        is_read = source.was_read_at(citation.place)
        read += is_read
        reported += not is_read and source.read is Extent.REPORTED
        opening += not is_read and source.read is Extent.OPENING
    return CitationCounts(read, opening, reported)


def _citations(registry: Registry, pages: Pages) -> Iterator[Citation]:
    for page in pages:
        for call in page.calls:
            if call.macro == "cite":
                place = str(call.arguments.get("place", ""))
                yield Citation.model_construct(source=str(call.arguments["source"]), place=place)
    for advice in registry.advice.values():
        yield from advice.citations
    for card in registry.conversations.values():
        yield from card.citations
    for decision in registry.decisions.values():
        yield from (citation for _, passage in passages(decision) for citation in passage.cites)
