"""One table for those who inspect: what was recommended, and what this handbook does about it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

from handbook.exports.collect import public_recommendations, tests
from handbook.exports.extracts import Extracts
from handbook.exports.shapes import Exported, ExportedChange, ExportedTest
from handbook.exports.tables import columns, row, write_csv
from handbook.model.addresses import in_the_world
from handbook.model.vocabulary import Attestation, Degree, Nature, Status

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handbook.model.corpus import Corpus
    from handbook.model.coverage import Covering
    from handbook.model.records import Recommendation


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
    """Give the lines of the table: one for each section, or for a recommendation without any."""
    extracts = Extracts(corpus)
    for recommendation in public_recommendations(corpus):
        for covering in corpus.coverage.by_recommendation.get(recommendation.id, (None,)):
            asked, done = _asked(recommendation, corpus), _done(covering, corpus, extracts)
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


def _done(covering: Covering | None, corpus: Corpus, extracts: Extracts) -> dict[str, object]:
    if covering is None:
        return _NOTHING_DONE
    page, section, meta = covering.page, covering.section, covering.page.meta
    return {
        "page": meta.title,
        "section": section.title,
        "address": in_the_world(covering.url) or covering.url,
        "degree": covering.degree,
        "missing": covering.missing or None,
        "what_is_done": extracts.first_sentences(page, section),
        "section_sources": _described(page.cited_in(section), corpus),
        "tested": tests(meta),
        "obliged": meta.evidence.law if meta.evidence else None,
        "last_review": meta.reviewed,
        "next_review": meta.next_review,
    }


def _described(sources: Iterable[str], corpus: Corpus) -> tuple[str, ...]:
    found = (corpus.registry.sources[id_] for id_ in sources)
    return tuple(f"{source.publisher}, {source.title}{f', {source.year}' if source.year else ''}" for source in found)
