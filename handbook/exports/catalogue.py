"""Which files the site gives away, what each is for, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.exports import collection
from handbook.exports.datasets import schema_name, write_dataset, write_schema
from handbook.exports.records import (
    ExportedActor,
    ExportedArea,
    ExportedCovering,
    ExportedEvent,
    ExportedPage,
    ExportedRecommendation,
    ExportedRole,
    ExportedSource,
    ExportedTerm,
)
from handbook.exports.references import write_bibtex, write_csl
from handbook.exports.tables import columns, row, write_csv
from handbook.exports.vocabulary import write_skos
from handbook.exports.workbook import write_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.corpus import Corpus
    from handbook.exports.collection import Collect
    from handbook.exports.records import Exported
    from handbook.exports.workbook import Sheets


@dataclass(frozen=True, slots=True)
class Form:
    """Another form in which entries are given away.

    Attributes:
        file: its name below `data/`.
        purpose: what it is, or whom it serves.
        write: gives its content.
    """

    file: str
    purpose: str
    write: Callable[[Corpus], str | bytes]


@dataclass(frozen=True, slots=True)
class Offer:
    """All entries of one kind: as JSON, and in the forms that people and programs ask for besides.

    Attributes:
        name: what its files are called, without their endings.
        title: what it holds.
        purpose: whom it serves.
        model: the shape of the entries.
        collect: gives the entries.
        forms: the other forms.
    """

    name: str
    title: str
    purpose: str
    model: type[Exported]
    collect: Collect[Exported]
    forms: tuple[Form, ...] = ()

    @property
    def json(self) -> str:
        """Name of the JSON file."""
        return f"{self.name}.json"

    @property
    def schema(self) -> str:
        """Name of the schema of the JSON file."""
        return schema_name(self.name)

    def write_schema(self) -> str:
        """Write the schema of the JSON file."""
        return write_schema(self.model, self.title)

    def files(self, corpus: Corpus) -> Iterator[tuple[str, str | bytes]]:
        """Give the name and content of each file."""
        yield self.json, write_dataset(self.model, self.name, self.title, self.collect(corpus))
        yield self.schema, self.write_schema()
        for form in self.forms:
            yield form.file, form.write(corpus)


def _recommendations_csv(corpus: Corpus) -> str:
    return write_csv(columns(ExportedRecommendation), map(row, collection.recommendations(corpus)))


def _coverage_csv(corpus: Corpus) -> str:
    return write_csv(columns(ExportedCovering), map(row, collection.coverings(corpus)))


def _workbook(corpus: Corpus) -> bytes:
    sheets: Sheets = {
        "Recommendations": (ExportedRecommendation, list(collection.recommendations(corpus))),
        "Coverage": (ExportedCovering, list(collection.coverings(corpus))),
    }
    return write_workbook(sheets, "Recommendations and their coverage")


def _bibtex(corpus: Corpus) -> str:
    return write_bibtex(collection.sources(corpus))


def _csl(corpus: Corpus) -> str:
    return write_csl(collection.sources(corpus))


def _skos(corpus: Corpus) -> str:
    return write_skos(collection.terms(corpus), collection.sources(corpus), "Glossary of Prevention in Practice")


OFFERS: tuple[Offer, ...] = (
    Offer(
        "recommendations",
        "Recommendations",
        "What European and international bodies ask for in prevention, who asks it of whom, and how we know.",
        ExportedRecommendation,
        collection.recommendations,
        (
            Form("recommendations.csv", "The same as a table.", _recommendations_csv),
            Form("recommendations.xlsx", "The same, and the coverage, as a spreadsheet with filters.", _workbook),
        ),
    ),
    Offer(
        "coverage",
        "Coverage",
        "Which section of which page puts which recommendation into practice, on what sources, and when it was "
        "reviewed.",
        ExportedCovering,
        collection.coverings,
        (Form("coverage.csv", "The same as a table.", _coverage_csv),),
    ),
    Offer(
        "pages",
        "Pages",
        "What there is to read, for whom, and how well tested it is.",
        ExportedPage,
        collection.pages,
    ),
    Offer(
        "sources",
        "Sources",
        "Every document that pages cite or recommendations rest on, and how much of it was read.",
        ExportedSource,
        collection.sources,
        (
            Form("sources.bib", "The same in BibTeX, for reference managers.", _bibtex),
            Form("sources.csl.json", "The same in CSL-JSON, for citation programs.", _csl),
        ),
    ),
    Offer(
        "actors",
        "Bodies and groups",
        "Who issues recommendations, follows them up or is asked to do something.",
        ExportedActor,
        collection.actors,
    ),
    Offer(
        "glossary",
        "Glossary",
        "What words mean in this handbook.",
        ExportedTerm,
        collection.terms,
        (
            Form(
                "glossary.ttl",
                "The same as a SKOS vocabulary in Turtle, for other sites and for tools that tag or translate.",
                _skos,
            ),
        ),
    ),
    Offer(
        "timeline",
        "Timeline",
        "What happened when in European prevention policy.",
        ExportedEvent,
        collection.events,
    ),
    Offer(
        "areas",
        "Challenge areas",
        "The areas by which recommendations and pages are sorted.",
        ExportedArea,
        collection.areas,
    ),
    Offer(
        "roles",
        "Roles",
        "The lines of work for which pages are written.",
        ExportedRole,
        collection.roles,
    ),
)
"""Everything that is given away."""


def exported_files(corpus: Corpus) -> Iterator[tuple[str, str | bytes]]:
    """Give the name below `data/` and the content of every file."""
    for offer in OFFERS:
        yield from offer.files(corpus)
