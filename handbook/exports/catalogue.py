"""Which files the site gives away, what each is for, and how it is made."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handbook.exports import collect
from handbook.exports.bibliography import write_bibtex, write_csl
from handbook.exports.json_files import schema_name, write_dataset, write_schema, write_shape
from handbook.exports.shapes import (
    ExportedActor,
    ExportedArea,
    ExportedContact,
    ExportedConversation,
    ExportedCovering,
    ExportedDecision,
    ExportedEvent,
    ExportedFinding,
    ExportedForm,
    ExportedPage,
    ExportedProvision,
    ExportedRecommendation,
    ExportedRole,
    ExportedSituation,
    ExportedSource,
    ExportedTerm,
    StandingFile,
)
from handbook.exports.skos import write_skos
from handbook.exports.tables import columns, row, write_csv
from handbook.exports.vcards import write_vcards
from handbook.exports.workbook import write_workbook
from handbook.identity import NAME

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from handbook.exports.collect import Collect
    from handbook.exports.shapes import Exported
    from handbook.exports.workbook import Worksheets
    from handbook.model.corpus import Corpus


@dataclass(frozen=True, slots=True)
class Distribution:
    """Another distribution in which entries are given away.

    Attributes:
        file: its name below `data/`.
        purpose: what it is, or whom it serves.
        write: gives its content.
    """

    file: str
    purpose: str
    write: Callable[[Corpus], str | bytes]


@dataclass(frozen=True, slots=True)
class Dataset:
    """All entries of one kind: as JSON, and in the distributions that people and programs ask for besides.

    Attributes:
        name: what its files are called, without their endings.
        title: what it holds.
        purpose: whom it serves.
        model: the shape of the entries.
        collect: gives the entries.
        distributions: the other distributions.
    """

    name: str
    title: str
    purpose: str
    model: type[Exported]
    collect: Collect[Exported]
    distributions: tuple[Distribution, ...] = ()

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
        """Yield the name and content of each file."""
        yield self.json, write_dataset(self.model, self.name, self.title, self.collect(corpus))
        yield self.schema, self.write_schema()
        for distribution in self.distributions:
            yield distribution.file, distribution.write(corpus)


def _recommendations_csv(corpus: Corpus) -> str:
    return write_csv(columns(ExportedRecommendation), map(row, collect.recommendations(corpus)))


def _coverage_csv(corpus: Corpus) -> str:
    return write_csv(columns(ExportedCovering), map(row, collect.coverings(corpus)))


def _findings_csv(corpus: Corpus) -> str:
    return write_csv(columns(ExportedFinding), map(row, collect.findings(corpus)))


def _workbook(corpus: Corpus) -> bytes:
    sheets: Worksheets = {
        "Recommendations": (ExportedRecommendation, list(collect.recommendations(corpus))),
        "Coverage": (ExportedCovering, list(collect.coverings(corpus))),
    }
    return write_workbook(sheets, "Recommendations and their coverage")


def _bibtex(corpus: Corpus) -> str:
    return write_bibtex(collect.sources(corpus))


def _csl(corpus: Corpus) -> str:
    return write_csl(collect.sources(corpus))


def _skos(corpus: Corpus) -> str:
    return write_skos(collect.terms(corpus), collect.sources(corpus), f"Glossary of {NAME}")


def _contacts_csv(corpus: Corpus) -> str:
    return write_csv(columns(ExportedContact), map(row, collect.contacts(corpus)))


def _provisions_csv(corpus: Corpus) -> str:
    return write_csv(columns(ExportedProvision), map(row, collect.provisions(corpus)))


def _vcards(corpus: Corpus) -> bytes:
    return write_vcards(collect.contacts(corpus))


CATALOGUE: tuple[Dataset, ...] = (
    Dataset(
        "recommendations",
        "Recommendations",
        "What European and international bodies ask for in prevention, who asks it of whom, and how we know.",
        ExportedRecommendation,
        collect.recommendations,
        (
            Distribution("recommendations.csv", "The same as a table.", _recommendations_csv),
            Distribution("recommendations.xlsx", "The same, with the coverage, as a spreadsheet to filter.", _workbook),
        ),
    ),
    Dataset(
        "coverage",
        "Coverage",
        "Which section of which page puts which recommendation into practice, on what sources, and when it was "
        "reviewed.",
        ExportedCovering,
        collect.coverings,
        (Distribution("coverage.csv", "The same as a table.", _coverage_csv),),
    ),
    Dataset(
        "pages",
        "Pages",
        "What there is to read, for whom, and how well tested it is.",
        ExportedPage,
        collect.pages,
    ),
    Dataset(
        "evidence",
        "What works",
        "For what outcome the advice of each page was tested, by what studies, what they found, and how certain it is.",
        ExportedFinding,
        collect.findings,
        (Distribution("evidence.csv", "The same as a table.", _findings_csv),),
    ),
    Dataset(
        "sources",
        "Sources",
        "Every document that pages cite or recommendations rest on, and how much of it was read.",
        ExportedSource,
        collect.sources,
        (
            Distribution("sources.bib", "The same in BibTeX, for reference managers.", _bibtex),
            Distribution("sources.csl.json", "The same in CSL-JSON, for citation programs.", _csl),
        ),
    ),
    Dataset(
        "actors",
        "Bodies and groups",
        "Who issues recommendations, follows them up or is asked to do something.",
        ExportedActor,
        collect.actors,
    ),
    Dataset(
        "glossary",
        "Glossary",
        "What words mean in this handbook.",
        ExportedTerm,
        collect.terms,
        (
            Distribution(
                "glossary.ttl",
                "The same as a SKOS vocabulary in Turtle, for other sites and for tools that tag or translate.",
                _skos,
            ),
        ),
    ),
    Dataset(
        "timeline",
        "Timeline",
        "What happened when in European prevention policy.",
        ExportedEvent,
        collect.events,
    ),
    Dataset(
        "situations",
        "Situations",
        "What to do now, to say and not to do when something has happened, in the words of the guidance.",
        ExportedSituation,
        collect.situations,
    ),
    Dataset(
        "contacts",
        "Contacts",
        "Whom to call in each country of the EU, for directories and for the telephones of a service.",
        ExportedContact,
        collect.contacts,
        (
            Distribution("contacts.csv", "The same as a table.", _contacts_csv),
            Distribution(
                "contacts.vcf", "Those that can be called or written to, for address books (vCard 4).", _vcards
            ),
        ),
    ),
    Dataset(
        "forms",
        "Forms to fill in",
        "What each form asks, for services that build it into a program of their own.",
        ExportedForm,
        collect.forms,
    ),
    Dataset(
        "decisions",
        "Decisions",
        "Decision trees with their questions, and at each end what to do, what to say and what to note.",
        ExportedDecision,
        collect.decisions,
    ),
    Dataset(
        "national-law",
        "National law",
        "What was read of the law of member states on duties to report, secrecy, the local table, age and keeping.",
        ExportedProvision,
        collect.provisions,
        (Distribution("national-law.csv", "The same as a table.", _provisions_csv),),
    ),
    Dataset(
        "conversations",
        "What to say",
        "Cards with a first sentence, answers and a way out, for conversations that are hard to begin.",
        ExportedConversation,
        collect.conversations,
    ),
    Dataset(
        "areas",
        "Challenge areas",
        "The areas by which recommendations and pages are sorted.",
        ExportedArea,
        collect.areas,
    ),
    Dataset(
        "roles",
        "Roles",
        "The lines of work for which pages are written.",
        ExportedRole,
        collect.roles,
    ),
)
"""Everything that is given away."""


def exported_files(corpus: Corpus) -> Iterator[tuple[str, str | bytes]]:
    """Yield the name below `data/` and the content of every file."""
    for dataset in CATALOGUE:
        yield from dataset.files(corpus)
    yield schema_name("where-we-stand"), write_shape(StandingFile, "Where do we stand?")
