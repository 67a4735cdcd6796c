"""Pages that embed tables of advice and decisions cite what these cite."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

from handbook.model.decisions import cited
from handbook.model.pages import EMBEDDING, Pages

if TYPE_CHECKING:
    from handbook.model.registry import Registry


def with_embedded(pages: Pages, registry: Registry) -> Pages:
    """Return the pages, in which each that embeds something cites its sources."""
    sources = MappingProxyType(
        {("advice", id_): advice.sources for id_, advice in registry.advice.items()}
        | {("decision", id_): tuple(cited(decision)) for id_, decision in registry.decisions.items()}
    )
    new = (
        replace(page, embedded=sources) if any(call.macro in EMBEDDING for call in page.calls) else page
        for page in pages
    )
    return Pages(MappingProxyType({page.src_uri: page for page in new}), pages.broken)
