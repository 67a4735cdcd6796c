"""What pages embed of the registry: tables of advice, decisions, and cards with what to say; written once, in data."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.model.decisions import cited
from handbook.model.pages import EMBEDDING, Pages

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handbook.model.records import Advice, Conversation
    from handbook.model.registry import Registry


def with_embedded(pages: Pages, registry: Registry) -> Pages:
    """Return the pages, in which each that embeds something cites what this cites."""
    tables: Mapping[str, Mapping[str, Advice | Conversation]] = {
        "advice": registry.advice,
        "conversation": registry.conversations,
    }
    sources = {
        (macro, id_): tuple(dict.fromkeys(citation.source for citation in entry.citations))
        for macro, table in tables.items()
        for id_, entry in table.items()
    }
    decisions = {("decision", id_): tuple(cited(decision)) for id_, decision in registry.decisions.items()}
    embedded = MappingProxyType(sources | decisions)
    new = (replace(page, embedded=embedded) if any(map(page.embeds, EMBEDDING)) else page for page in pages)
    return Pages(MappingProxyType({page.src_uri: page for page in new}), pages.broken)
