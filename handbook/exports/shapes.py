"""The shapes of what the site gives away as data.

They are a promise to others, so they are declared apart from the models that editors fill in, and change only with
`SCHEMA_VERSION`. The line under each field is its entry in the published schema and in the data dictionary.
"""

from __future__ import annotations

import datetime as dt
from typing import Generic, Literal, TypeVar

from pydantic import ConfigDict, Field

from handbook.model.values import Strict
from handbook.model.vocabulary import (
    Attestation,
    Caller,
    ContactKind,
    Degree,
    Direction,
    EvidenceLevel,
    Extent,
    FieldKind,
    LegalMatter,
    Nature,
    Outcome,
    PageKind,
    RelationKind,
    Sighting,
    SituationGroup,
    SourceKind,
    Stage,
    Status,
    Withheld,
)

SCHEMA_VERSION = "3.1"
"""The first number grows when a field goes or changes its meaning, the second when one is added."""


class Exported(Strict):
    """Something given away: frozen, without a default, so that nothing can be left out."""

    model_config = ConfigDict(use_attribute_docstrings=True)


class Placed(Exported):
    """Something with a place on the site."""

    path: str
    """Address below the root of the site, with the section after `#` where it is part of a page."""
    url: str | None
    """The same address in full; empty in copies that do not know where the site is published."""


class ExportedChange(Exported):
    """One line of a recommendation's history."""

    date: dt.date
    """Day of the change."""
    change: str
    """What changed."""

    def __str__(self) -> str:
        """Return the line that stands in a table's cell."""
        return f"{self.date} {self.change}"


class ExportedRecommendation(Placed):
    """A recommendation that has a page on the site."""

    id: str
    """The recommendation's lasting name, never used again for another: the area's letters and a number."""
    title: str
    """What it is about, in the words of this handbook."""
    asks: str
    """What it asks, in the words of this handbook. The exact text is in the sources."""
    area: str
    """Id of the challenge area."""
    area_title: str
    """Name of the challenge area."""
    issuer: str
    """Id, in actors.json, of the body that makes the recommendation."""
    issuer_name: str
    """Name of that body."""
    issued: str | None
    """When it was made, as YYYY, YYYY-MM or YYYY-MM-DD; empty where that is not known."""
    addressees: tuple[str, ...]
    """Ids of the bodies (in actors.json) and roles whom it asks."""
    addressee_names: tuple[str, ...]
    """Names of those bodies and roles, in the same order."""
    nature: Nature
    """What kind of thing it asks for: only practice is counted as put into practice."""
    attestation: Attestation
    """How it is known that the issuer made it."""
    basis: str
    """What was read for this entry, where, and what was not."""
    sources: tuple[str, ...]
    """Ids, in sources.json, of the documents on which the entry rests."""
    actors: tuple[str, ...]
    """Ids, in actors.json, of other bodies concerned."""
    related: tuple[str, ...]
    """Ids of related recommendations in this file."""
    status: Status
    """Where the recommendation stands in this handbook."""
    replaced_by: str | None
    """Id of the recommendation that took its place; only for retired ones."""
    sections: int = Field(ge=0)
    """How many sections have steps for it; coverage.json lists these, and those that do part of it or report on it."""
    no_steps: str | None
    """Why no section has steps for it, where it is practice and none has."""
    history: tuple[ExportedChange, ...]
    """Changes of substance to this entry, the oldest first. In a table, each is its date, a space and its words."""


class ExportedField(Exported):
    """Something that a form asks."""

    id: str
    """Its name within the form, which the fields of the PDF bear too."""
    label: str
    """What it asks."""
    hint: str | None
    """What helps to answer."""
    kind: FieldKind
    """What is written into it."""
    options: tuple[str, ...]
    """What can be ticked, where the kind is ticks."""
    columns: tuple[str, ...]
    """What stands above the columns, where the kind is table."""


class ExportedPart(Exported):
    """A part of a form."""

    title: str
    """Its heading."""
    new_sheet: bool
    """Whether it begins a sheet, which can be handed on without the others."""
    text: tuple[str, ...]
    """Paragraphs that are printed in the empty form."""
    fields: tuple[ExportedField, ...]
    """What it asks, in the order of the form."""


class ExportedForm(Placed):
    """A form to fill in, without the answers of its example, which stand on its page."""

    id: str
    """The form's name, which its files bear."""
    title: str
    """What stands above it."""
    filled_in_by: str
    """Who fills it in."""
    keep: str
    """Where it is kept, and when it is deleted."""
    parts: tuple[ExportedPart, ...]
    """What it consists of."""
    files: tuple[str, ...]
    """Addresses, below the root of the site, of the form as PDF with fields, as ODT and as DOCX."""


class ExportedTest(Exported):
    """How well what a page advises has been tested for one outcome."""

    outcome: Outcome
    """What was measured, or would have to be."""
    level: EvidenceLevel
    """How well the advice has been tested for it."""
    why: str
    """The reason for the level."""
    direction: Direction
    """What studies found of an effect on it."""
    studies: str | None
    """How many studies there are, and of what kind; empty where the page does not say."""
    harm: str | None
    """What harm studies found; empty where the page names none."""
    sources: tuple[str, ...]
    """Ids, in sources.json, of what direction, studies and harm rest on."""

    def __str__(self) -> str:
        """Return the line that stands in a table's cell."""
        return f"{self.outcome} {self.level} {self.direction} {self.why}"


class ExportedFinding(Placed, ExportedTest):
    """How well what a page advises has been tested for one outcome, with the page."""

    page: str
    """Title of the page."""
    area: str | None
    """Id of its challenge area."""


class ExportedCovering(Placed):
    """A section of a page that does something of what a recommendation asks."""

    recommendation: str
    """Id of the recommendation, in recommendations.json."""
    recommendation_title: str
    """Title of the recommendation."""
    page: str
    """Path of the page, in pages.json."""
    page_title: str
    """Title of the page."""
    section: str
    """Heading of the section."""
    degree: Degree
    """In what degree the section does it; only steps count as putting it into practice."""
    missing: str | None
    """Which part is not done, when it is done in part."""
    evidence: tuple[ExportedTest, ...]
    """How well what the page advises has been tested, by outcome; empty for pages that give no guidance of their own.
    In a table, each is its outcome, its level and its words."""
    sources: tuple[str, ...]
    """Ids, in sources.json, of what the section cites, its subsections included, in the order of the text."""
    reviewed: dt.date
    """Day of the page's last review."""
    next_review: dt.date
    """First day of the month in which the page is due to be read again."""


class ExportedPage(Placed):
    """A page that somebody wrote. Pages made from the data, such as that of each recommendation, are not listed."""

    title: str
    """Title of the page."""
    summary: str
    """What is on it, in a sentence or two."""
    kind: PageKind
    """What the page is for."""
    area: str | None
    """Id of the challenge area; empty for pages that belong to none."""
    roles: tuple[str, ...]
    """Ids of the roles for whom it is written."""
    stages: tuple[Stage, ...]
    """Stages of prevention that it is about."""
    evidence: tuple[ExportedTest, ...]
    """How well its advice has been tested, by outcome; only guidance pages have it."""
    law: str | None
    """What of it is a legal obligation, where something is."""
    reviewed: dt.date
    """Day of the last review."""
    next_review: dt.date
    """First day of the month in which it is due to be read again."""
    owner: str
    """Who keeps the page."""
    covers: tuple[str, ...]
    """Ids of the recommendations for which it has sections; coverage.json says in what degree."""
    sources: tuple[str, ...]
    """Ids, in sources.json, of what it cites, in the order of the text."""


class ExportedRelation(Exported):
    """What a body has to do with another."""

    kind: RelationKind
    """What sort of relation it is."""
    actor: str
    """Id of the other body."""
    says: str
    """The relation in a sentence."""
    sources: tuple[str, ...]
    """Ids, in sources.json, of the documents that say so."""


class ExportedActor(Placed):
    """A body, network or group that issues recommendations, follows them up or is asked to do something."""

    id: str
    """The actor's lasting name."""
    name: str
    """Full name."""
    acronym: str | None
    """Short name, where there is one."""
    definition: str
    """What it is, in the words of this handbook."""
    since: str | None
    """When it began, as YYYY, YYYY-MM or YYYY-MM-DD; empty where that is not known."""
    until: str | None
    """When it ended; empty where it has not, or where that is not known."""
    succeeded_by: str | None
    """Id of the actor that took over."""
    website: str | None
    """An official page about it."""
    relations: tuple[ExportedRelation, ...]
    """What it has to do with other bodies, as far as a source says so."""
    sources: tuple[str, ...]
    """Ids, in sources.json, of the documents on which the entry rests."""


class ExportedSource(Placed):
    """A document that pages cite or recommendations rest on."""

    id: str
    """The source's lasting name; also its key in sources.bib and its id in sources.csl.json."""
    title: str
    """Title of the document."""
    publisher: str
    """Who published it, or the journal that carries it."""
    authors: tuple[str, ...]
    """Persons who wrote it, where they were noted: family name, comma, given names."""
    bodies: tuple[str, ...]
    """Bodies that wrote it, where they are not its publisher."""
    more_authors: bool
    """Whether it has more authors than are named."""
    year: int | None
    """Year of publication; empty where it is not known."""
    link: str | None
    """The official or the owner's page. Documents known only from a copy elsewhere have no link."""
    evidence: SourceKind
    """What sort of document it is."""
    language: str
    """Language of the document: the two letters of ISO 639."""
    read: Extent
    """How much of it the editors read."""
    places_read: tuple[str, ...]
    """Places that they read where they did not read the whole."""
    note: str | None
    """What else to know about it."""


class ExportedTerm(Placed):
    """An entry of the glossary."""

    term: str
    """The term."""
    definition: str
    """What it means in this handbook."""
    also: tuple[str, ...]
    """Other forms of the term."""
    sources: tuple[str, ...]
    """Ids, in sources.json, of the documents on which the definition rests."""


class ExportedEvent(Placed):
    """A dated entry of the timeline."""

    date: str
    """When it happened, as YYYY, YYYY-MM or YYYY-MM-DD."""
    event: str
    """What happened."""
    actors: tuple[str, ...]
    """Ids, in actors.json, of the bodies concerned."""
    sources: tuple[str, ...]
    """Ids, in sources.json, of the documents that say so."""


class ExportedSituation(Placed):
    """What somebody has seen, and what to do; all sentences are those of its pages."""

    id: str
    """The situation's lasting name."""
    words: str
    """What has happened, as the person would say it."""
    group: SituationGroup
    """Under which heading the finder lists it."""
    areas: tuple[str, ...]
    """Ids, in areas.json, of the areas that it is about."""
    roles: tuple[str, ...]
    """Ids, in roles.json, of those whose situation it may be."""
    now: tuple[str, ...]
    """What to do first."""
    say: tuple[str, ...]
    """Words to say."""
    today: tuple[str, ...]
    """What else to do, and who tells whom."""
    avoid: tuple[str, ...]
    """What not to do; each follows the words "Do not"."""
    pages: tuple[str, ...]
    """Paths, in pages.json, of the pages to read next, in this order."""


class ExportedArea(Placed):
    """One of the challenge areas named by the expert group, or the cross-cutting EU cooperation."""

    id: str
    """The area's lasting name."""
    prefix: str
    """Letters with which the ids of its recommendations begin."""
    title: str
    """Name of the area."""
    summary: str
    """What it is about."""


class ExportedRole(Placed):
    """A line of work of the people for whom the handbook is written."""

    id: str
    """The role's lasting name."""
    title: str
    """Name of the role."""
    summary: str
    """Who is meant, in words to the reader."""


class ExportedProvision(Placed):
    """What a provision of a country's law says on one matter, as far as it was read. No legal advice."""

    id: str
    """The provision's lasting name."""
    country: str
    """Two letters of ISO 3166."""
    country_name: str
    """Name of the country."""
    matter: LegalMatter
    """What it is looked up for."""
    instrument: str
    """The law, as the page has its name."""
    place: str
    """The place in it."""
    says: str
    """What it says, in our own words."""
    limits: str | None
    """Whom it does not bind, and what it does not say."""
    link: str | None
    """The official text."""
    page_title: str
    """Title of the page on which it was read."""
    page_publisher: str
    """Who published that page."""
    page_dated: str | None
    """The version of the text that was read; empty where it shows no date."""
    date_note: str | None
    """What else is known of that date."""
    seen: str
    """The words seen there, in their own language."""
    seen_on: dt.date
    """Day on which an editor read it."""


class ExportedContact(Placed):
    """Somebody to call or to write to. What may not be shown on the site is not given away either."""

    id: str
    """The contact's lasting name."""
    country: str
    """Two letters of ISO 3166; EU for what holds in all member states."""
    country_name: str
    """Name of the country."""
    kind: ContactKind
    """What it is for."""
    name: str
    """Its name, as its operator has it."""
    name_en: str | None
    """The name in English, where it has another."""
    operator: str | None
    """Who runs it."""
    numbers: tuple[str, ...]
    """Numbers as the operator writes them, with their use in brackets; none where `withheld` says why."""
    tel: tuple[str, ...]
    """The same numbers as addresses of RFC 3966."""
    email: str | None
    """Address to write to."""
    withheld: Withheld | None
    """Why a number or address that was seen is not given."""
    languages: str | None
    """In which it answers; empty where not known."""
    hours: str | None
    """When it answers; empty where not known."""
    free: bool | None
    """Whether calls cost nothing; empty where not known."""
    anonymous: bool | None
    """Whether callers may keep their names; empty where not known."""
    audience: tuple[Caller, ...]
    """Who may call."""
    general: bool
    """Whether it is a line for all emergencies or crimes."""
    note: str | None
    """What else is known of it."""
    link: str | None
    """Where to read on: the operator's address, or the page on which it was seen."""
    page_title: str
    """Title of the page on which it was seen."""
    page_publisher: str
    """Who published that page."""
    page_dated: str | None
    """What date that page bears; empty where it shows none."""
    sighting: Sighting
    """Whose page it was."""
    seen_on: dt.date
    """Day on which an editor saw it."""


class ExportedCitation(Exported):
    """A source, and the place in it."""

    source: str
    """Id of the source, in sources.json."""
    place: str
    """Such as "Article 16"; empty where the whole is meant."""


class ExportedPassage(Exported):
    """A few sentences of a decision."""

    text: str
    """In Markdown, with bold words and links; a path ends in .md and is that of a page of the site."""
    roles: tuple[str, ...]
    """Ids of the roles whose version has them; none where all have."""
    cites: tuple[ExportedCitation, ...]
    """On what they rest."""


class ExportedAnswer(Exported):
    """An answer to a question."""

    answer: str
    """In words."""
    next: str
    """Id of the question or outcome to which it leads."""


class ExportedQuestion(Exported):
    """A question of a decision."""

    id: str
    """Its name within the decision."""
    number: int
    """The number that it has on the page and in the chart."""
    question: str
    """In words."""
    help: tuple[ExportedPassage, ...]
    """How to find the answer."""
    answers: tuple[ExportedAnswer, ...]
    """What it may be answered with."""


class ExportedOutcome(Exported):
    """An end of a decision."""

    id: str
    """Its name within the decision."""
    number: int
    """The number that it has on the page and in the chart."""
    title: str
    """What to do, in a few words."""
    do: tuple[ExportedPassage, ...]
    """What to do, step by step."""
    say: tuple[ExportedPassage, ...]
    """Sentences to say."""
    note: tuple[ExportedPassage, ...]
    """What to write down."""


class ExportedDecision(Placed):
    """A decision tree: the first question comes first."""

    id: str
    """The decision's lasting name."""
    title: str
    """What is to be decided."""
    summary: str
    """For what it is of use."""
    roles: tuple[str, ...]
    """Ids of the roles who take it."""
    intro: tuple[ExportedPassage, ...]
    """What comes before the first question."""
    questions: tuple[ExportedQuestion, ...]
    """In the order of their numbers."""
    outcomes: tuple[ExportedOutcome, ...]
    """In the order of their numbers."""


class ExportedReply(Exported):
    """What somebody may answer, and what to say then."""

    answer: str
    """In their words."""
    say: str
    """In yours."""


class ExportedAttempt(Exported):
    """How a conversation may go."""

    words: str
    """What is said."""
    why: str
    """Why that helps, or does harm."""


class ExportedConversation(Placed):
    """A card with what to say to somebody."""

    id: str
    """The card's lasting name."""
    title: str
    """To whom it speaks, and about what."""
    roles: tuple[str, ...]
    """Ids of the roles of those who say it."""
    first: str
    """The first sentence, as it is said."""
    replies: tuple[ExportedReply, ...]
    """What may be answered, and what to say then."""
    way_out: str
    """How to end it well, as it is said."""
    good: ExportedAttempt
    """A good version."""
    bad: ExportedAttempt
    """A bad version."""
    sources: tuple[str, ...]
    """Ids of the sources on which it rests."""


class StandingEntry(Exported):
    """Where a team stands with one recommendation."""

    id: str = Field(pattern=r"^[A-Z]{3}-[0-9]{2,4}$")
    """Id of the recommendation, in recommendations.json."""
    title: str = Field(max_length=1000)
    """Its title when the file was saved."""
    mark: Literal["", "done", "planned", "not for us"]
    """Where the team stands; empty while it has not said so."""
    note: str = Field(max_length=1000)
    """The team's own words."""
    date: dt.date | Literal[""]
    """The team's date for it; empty where it has none."""
    digest: str
    """Short mark of its wording when the file was saved, by which a later release sees that it has changed."""


class StandingFile(Exported):
    """What a team saves on the page "Where do we stand?": `standing.js` writes and reads it in the reader's browser."""

    format: Literal["where-we-stand"]
    """What kind of file it is."""
    project: str
    """Whose recommendations the entries are about."""
    version: Literal[1]
    """Version of this shape; it grows when files of the former could be misread."""
    release: str
    """Release of the handbook that saved it."""
    day: dt.date
    """Day on which it was saved."""
    entries: tuple[StandingEntry, ...] = Field(max_length=2000)
    """Every recommendation of the list, marked or not, so that a later release sees which are new."""


T = TypeVar("T", bound=Exported)


class DatasetFile(Exported, Generic[T]):
    """A whole file of one kind of entries."""

    schema_address: str = Field(alias="$schema")
    """Address of the JSON Schema of this file, seen from the file."""
    schema_version: str
    """Version of the shape: a new first number means that programs may have to change."""
    title: str
    """What the file holds."""
    licence: str
    """Address of the licence."""
    site: str | None
    """Address of the site's root; empty in copies that do not know where the site is published."""
    items: tuple[T, ...]
    """The entries."""
