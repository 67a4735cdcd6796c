"""One table for those who inspect: what was recommended, and what this handbook does about it."""

from __future__ import annotations

import datetime as dt
import re
from typing import TYPE_CHECKING

from handbook.exports.collect import public_recommendations, tests
from handbook.exports.shapes import Exported, ExportedChange, ExportedTest
from handbook.exports.tables import columns, row, write_csv
from handbook.model.addresses import absolute_url
from handbook.model.vocabulary import Attestation, Degree, Nature, Status
from handbook.parsing.prose import paragraphs

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model.corpus import Corpus
    from handbook.model.coverage import Covering
    from handbook.model.pages import Page
    from handbook.model.records import Recommendation
    from handbook.model.registry import Registry
    from handbook.parsing.macro_calls import Call
    from handbook.parsing.outline import Section


class EvidenceLine(Exported):
    """A recommendation and a section that covers it; without a section, what follows `no_steps` is empty."""

    recommendation: str
    title: str
    issuer: str
    issued: str | None
    nature: Nature
    attestation: Attestation
    recommendation_sources: tuple[str, ...]
    status: Status
    no_steps: str | None
    page: str | None
    section: str | None
    address: str | None
    degree: Degree | None
    missing: str | None
    what_is_done: str | None
    section_sources: tuple[str, ...]
    tested: tuple[ExportedTest, ...]
    obliged: str | None
    last_review: dt.date | None
    next_review: dt.date | None
    changes: tuple[ExportedChange, ...]


def write_evidence(corpus: Corpus) -> str:
    """Write the table of all recommendations that readers may see."""
    return write_csv(columns(EvidenceLine), map(row, evidence(corpus)))


def evidence(corpus: Corpus) -> Iterator[EvidenceLine]:
    """Yield the lines of the table: one for each section, or for a recommendation without any."""
    for recommendation in public_recommendations(corpus):
        for covering in corpus.coverage.by_recommendation.get(recommendation.id, (None,)):
            asked, done = _asked(recommendation, corpus), _done(covering, corpus)
            yield EvidenceLine.model_validate(asked | done)


def _asked(recommendation: Recommendation, corpus: Corpus) -> dict[str, object]:
    return {
        "recommendation": recommendation.id,
        "title": recommendation.title,
        "issuer": corpus.registry.actors[recommendation.issuer].name,
        "issued": recommendation.issued,
        "nature": recommendation.nature,
        "attestation": recommendation.attestation,
        "recommendation_sources": _described(recommendation.sources, corpus),
        "status": recommendation.status,
        "no_steps": recommendation.no_steps,
        "changes": tuple(ExportedChange(date=line.date, change=line.change) for line in recommendation.history),
    }


_NOTHING_DONE = dict.fromkeys(
    ("page", "section", "address", "degree", "missing", "what_is_done", "obliged", "last_review", "next_review")
) | {"section_sources": (), "tested": ()}


def _done(covering: Covering | None, corpus: Corpus) -> dict[str, object]:
    if covering is None:
        return _NOTHING_DONE
    page, section, meta = covering.page, covering.section, covering.page.meta
    return {
        "page": meta.title,
        "section": section.title,
        "address": absolute_url(covering.url) or covering.url,
        "degree": covering.degree,
        "missing": covering.missing or None,
        "what_is_done": _first_sentences(page, section, corpus) or meta.summary,
        "section_sources": _described(page.cited_in(section), corpus),
        "tested": tests(meta),
        "obliged": meta.evidence.law if meta.evidence else None,
        "last_review": meta.reviewed,
        "next_review": meta.next_review,
    }


_ENOUGH = 300
"""Characters after which no new sentence begins."""


def _first_sentences(page: Page, section: Section, corpus: Corpus) -> str:
    """Return the first sentences of a section in plain text; nothing if it has none of its own."""
    lines = page.body.split("\n")
    for call in reversed(page.calls):
        number, column = call.location.line - page.first_line, call.location.column - 1
        line = lines[number]
        lines[number] = line[:column] + _words(call, corpus.registry) + line[line.index("}}", column) + 2 :]
    end = page.outline.end_of(section)
    own = [line for number, line in enumerate(lines, page.first_line) if section.line < number < end]
    text = " ".join(paragraphs("\n".join(own), page.outline, section.line + 1))
    taken: list[str] = []
    for sentence in re.split(r"(?<=[.!?])\s+", text):
        if sum(map(len, taken)) >= _ENOUGH:
            break
        taken.append(sentence)
    return " ".join(taken)


def _words(call: Call, registry: Registry) -> str:
    """Return the words that stand for a call within a sentence; lists, boxes and citations have none."""
    match call.macro, dict(call.arguments):
        case "rec", {"recommendation": str(name)}:
            return name
        case "term", {"term": str(name)}:
            return name
        case "actor", {"actor": str(name)}:
            return registry.actors[name].name
        case "role", {"role": str(name)}:
            return registry.roles[name].title.lower()
    return ""


def _described(sources: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    found = (corpus.registry.sources[id_] for id_ in sources)
    return tuple(f"{source.publisher}, {source.title}{f', {source.year}' if source.year else ''}" for source in found)
