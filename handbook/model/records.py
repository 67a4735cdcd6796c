"""The shapes of everything under `data/`.

Each shape is declared once, here; validation, look-ups and rendering follow from it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import Field, model_validator

from handbook.limits import MOST_SIGNS
from handbook.model.references import RefersTo
from handbook.model.values import (
    ActorId,
    AreaId,
    AreaPrefix,
    Day,
    KnownPage,
    KnownRecommendation,
    Language,
    PagePath,
    PartialDate,
    RecommendationId,
    Record,
    RoleId,
    ShortText,
    Slug,
    SourceId,
    Strict,
    Text,
    TextOrEmpty,
    WebAddress,
    WordingDigest,
    fault,
)
from handbook.model.vocabulary import (
    Attestation,
    Extent,
    Nature,
    PackForm,
    PageKind,
    RelationKind,
    SourceKind,
    Stage,
    Status,
)
from handbook.problem_kinds import ProblemKind


class ChallengeArea(Record):
    """One of the six areas of the expert group, or the cross-cutting EU cooperation."""

    id: Slug
    prefix: AreaPrefix
    title: Text
    summary: Text


class Role(Record):
    """A line of work of the people whom the handbook serves."""

    id: Slug
    title: Text
    summary: Text


class Source(Record):
    """A document that pages cite and recommendations rest on."""

    id: Slug
    """By this name pages cite it."""
    title: Text
    """As its publisher gave it."""
    publisher: Text
    authors: tuple[Text, ...] = ()
    year: Annotated[int, Field(ge=1900, le=2100)] | None = None
    url: WebAddress | None = None
    """Only the official or the owner's page; other sources are printed without a link."""
    evidence: SourceKind
    """What sort of document it is."""
    language: Language
    """Two-letter code of ISO 639."""
    read: Extent
    """How much of it the editors have read."""
    places_read: tuple[Text, ...] = ()
    """Places that were read where the whole was not, such as "Article 16"."""
    note: Text | None = None
    background: bool = False
    """Whether it is listed although nothing cites it."""

    def was_read_at(self, place: str) -> bool:
        """Whether it was read whole, or at a place that a citation names; "Article 16" has "Article 16(2)" in it."""
        whole = self.read is Extent.WHOLE
        return whole or any(re.match(rf"{re.escape(read)}(?!\w)", place) for read in self.places_read)


SHELF_ROOM = 60
"""So many sources at most stand on a page of the list: what a phone is sent for a page stays little."""


class Shelf(Record):
    """A page of the list of sources, and what stands on it."""

    id: Slug
    """Also the name of its page."""
    title: Text
    """What a reader will find there."""
    kinds: Annotated[tuple[SourceKind, ...], Field(min_length=1)]
    begins: Text = ""
    """The name of a publisher from which on sources stand here, or its first letters; left out for the first page."""

    def takes(self, source: Source) -> bool:
        """Whether a source may stand here, if on no later page."""
        return source.evidence in self.kinds and self.begins.casefold() <= source.publisher.casefold()


class Relation(Strict):
    """What a body has to do with another, in a sentence for readers."""

    kind: RelationKind
    actor: ActorId
    """The other body."""
    says: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]


class Actor(Record):
    """A body, network or group that issues, follows up or is asked to do something."""

    id: Slug
    name: Text
    acronym: Text | None = None
    definition: Text
    since: PartialDate | None = None
    until: PartialDate | None = None
    succeeded_by: ActorId | None = None
    page: KnownPage | None = None
    """`src_uri` of the page about it, for bodies that have one."""
    url: WebAddress | None = None
    sources: tuple[SourceId, ...]
    relations: tuple[Relation, ...] = ()


class Tier(Record):
    """A row of bodies in the picture of how they work together, from top to bottom."""

    key = "title"

    title: Text
    actors: Annotated[tuple[ActorId, ...], Field(min_length=1, max_length=3)]


class Term(Record):
    """An entry of the glossary."""

    key = "term"
    is_caseless = True

    term: Text
    definition: Text
    sources: tuple[SourceId, ...]
    also: tuple[Text, ...] = ()
    """Other forms under which the term is looked up."""

    @property
    def names(self) -> tuple[str, ...]:
        """Every form in which it is looked up, in lower case."""
        return tuple(dict.fromkeys(form.casefold() for form in (self.term, *self.also)))


class Phrase(Record):
    """Words that the pages do not use, and better ones."""

    key = "phrase"
    is_caseless = True

    phrase: Text
    """As it would stand in a text; small and capital letters count alike."""
    better: Text
    """What to write instead."""

    @property
    def names(self) -> tuple[str, ...]:
        """The phrase, in lower case."""
        return (self.phrase.casefold(),)


class Event(Record):
    """A dated entry of the timeline."""

    key = "event"

    date: PartialDate
    event: Text
    sources: Annotated[tuple[SourceId, ...], Field(min_length=1)]
    actors: tuple[ActorId, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Nothing: it has no name."""
        return ()


class ChangeNote(Record):
    """What changed on pages, in words for readers."""

    key = "change"

    date: Day
    change: Text
    pages: tuple[KnownPage, ...] = ()
    """Each the `src_uri` of a page."""
    recommendations: tuple[KnownRecommendation, ...] = ()

    @property
    def names(self) -> tuple[str, ...]:
        """Nothing: it has no name."""
        return ()


class Selection(Strict):
    """Which pages to take: those that fit every one of the four keys given, and those named in `pages`.

    Without any key, it is all pages; with `pages` alone, it is these.
    """

    areas: tuple[AreaId, ...] = ()
    roles: tuple[RoleId, ...] = ()
    kinds: tuple[PageKind, ...] = ()
    stages: tuple[Stage, ...] = ()
    pages: tuple[KnownPage, ...] = ()
    """Each the `src_uri` of a page."""


class Pack(Record):
    """A set of pages for one audience, to print."""

    id: Slug
    """Also the name of its file."""
    title: Text
    audience: Text
    form: PackForm = PackForm.BOOK
    selection: Selection = Selection()
    order: tuple[KnownPage, ...] = ()
    """`src_uri` of the pages that come first; the others follow in the order of the site."""


class Situation(Record):
    """What somebody has seen, and the pages that help; a question, and no judgement of anybody."""

    id: Slug
    """Also the name of its page."""
    words: ShortText
    """As the person would say it."""
    areas: Annotated[tuple[AreaId, ...], Field(min_length=1)]
    roles: Annotated[tuple[RoleId, ...], Field(min_length=1)]
    """Whose situation it may be."""
    stage: Annotated[tuple[Stage, ...], Field(min_length=1)]
    pages: Annotated[tuple[KnownPage, ...], Field(min_length=1)]
    """`src_uri` of the pages to read, in this order."""


class Citation(Strict):
    """A source, and the place in it."""

    source: SourceId
    place: Text = ""
    """Such as "Article 16"; left out where the whole is meant."""


class AdviceRow(Strict):
    """A row of a table of advice."""

    cells: Annotated[tuple[TextOrEmpty, ...], Field(min_length=2)]
    """One for each column, in Markdown with links and bold words; a cell that has nothing is ''."""
    cites: tuple[Citation, ...] = ()
    """On what the row rests; the numbers stand at its end."""


class Advice(Record):
    """A decision table or rule that several pages need: written once, and embedded by each."""

    id: Slug
    """Also the name of its file."""
    title: ShortText
    """The table's caption."""
    intro: Text
    """One sentence before the table, in the same Markdown as its cells."""
    columns: Annotated[tuple[Text, ...], Field(min_length=2)]
    rows: Annotated[tuple[AdviceRow, ...], Field(min_length=1)]
    notes: tuple[Text, ...] = ()
    """Paragraphs after the table, in the same Markdown."""
    signs: Annotated[tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...], Field(max_length=MOST_SIGNS)] = ()
    """Lists of words: a sentence that has all words of a list says again what the table says."""

    @property
    def sources(self) -> tuple[str, ...]:
        """The ids of what it cites, in the order of its rows."""
        return tuple(dict.fromkeys(citation.source for row in self.rows for citation in row.cites))

    @model_validator(mode="after")
    def _fills_its_columns(self) -> Advice:
        for number, row in enumerate(self.rows, 1):
            if len(row.cells) != len(self.columns):
                message = (
                    f"row {number} has {len(row.cells)} cells and there are {len(self.columns)} columns; give it one "
                    "for each, '' where it has nothing"
                )
                raise fault(ProblemKind.WRONG_VALUE, message)
        return self


class Change(Strict):
    """One line of a recommendation's history."""

    date: Day
    change: Text


class Recommendation(Record):
    """Something that a body asks of others, as this handbook words it."""

    id: RecommendationId
    """The area's letters and the next free number; never used again for something else."""
    title: ShortText
    """What it asks, in a few words."""
    asks: Text
    """What it asks, in one to three sentences of our own."""
    issuer: ActorId
    """Id of the actor who made it."""
    issued: PartialDate | None = None
    """When it was made: YYYY, YYYY-MM or YYYY-MM-DD; left out when not known."""
    addressees: Annotated[tuple[Annotated[Slug, RefersTo("actor", "role")], ...], Field(min_length=1)]
    """Ids of actors and roles."""
    nature: Nature
    """What kind of thing it asks for; only what is practice is counted as put into practice."""
    attestation: Attestation
    """How it is known."""
    basis: Text
    """How it is known: what was read, where, and what was not."""
    sources: tuple[SourceId, ...]
    """Ids of the sources on which it rests."""
    actors: tuple[ActorId, ...] = ()
    """Ids of other actors whom it concerns."""
    related: tuple[KnownRecommendation, ...] = ()
    """Ids of recommendations on the same matter."""
    status: Status
    """Where it stands in its life."""
    no_steps: Text | None = None
    """Why no section has steps for it, in a sentence for readers; only for practice, and only while it is so."""
    replaced_by: KnownRecommendation | None = None
    """Id of the one that has taken its place; only for a retired one."""
    history: Annotated[tuple[Change, ...], Field(min_length=1)]
    """One line for each change of substance, the oldest first."""

    @property
    def prefix(self) -> str:
        """The letters that name its area."""
        return self.id[:3]

    @property
    def is_public(self) -> bool:
        """Whether readers may see it: what nobody has verified is for editors only."""
        return self.attestation is not Attestation.UNVERIFIED

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Recommendation:
        if self.attestation is Attestation.UNVERIFIED and self.status is not Status.DRAFT:
            message = f"'{self.id}' is unverified, so its status must be 'draft'; find a source or change the status"
            raise fault(ProblemKind.UNVERIFIED, message)
        if self.attestation is not Attestation.UNVERIFIED and not self.sources:
            raise fault(
                ProblemKind.MISSING_KEY, f"'{self.id}' is {self.attestation}, but names no source; add one to 'sources'"
            )
        if (self.status is Status.RETIRED) != (self.replaced_by is not None):
            if self.replaced_by:
                message = f"'{self.id}' is {self.status}, so nothing follows it; delete 'replaced_by', or retire it"
            else:
                message = f"'{self.id}' is retired; name in 'replaced_by' the recommendation that follows it"
            raise fault(ProblemKind.REPLACEMENT, message)
        if self.no_steps and self.nature is not Nature.PRACTICE:
            message = f"'{self.id}' is {self.nature}, which needs no steps; delete 'no_steps'"
            raise fault(ProblemKind.NO_STEPS, message)
        return self


class History(Record):
    """Everything that has ever had an id or an address in this handbook; lines are added and never deleted."""

    recommendations: tuple[RecommendationId, ...]
    """Every id that was ever given to a recommendation."""
    pages: tuple[Text, ...]
    """`src_uri` of every page that there ever was."""


class Redirect(Record):
    """The way from where a page was to where its readers find it now."""

    key = "old"

    old: PagePath
    """`src_uri` of the page that is no longer there."""
    new: PagePath
    """`src_uri` of the page that has taken its place."""


class Confirmation(Record):
    """An editor's word that a page does what its recommendations ask, as they were worded then."""

    key = "page"

    page: KnownPage
    """`src_uri` of the page."""
    wording: Mapping[RecommendationId, WordingDigest]
    """For each recommendation that the page puts into practice, the digest of its title and of what it asks."""
