"""The shapes of everything under `data/`.

Each shape is declared once, here; validation, look-ups and rendering follow from it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from itertools import groupby
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated

from pydantic import Field, model_validator

from handbook.limits import (
    MOST_FORM_COLUMNS,
    MOST_FORM_FIELDS,
    MOST_FORM_PARTS,
    MOST_FORM_ROWS,
    MOST_SIGNS,
    MOST_STEPS,
)
from handbook.model.references import RefersTo
from handbook.model.values import (
    ActorId,
    AreaId,
    AreaPrefix,
    CountryCode,
    CountryId,
    Day,
    DecisionId,
    KnownPage,
    KnownRecommendation,
    Language,
    MailAddress,
    PagePath,
    PartialDate,
    Person,
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
    AnswerPart,
    Attestation,
    Caller,
    ContactKind,
    Extent,
    FieldKind,
    LegalMatter,
    Nature,
    PackForm,
    PageKind,
    RelationKind,
    Sighting,
    SituationGroup,
    SourceKind,
    Stage,
    Status,
    Withheld,
)
from handbook.problem_kinds import ProblemKind
from handbook.problems import nearest

if TYPE_CHECKING:
    from handbook.parsing.yaml_values import ValuePath


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
    authors: tuple[Person, ...] = ()
    """The persons who wrote it, as `Smith, Jane`."""
    bodies: tuple[Text, ...] = ()
    """The bodies that wrote it, where they are not its publisher."""
    more_authors: bool = False
    """Whether it has more authors than are named here."""
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

    @property
    def byline(self) -> str:
        """Its authors as they are said, such as `Jane Smith, TNO et al.`; empty where none are named."""
        persons = (" ".join(reversed(author.split(", "))) for author in self.authors)
        return ", ".join([*persons, *self.bodies]) + " et al." * self.more_authors

    def was_read_at(self, place: str) -> bool:
        """Whether it was read whole, or at a place that a citation names; "Article 16" has "Article 16(2)" in it."""
        whole = self.read is Extent.WHOLE
        return whole or any(re.match(rf"{re.escape(read)}(?!\w)", place) for read in self.places_read)


BIBLIOGRAPHY_ROOM = 60
"""So many sources at most stand on a page of the list: what a phone is sent for a page stays little."""


class BibliographyPage(Record):
    """A page of the list of sources, and what stands on it."""

    id: Slug
    """Also the name of its page."""
    title: Text
    """What a reader will find there."""
    kinds: Annotated[tuple[SourceKind, ...], Field(min_length=1)]
    begins: Text = ""
    """The name of a publisher from which on sources stand here, or its first letters; left out for the first page."""

    def beginning(self) -> str:
        """Return where it begins, as publishers are compared."""
        return self.begins.casefold()


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


class DiagramRow(Record):
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


class BestBet(Record):
    """A query for which search shows a certain page first; its words also lead to that page among others."""

    key = "asks"
    is_caseless = True

    asks: ShortText
    """As people type it."""
    page: PagePath
    """`src_uri` of the page, which somebody has written or the site makes."""

    @property
    def names(self) -> tuple[str, ...]:
        """The query, in lower case."""
        return (self.asks.casefold(),)


class Synonym(Record):
    """A word that people type, and those that pages have for the same."""

    key = "word"
    is_caseless = True

    word: ShortText
    means: ShortText
    """One word or several, with spaces between them."""

    @property
    def names(self) -> tuple[str, ...]:
        """The word, in lower case."""
        return (self.word.casefold(),)


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
    """For the form `role`, the role."""


_Sentences = Annotated[tuple[Text, ...], Field(min_length=1)]


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
    group: SituationGroup
    """Under which heading the finder lists it."""
    pages: Annotated[tuple[KnownPage, ...], Field(min_length=1, max_length=3)]
    """`src_uri` of the pages from which the sentences below are taken, and which one reads next, in this order."""
    now: _Sentences
    """What to do first; each sentence as a page has it, in all parts."""
    say: _Sentences
    """Words to say, without quotation marks."""
    today: _Sentences
    """What else to do, and who tells whom."""
    avoid: _Sentences
    """What follows the words "Do not" on a page, without these."""
    decision: DecisionId | None = None
    """Id of the decision that the person has to take."""

    @property
    def sentences(self) -> Iterator[tuple[ValuePath, str]]:
        """The place in the entry, which begins with the key of the part, and the words of each sentence."""
        for part in AnswerPart:
            yield from (((part, position), sentence) for position, sentence in enumerate(getattr(self, part)))


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
    def citations(self) -> tuple[Citation, ...]:
        """What it cites, in the order of its rows."""
        return tuple(citation for row in self.rows for citation in row.cites)

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


class FormField(Strict):
    """Something that a form asks, with the answer of its good example."""

    id: Slug
    """Its name within the form, which programs that read filled-in forms use."""
    label: ShortText
    """What it asks."""
    hint: Text | None = None
    """What helps to answer, in a sentence."""
    kind: FieldKind = FieldKind.LINE
    """What is written into it."""
    example: Text | None = None
    """The answer of the good example, where the kind is line or lines."""
    example_day: Day | None = None
    """The answer where the kind is date."""
    options: Annotated[tuple[ShortText, ...], Field(max_length=MOST_FORM_ROWS)] = ()
    """What can be ticked, where the kind is ticks."""
    ticked: tuple[ShortText, ...] = ()
    """Those of the options that the good example has ticked."""
    columns: Annotated[tuple[ShortText, ...], Field(max_length=MOST_FORM_COLUMNS)] = ()
    """What stands above the columns, where the kind is table."""
    rows: Annotated[tuple[tuple[TextOrEmpty, ...], ...], Field(max_length=MOST_FORM_ROWS)] = ()
    """The rows of the good example, with a cell for each column."""
    given: Annotated[int, Field(ge=0, le=3)] = 0
    """How many of the first columns are printed with their words in the empty form too."""

    @model_validator(mode="after")
    def _has_an_example_of_its_kind(self) -> FormField:
        keys = _KEYS_OF_FIELDS[self.kind]
        others = {key for of_kind in _KEYS_OF_FIELDS.values() for key in of_kind} | {"given"}
        if missing := [key for key in keys if not getattr(self, key)]:
            message = f"the field '{self.id}' is of the kind '{self.kind}' and lacks '{missing[0]}'; add it"
            raise fault(ProblemKind.MISSING_KEY, message)
        if extra := sorted(key for key in others - set(keys) if getattr(self, key) and (key, self.kind) != _GIVEN):
            message = f"the field '{self.id}' is of the kind '{self.kind}', which has no '{extra[0]}'; delete it"
            raise fault(ProblemKind.WRONG_VALUE, message)
        self._check_ticks()
        self._check_rows()
        return self

    @property
    def empty_rows(self) -> tuple[tuple[str, ...], ...]:
        """The rows of a table as the empty form has them: with the words that are given, or with none."""
        blanks = ("",) * (len(self.columns) - self.given)
        if self.given:
            return tuple((*row[: self.given], *blanks) for row in self.rows)
        return (blanks,) * (len(self.rows) + 1)

    def _check_ticks(self) -> None:
        if unknown := [tick for tick in self.ticked if tick not in self.options]:
            near = nearest(unknown[0], self.options) or "; the two must be written alike"
            message = f"'{unknown[0]}' is ticked in '{self.id}' and is not one of its options{near}"
            raise fault(ProblemKind.WRONG_VALUE, message)

    def _check_rows(self) -> None:
        for number, row in enumerate(self.rows, 1):
            if len(row) != len(self.columns):
                message = (
                    f"row {number} of '{self.id}' has {len(row)} cells and there are {len(self.columns)} columns; give "
                    "it one for each, '' where it has nothing"
                )
                raise fault(ProblemKind.WRONG_VALUE, message)
        if self.kind is FieldKind.TABLE and self.given >= len(self.columns):
            message = f"all columns of '{self.id}' are given, so that nothing is left to fill in; lower 'given'"
            raise fault(ProblemKind.WRONG_VALUE, message)


_KEYS_OF_FIELDS: Mapping[FieldKind, tuple[str, ...]] = MappingProxyType(
    {
        FieldKind.LINE: ("example",),
        FieldKind.LINES: ("example",),
        FieldKind.DATE: ("example_day",),
        FieldKind.TICKS: ("options", "ticked"),
        FieldKind.TABLE: ("columns", "rows"),
    }
)
"""Keys that a field of each kind must have; it may have none of the others'."""

_GIVEN = ("given", FieldKind.TABLE)


class FormPart(Strict):
    """A part of a form: a heading with words that stand there already, and with fields."""

    title: ShortText
    new_sheet: bool = False
    """Whether it begins a sheet, which can be handed on without the others."""
    text: tuple[Text, ...] = ()
    """Paragraphs that are printed in the empty form too."""
    fields: Annotated[tuple[FormField, ...], Field(max_length=MOST_FORM_FIELDS)] = ()

    @property
    def groups(self) -> tuple[tuple[FormField, ...], ...]:
        """The fields as they stand on paper: each table by itself, others that follow one another together."""
        whole = groupby(self.fields, lambda field: field.id if field.kind is FieldKind.TABLE else "")
        return tuple(tuple(fields) for _, fields in whole)


class FormTemplate(Record):
    """A form to fill in, with the answers of a good example, which are invented."""

    id: Slug
    """Also the name of its file."""
    title: ShortText
    """What stands above the form."""
    filled_in_by: Text
    """Who fills it in, and whom they ask for it."""
    keep: Text
    """Where it is kept, and when it is deleted."""
    parts: Annotated[tuple[FormPart, ...], Field(min_length=1, max_length=MOST_FORM_PARTS)]

    @property
    def fields(self) -> tuple[FormField, ...]:
        """All fields, in their order."""
        return tuple(field for part in self.parts for field in part.fields)


class Passage(Strict):
    """A few sentences of a decision."""

    text: Text
    """In Markdown with links and bold words, as in tables of advice."""
    roles: tuple[RoleId, ...] = ()
    """Whose version of the decision has them; left out where all have."""
    cites: tuple[Citation, ...] = ()
    """On what they rest."""

    def is_for(self, role: str | None) -> bool:
        """Tell whether the version of a role has them; None stands for the version for everybody."""
        return not self.roles or role in self.roles


class Answer(Strict):
    """An answer to a question of a decision, and where it leads."""

    answer: ShortText
    next: Slug
    """The id of a question or outcome of the same decision."""


class Question(Strict):
    """A question of a decision."""

    id: Slug
    question: ShortText
    help: tuple[Passage, ...] = ()
    """How to find the answer."""
    answers: Annotated[tuple[Answer, ...], Field(max_length=MOST_STEPS)] = ()
    """Two or more."""


class DecisionOutcome(Strict):
    """What a decision comes to."""

    id: Slug
    title: ShortText
    """What to do, in a few words."""
    do: Annotated[tuple[Passage, ...], Field(min_length=1)]
    """What to do, step by step."""
    say: tuple[Passage, ...] = ()
    """Sentences to say."""
    note: tuple[Passage, ...] = ()
    """What to write down."""


class Decision(Record):
    """A decision tree: questions, of which the first one comes first, and what to do at each end."""

    id: Slug
    """Also the name of its file and of its page."""
    title: ShortText
    summary: Text
    also_called: tuple[Text, ...] = ()
    """Words that a reader might type, for search only."""
    roles: Annotated[tuple[RoleId, ...], Field(min_length=1)]
    """Who takes it."""
    has_versions: bool = False
    """Whether each of the roles has a page with words of its own."""
    intro: Annotated[tuple[Passage, ...], Field(min_length=1)]
    """What comes before the first question."""
    questions: Annotated[tuple[Question, ...], Field(min_length=1, max_length=MOST_STEPS)]
    outcomes: Annotated[tuple[DecisionOutcome, ...], Field(min_length=1, max_length=MOST_STEPS)]
    pages: tuple[KnownPage, ...] = ()
    """`src_uri` of the pages on which to read on."""


class Reply(Strict):
    """What somebody may answer, and what to say then."""

    answer: Text
    """In their words."""
    say: Text
    """In yours."""
    cites: tuple[Citation, ...] = ()


class Attempt(Strict):
    """How a conversation may go, and why that helps or does harm."""

    words: Text
    """What is said."""
    why: Text
    cites: tuple[Citation, ...] = ()


class Conversation(Record):
    """A card with what to say to somebody: written once, and embedded by pages."""

    id: Slug
    title: ShortText
    """To whom it speaks, and about what."""
    roles: Annotated[tuple[RoleId, ...], Field(min_length=1)]
    """Who says it."""
    first: Text
    """The first sentence, as it is said."""
    replies: Annotated[tuple[Reply, ...], Field(min_length=1)]
    way_out: Text
    """How to end it well, as it is said."""
    good: Attempt
    bad: Attempt
    cites: tuple[Citation, ...] = ()
    """On what the first sentence rests."""
    pages: Annotated[tuple[KnownPage, ...], Field(min_length=1)]
    """`src_uri` of the guidance from which its words are; each has the first sentence or embeds the card."""

    @property
    def citations(self) -> tuple[Citation, ...]:
        """What it cites, in the order in which readers meet it."""
        replies = (citation for reply in self.replies for citation in reply.cites)
        return (*self.cites, *replies, *self.good.cites, *self.bad.cites)


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


UNION = "EU"
"""The code of what holds in all member states."""


class Country(Record):
    """A member state whose contacts are listed, or the Union itself."""

    id: Slug
    """Also the name of its page, and what its choice is called in addresses."""
    code: CountryCode
    """Its two letters in ISO 3166, "EU" for the Union."""
    name: Text


class PhoneNumber(Strict):
    """A number to call, as it was seen."""

    number: Text
    """As the page has it, with its spaces."""
    use: Text | None = None
    """For whom or when it is, if not for all that the contact does."""


class SeenPage(Strict):
    """The page on which a contact or a provision of law was seen."""

    title: Text
    publisher: Text
    url: WebAddress | None = None
    dated: PartialDate | None = None
    """What date it bears: the last that it may have; left out where it shows none."""
    date_note: Text | None = None
    """What else is known of its date."""


class Contact(Record):
    """Somebody to call or to write to, in one country or in the whole Union."""

    id: Slug
    country: CountryId
    kind: ContactKind
    name: Text
    """As its operator has it."""
    name_en: Text | None = None
    """The name in English, where it has another."""
    operator: Text | None = None
    numbers: tuple[PhoneNumber, ...] = ()
    """What was seen; whether it is shown, `withheld` says."""
    email: MailAddress | None = None
    languages: Text | None = None
    """In which it answers; left out where not known."""
    hours: Text | None = None
    """When it answers; left out where not known."""
    free: bool | None = None
    """Whether calls cost nothing; left out where not known."""
    anonymous: bool | None = None
    """Whether callers may keep their names; left out where not known."""
    audience: Annotated[tuple[Caller, ...], Field(min_length=1)]
    """Who may call."""
    url: WebAddress | None = None
    """The operator's own address, where it was seen."""
    page: SeenPage
    """Where it was seen."""
    seen: Text
    """The words seen there, 25 at most."""
    sighting: Sighting
    seen_on: Day
    """When an editor saw it there."""
    general: bool = False
    """Whether it is a line for all emergencies or crimes, and not made for radicalisation, terrorism or victims."""
    note: Text | None = None
    doubt: Text | None = None
    """Why its numbers are not shown although they could be, in a sentence for readers."""

    @property
    def link(self) -> str | None:
        """Where to read on: the operator's address, or else the page on which it was seen."""
        return self.url or self.page.url

    @property
    def can_be_reached(self) -> bool:
        """Whether a number or an address to write to was seen."""
        return bool(self.numbers or self.email)

    def is_overdue(self, today: dt.date) -> bool:
        """Tell whether nobody has looked at it for six months."""
        return self.seen_on < months_before(today, 6)

    def withheld(self, today: dt.date) -> Withheld | None:
        """Return why its numbers and its address to write to are not shown on a day; None if they are."""
        oldest = months_before(today, 60).isoformat()
        if self.sighting is Sighting.REPORTED:
            return Withheld.REPORTED
        if self.page.dated and self.page.dated < oldest[: len(self.page.dated)]:
            return Withheld.OLD
        if self.doubt:
            return Withheld.DOUBTED
        return Withheld.OVERDUE if self.is_overdue(today) else None


class Provision(Record):
    """What a provision of a country's law says on one matter, as far as an editor read it."""

    id: Slug
    country: CountryId
    matter: LegalMatter
    instrument: Text
    """The law, as the page has its name."""
    place: Text
    """The place in it, such as "Article 226-13"."""
    says: Text
    """What it says, in our own words and no wider."""
    limits: Text | None = None
    """Whom it does not bind, and what it does not say, in sentences for readers."""
    page: SeenPage
    """Where it was read; `dated` is the version of the text."""
    seen: Text
    """The words seen there, in their own language, 40 at most."""
    seen_on: Day
    """When an editor read it there."""

    def is_overdue(self, today: dt.date) -> bool:
        """Tell whether nobody has read it again for a year."""
        return self.seen_on < months_before(today, 12)


def months_before(day: dt.date, months: int) -> dt.date:
    """Return the day so many months before another, or the first of the next month where that has no such day.

    >>> months_before(dt.date(2026, 8, 31), 6)
    datetime.date(2026, 3, 1)
    """
    count = day.year * 12 + day.month - 1 - months
    try:
        return day.replace(year=count // 12, month=count % 12 + 1)
    except ValueError:
        count += 1
        return dt.date(count // 12, count % 12 + 1, 1)


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
