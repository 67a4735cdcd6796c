"""The shapes of everything under `data/` and of a page's front matter.

Each shape is declared once, here; validation, look-ups and rendering follow from it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from html import unescape
from types import MappingProxyType
from typing import Annotated, Any

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    PrivateAttr,
    WithJsonSchema,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from handbook.problems import Location, ProblemKind

ValuePath = tuple[str | int, ...]
"""The way from an entry to a value in it: `("sources", 0)` is the first of its sources."""


def fault(kind: ProblemKind, message: str) -> PydanticCustomError:
    """Make the error by which a validator says what kind of problem it has found."""
    return PydanticCustomError(kind, message)


_PLAIN = r"^(?![\s\S]*(<|>|\{\{|\{%|\{#|&#?\w+;))[\s\S]*\S"
"""What `_plain` lets pass, for tools that read the schemas."""


def _plain(text: str) -> str:
    if not text.strip():
        raise fault(ProblemKind.WRONG_VALUE, "the text is empty; write something or leave the key out")
    if bad := re.search(r"[<>]|\{[{%#]?|\}", text):
        raise fault(
            ProblemKind.WRONG_VALUE,
            f"'{bad[0]}' stands in the text; values are plain text, without markup or templates",
        )
    for reference in re.finditer(r"&#?\w+;?", text):
        if (meant := unescape(reference[0])) != reference[0]:
            advice = "say it in words" if set(meant) & set("<>{}") else f"write '{meant}' itself"
            message = f"'{reference[0]}' stands for another character; values are plain text: {advice}"
            raise fault(ProblemKind.WRONG_VALUE, message)
    return text


def _plain_or_empty(text: str) -> str:
    return _plain(text) if text else text


def _partial_date(text: str) -> str:
    if not re.fullmatch(r"\d{4}(-\d{2}){0,2}", text) or not _is_day(f"{text}-01-01"[:10]):
        raise fault(ProblemKind.WRONG_VALUE, f"'{text}' is not a date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return text


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return True


_LANGUAGE = r"^[a-z]{2}$"


def _language(text: str) -> str:
    if not re.fullmatch(_LANGUAGE, text):
        raise fault(ProblemKind.WRONG_VALUE, f"'{text}' is not a language; write its two letters, as in 'en'")
    return text


def _iso_date(value: object) -> object:
    """Let only YYYY-MM-DD pass: pydantic would take a bare number for seconds since 1970."""
    if isinstance(value, str) and not re.fullmatch(r"\d{4}-\d{2}-\d{2}", value):
        raise fault(ProblemKind.WRONG_VALUE, f"'{value}' is not a date; write YYYY-MM-DD")
    if isinstance(value, str) and not "1900" <= value[:4] <= "2100":
        raise fault(ProblemKind.WRONG_VALUE, f"'{value}' is not a date of our time; correct the year")
    return value


_WEB_ADDRESS = r"^https?://[^\s\"'<>{}@/?#\\]+([/?#][^\s\"'<>{}\\]*)?$"


def _web_address(text: str) -> str:
    if not re.fullmatch(_WEB_ADDRESS, text):
        message = f"'{text}' is not a web address; it begins with https:// and has no spaces and no user name"
        raise fault(ProblemKind.WRONG_VALUE, message)
    return text


@dataclass(frozen=True)
class _Matching:
    """Lets pass the ids that a pattern describes, and tells the pattern to tools that read the schemas."""

    pattern: str
    example: str

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401 - pydantic's own signature
        return core_schema.no_info_after_validator_function(self._check, handler(source))

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        return handler(schema) | {"pattern": f"^({self.pattern})$", "examples": [self.example]}

    def _check(self, text: str) -> str:
        if not re.fullmatch(self.pattern, text, re.ASCII):
            message = f"'{text}' is not an id of this kind; ids look like '{self.example}'"
            raise fault(ProblemKind.MALFORMED_ID, message)
        return text


_DATE = {"anyOf": [{"type": "string", "pattern": r"^\d{4}(-\d{2}){0,2}$"}, {"type": "integer"}]}
"""Tools that guess take a year for a number."""

Text = Annotated[str, AfterValidator(_plain), Field(json_schema_extra={"pattern": _PLAIN})]
PartialDate = Annotated[str, AfterValidator(_partial_date), WithJsonSchema(_DATE)]
Day = Annotated[dt.date, BeforeValidator(_iso_date)]
WebAddress = Annotated[str, AfterValidator(_web_address), Field(json_schema_extra={"pattern": _WEB_ADDRESS})]
Slug = Annotated[str, _Matching(r"[a-z0-9]+(-[a-z0-9]+)*", "local-coordinator")]
RecommendationId = Annotated[str, _Matching(r"[A-Z]{3}-\d{2}", "PRI-01")]
PagePath = Annotated[str, _Matching(r"([a-z0-9-]+/)*[a-z0-9-]+\.md", "prisons/release.md")]
Fingerprint = Annotated[str, _Matching(r"[0-9a-f]{12}", "3f9a52d81c07")]


class Described(StrEnum):
    """An enumeration whose members carry the words that readers see."""

    label: str
    meaning: str

    def __new__(cls, value: str, label: str, meaning: str) -> Described:  # noqa: PYI034, D102 - an enum's `Self` is its class
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.meaning = meaning
        return member

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Give each value with its meaning, which editors' tools show beside it."""
        choices = [{"const": str(member), "description": f"{member.label}: {member.meaning}"} for member in cls]
        return {"title": cls.__name__, "description": cls.__doc__, "type": "string", "oneOf": choices}


class Attestation(Described):
    """How a recommendation is known to have been made."""

    READ = "read", "Read", "the text that asks was itself read at the place that asks"
    PAGE = "page", "Issuer's page", "the issuer's own page on it was read, not the text"
    REPORTED = "reported", "Reported", "another named source reports it"
    UNVERIFIED = "unverified", "Unverified", "recollection only, to be checked by an editor"


class Status(Described):
    """Where a recommendation stands in its life."""

    DRAFT = "draft", "Draft", "entered, but no guidance puts it into practice yet"
    ACTIVE = "active", "Active", "in force in this handbook, with guidance"
    RETIRED = "retired", "Retired", "replaced by another recommendation"


class Nature(Described):
    """What kind of thing a recommendation asks for."""

    PRACTICE = "practice", "Practice", "a practitioner or service can do it"
    POLICY = "policy", "Policy", "it asks legislators, governments or platforms"
    RECORD = "record", "Record", "history, machinery or a finding; there is nothing to do"


class Degree(Described):
    """In what degree a section does what a recommendation asks."""

    STEPS = "steps", "Puts into practice", "the section says what to do"
    IN_PART = "in part", "Does part of", "the section does a named part, and says which part is missing"
    REPORTS = "reports", "Reports what came of", "the section tells what came of a request to others"


DEGREES: Mapping[str, Degree] = MappingProxyType({str(degree): degree for degree in Degree})
"""Degrees by the word that marks them on a page."""


class EvidenceLevel(Described):
    """How well what a page advises has been tested."""

    STRONG = "strong", "Strong", "systematic reviews agree"
    MODERATE = "moderate", "Moderate", "several studies point the same way"
    LIMITED = "limited", "Limited", "single or qualitative studies"
    CONSENSUS = "consensus", "Consensus", "standards and practitioners agree, with little testing"
    NONE = "none", "None", "nobody has tested it"


class Outcome(Described):
    """What was measured, or would have to be, to know whether advice helps."""

    VIOLENT_EXTREMISM = "violent-extremism", "Violent extremism", "violence, support for it, or leaving it behind"
    REOFFENDING = "reoffending", "Reoffending", "new offences of any kind"
    ATTITUDES = "attitudes", "Attitudes", "prejudice, hostility, or what people think of violence"
    BULLYING = "bullying", "Bullying", "bullying, fights and exclusion"
    HATE = "hate", "Hate incidents", "hate crime and hate speech"
    MISINFORMATION = "misinformation", "Misinformation", "telling true from false, and what is shared"
    REPORTING = "reporting", "Reporting", "whether people pass concerns on, or ask for help"
    WELLBEING = "wellbeing", "Well-being", "health, safety and how people fare"
    INCLUSION = "inclusion", "Inclusion", "school, work, family and friends"
    ENGAGEMENT = "engagement", "Engagement", "whether people take up help and stay with it"
    KNOWLEDGE = "knowledge", "Knowledge", "what people know and can do"
    STAFF_PRACTICE = "staff-practice", "Staff practice", "what staff do, and how well they judge"
    COOPERATION = "cooperation", "Cooperation", "how services work together"


class SourceKind(Described):
    """What sort of document a source is."""

    LAW = "law", "Law", "a binding legal text or judgment"
    STANDARD = "standard", "Standard", "a recommendation or guideline adopted by a public body"
    REVIEW = "review", "Review", "a review that brings several studies together"
    STUDY = "study", "Study", "a single study"
    EVALUATION = "evaluation", "Evaluation", "an evaluation of a programme or measure"
    GUIDANCE = "guidance", "Guidance", "a handbook or paper for practitioners"
    OFFICIAL = "official", "Official", "an announcement, decision or page of a public body"
    REPORT = "report", "Report", "a report by others: press, organisations, parliaments"


class Extent(Described):
    """How much of a source was read by the editors."""

    WHOLE = "whole", "Read whole", "the whole text was read"
    OPENING = "opening", "Opening read", "only the opening or an excerpt was read"
    REPORTED = "reported", "Not read", "known only from what others report"


class PageKind(Described):
    """What a page is for; it decides which parts and which front matter the page must have."""

    GUIDANCE = "guidance", "Guidance", "how to do one thing well"
    SCENARIO = "scenario", "Scenario", "an invented case for training"
    EXERCISE = "exercise", "Exercise", "a task for a training group"
    TRAINING_PLAN = "training-plan", "Training plan", "half a day for trainers to lead"
    QUIZ = "quiz", "Quiz", "questions on the guidance, with answers"
    ACTOR = "actor", "Body", "an EU body or network"
    OVERVIEW = "overview", "Overview", "the way into an area or role"
    REFERENCE = "reference", "Reference", "to look things up"


class Stage(Described):
    """Stage of prevention, from everybody to people already involved."""

    PRIMARY = "primary", "Primary prevention", "with everyone, before there is a concern"
    SECONDARY = "secondary", "Secondary prevention", "with people or groups about whom there is a concern"
    TERTIARY = "tertiary", "Tertiary prevention", "with people already involved in violence or extremist groups"


class PackForm(Described):
    """What a pack makes of the pages that it takes."""

    BOOK = "book", "Book", "the pages, one after the other"
    KIT = "kit", "Training kit", "plan, scenario cards, exercise sheets, checklists and quiz, to print and hand out"


class RelationKind(Described):
    """What one body has to do with another, as far as a source says so."""

    ADVISES = "advises", "Advice", "one gives advice to the other"
    OBSERVES = "observes", "Observer", "one observes the work of the other"
    WORKS_WITH = "works-with", "Joint work", "both take part in something"
    FOLLOWS = "follows", "Came after", "took up the work of a body that has ended"
    BELONGS_TO = "belongs-to", "Part", "one is in the other, or was begun by it"
    CONVENES = "convenes", "Meeting", "one calls the other together"


class PictureName(Described):
    """The pictures that pages can show."""

    COVERAGE = "coverage", "Recommendations and their guidance, at a glance", "a square for each recommendation"
    MECHANISM = "mechanism", "Who works with whom in the EU on prevention", "bodies and their relations"
    STAGES = "stages", "The three stages of prevention", "from everyone to those already involved"
    TIMELINE = "timeline", "Bodies and events over the years", "a bar for each body, a dot for each event"


class Strict(BaseModel):
    """A frozen value that refuses keys it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Record(Strict):
    """A value read from a file, which remembers where each part of it stands."""

    _places: Mapping[ValuePath, Location] = PrivateAttr(default_factory=dict)

    @classmethod
    def placed(cls, value: Any, places: Mapping[ValuePath, Location]) -> Any:  # noqa: ANN401 - pydantic's own signature
        """Validate a value and remember its places.

        Args:
            value: what was read: a mapping from keys to text, lists and mappings.
            places: where the value itself (the empty path) and all in it stand.

        Raises:
            pydantic.ValidationError: when the value is not of this shape.
        """
        record = cls.model_validate(value)
        record._places = places  # noqa: SLF001 - a class method is inside
        return record

    def at(self, *path: str | int) -> Location:
        """Give the place of the value at this path, or of the nearest thing around it."""
        places = self._places  # pydantic takes its time to give it
        while path not in places and path:
            path = path[:-1]
        return places[path]


class ChallengeArea(Record):
    """One of the six areas of the expert group, or the cross-cutting EU cooperation."""

    id: Slug
    prefix: Annotated[str, _Matching(r"[A-Z]{3}", "PRI")]
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
    language: Annotated[str, AfterValidator(_language), Field(json_schema_extra={"pattern": _LANGUAGE})]
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
    actor: Slug
    """The other body."""
    says: Text
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]


class Actor(Record):
    """A body, network or group that issues, follows up or is asked to do something."""

    id: Slug
    name: Text
    acronym: Text | None = None
    definition: Text
    since: PartialDate | None = None
    until: PartialDate | None = None
    succeeded_by: Slug | None = None
    page: Text | None = None
    """`src_uri` of the page about it, for bodies that have one."""
    url: WebAddress | None = None
    sources: tuple[Slug, ...]
    relations: tuple[Relation, ...] = ()


class Tier(Record):
    """A row of bodies in the picture of how they work together, from top to bottom."""

    title: Text
    actors: Annotated[tuple[Slug, ...], Field(min_length=1, max_length=3)]


class Term(Record):
    """An entry of the glossary."""

    term: Text
    definition: Text
    sources: tuple[Slug, ...]
    also: tuple[Text, ...] = ()
    """Other forms under which the term is looked up."""


class Phrase(Record):
    """Words that the pages do not use, and better ones."""

    phrase: Text
    """As it would stand in a text; small and capital letters count alike."""
    better: Text
    """What to write instead."""


class Event(Record):
    """A dated entry of the timeline."""

    date: PartialDate
    event: Text
    sources: Annotated[tuple[Slug, ...], Field(min_length=1)]
    actors: tuple[Slug, ...] = ()


class ChangeNote(Record):
    """What changed on pages, in words for readers."""

    date: Day
    change: Text
    pages: tuple[Text, ...] = ()
    """Each the `src_uri` of a page."""
    recommendations: tuple[RecommendationId, ...] = ()


class Selection(Strict):
    """Which pages to take: those that fit every one of the four keys given, and those named in `pages`.

    Without any key, it is all pages; with `pages` alone, it is these.
    """

    areas: tuple[Slug, ...] = ()
    roles: tuple[Slug, ...] = ()
    kinds: tuple[PageKind, ...] = ()
    stages: tuple[Stage, ...] = ()
    pages: tuple[Text, ...] = ()
    """Each the `src_uri` of a page."""


class Pack(Record):
    """A set of pages for one audience, to print."""

    id: Slug
    """Also the name of its file."""
    title: Text
    audience: Text
    form: PackForm = PackForm.BOOK
    selection: Selection = Selection()
    order: tuple[Text, ...] = ()
    """`src_uri` of the pages that come first; the others follow in the order of the site."""


class Situation(Record):
    """What somebody has seen, and the pages that help; a question, and no judgement of anybody."""

    id: Slug
    """Also the name of its page."""
    words: Annotated[str, Field(max_length=90), AfterValidator(_plain)]
    """As the person would say it."""
    areas: Annotated[tuple[Slug, ...], Field(min_length=1)]
    roles: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Whose situation it may be."""
    stage: Annotated[tuple[Stage, ...], Field(min_length=1)]
    pages: Annotated[tuple[Text, ...], Field(min_length=1)]
    """`src_uri` of the pages to read, in this order."""


class Citation(Strict):
    """A source, and the place in it."""

    source: Slug
    place: Text = ""
    """Such as "Article 16"; left out where the whole is meant."""


class AdviceRow(Strict):
    """A row of a table of advice."""

    cells: Annotated[tuple[Annotated[str, AfterValidator(_plain_or_empty)], ...], Field(min_length=2)]
    """One for each column, in Markdown with links and bold words; a cell that has nothing is ''."""
    cites: tuple[Citation, ...] = ()
    """On what the row rests; the numbers stand at its end."""


class Advice(Record):
    """A decision table or rule that several pages need: written once, and embedded by each."""

    id: Slug
    """Also the name of its file."""
    title: Annotated[str, Field(max_length=90), AfterValidator(_plain)]
    """The table's caption."""
    intro: Text
    """One sentence before the table, in the same Markdown as its cells."""
    columns: Annotated[tuple[Text, ...], Field(min_length=2)]
    rows: Annotated[tuple[AdviceRow, ...], Field(min_length=1)]
    notes: tuple[Text, ...] = ()
    """Paragraphs after the table, in the same Markdown."""
    signs: tuple[Annotated[tuple[Text, ...], Field(min_length=2)], ...] = ()
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
    title: Annotated[str, Field(max_length=90), AfterValidator(_plain), Field(json_schema_extra={"pattern": _PLAIN})]
    """What it asks, in a few words."""
    asks: Text
    """What it asks, in one to three sentences of our own."""
    issuer: Slug
    """Id of the actor who made it."""
    issued: PartialDate | None = None
    """When it was made: YYYY, YYYY-MM or YYYY-MM-DD; left out when not known."""
    addressees: Annotated[tuple[Slug, ...], Field(min_length=1)]
    """Ids of actors and roles."""
    nature: Nature
    """What kind of thing it asks for; only what is practice is counted as put into practice."""
    attestation: Attestation
    """How it is known."""
    basis: Text
    """How it is known: what was read, where, and what was not."""
    sources: tuple[Slug, ...]
    """Ids of the sources on which it rests."""
    actors: tuple[Slug, ...] = ()
    """Ids of other actors whom it concerns."""
    related: tuple[RecommendationId, ...] = ()
    """Ids of recommendations on the same matter."""
    status: Status
    """Where it stands in its life."""
    no_steps: Text | None = None
    """Why no section has steps for it, in a sentence for readers; only for practice, and only while it is so."""
    replaced_by: RecommendationId | None = None
    """Id of the one that has taken its place; only for a retired one."""
    history: Annotated[tuple[Change, ...], Field(min_length=1)]
    """One line for each change of substance, the oldest first."""

    @property
    def prefix(self) -> str:
        """The letters that name its area."""
        return self.id[:3]

    @property
    def public(self) -> bool:
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
            message = f"'{self.id}': 'replaced_by' goes with the status 'retired', and only with it"
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

    old: PagePath
    """`src_uri` of the page that is no longer there."""
    new: PagePath
    """`src_uri` of the page that has taken its place."""


class Confirmation(Record):
    """An editor's word that a page does what its recommendations ask, as they were worded then."""

    page: Text
    """`src_uri` of the page."""
    wording: Mapping[RecommendationId, Fingerprint]
    """For each recommendation that the page puts into practice, the fingerprint of its title and of what it asks."""


PARTS: Mapping[PageKind, tuple[str, ...]] = MappingProxyType(
    {
        PageKind.GUIDANCE: (
            "In short",
            "When this applies",
            "Steps",
            "What to avoid",
            "Who does what",
            "Rights and safeguards",
            "How we know",
            "Checklist",
        ),
        PageKind.SCENARIO: (
            "The situation",
            "The first hour",
            "The first week",
            "Questions for discussion",
            "What good looks like",
            "Common mistakes",
        ),
        PageKind.EXERCISE: ("Aim", "For whom", "Time and group size", "Material", "Steps", "Debrief", "Hand-outs"),
        PageKind.TRAINING_PLAN: ("Aims", "Agenda", "Scenarios and exercises", "Facilitator's notes"),
        PageKind.QUIZ: ("Questions", "Answers"),
        PageKind.ACTOR: (
            "What it does",
            "Who is in it",
            "Since when",
            "What became of it",
            "What you can get from it today",
        ),
    }
)
"""The headings of level 2 that pages of a kind have, in this order; others may stand between them."""


class Tested(Strict):
    """How well what a page advises has been tested for one outcome."""

    outcome: Outcome
    level: EvidenceLevel
    why: Text


class Evidence(Strict):
    """The evidence strip of a guidance page."""

    outcomes: Annotated[tuple[Tested, ...], Field(min_length=1)]
    """One row for violent extremism, and one for each other outcome that was really measured."""
    law: Text | None = None
    """What of it is a legal obligation, in a sentence; law says what is owed, and not what helps."""

    @property
    def level(self) -> EvidenceLevel:
        """The level for violent extremism itself."""
        return next(row.level for row in self.outcomes if row.outcome is Outcome.VIOLENT_EXTREMISM)

    @model_validator(mode="after")
    def _names_each_outcome_once(self) -> Evidence:
        found = [row.outcome for row in self.outcomes]
        if Outcome.VIOLENT_EXTREMISM not in found:
            message = (
                f"no row is about '{Outcome.VIOLENT_EXTREMISM}'; add one, with the level 'none' if nobody tested it"
            )
            raise fault(ProblemKind.MISSING_KEY, message)
        if twice := [outcome for outcome in Outcome if found.count(outcome) > 1]:
            message = f"'{twice[0]}' has two rows; say in one how well it was tested"
            raise fault(ProblemKind.WRONG_VALUE, message)
        return self


GUIDING = frozenset({PageKind.GUIDANCE, PageKind.OVERVIEW, PageKind.ACTOR})
"""Kinds of page whose sections can put a recommendation into practice; the others train it or list it."""


NEEDED: Mapping[PageKind, tuple[str, ...]] = MappingProxyType(
    {
        PageKind.GUIDANCE: ("roles", "stage", "evidence"),
        PageKind.SCENARIO: ("roles", "stage"),
        PageKind.EXERCISE: ("roles", "stage"),
    }
)
"""Keys of the front matter that pages of other kinds may leave out."""


def _tell_needed(schema: dict[str, Any]) -> None:
    """Tell tools that read the schemas which keys pages of which kind must have."""
    schema["allOf"] = [
        {"if": {"properties": {"kind": {"const": str(kind)}}}, "then": {"required": list(keys)}}
        for kind, keys in NEEDED.items()
    ]


class PageMeta(Record):
    """The front matter of a page."""

    model_config = ConfigDict(json_schema_extra=_tell_needed)

    title: Text
    """The page's name, printed above it."""
    summary: Text
    """One or two sentences: what will the reader be able to do?"""
    kind: PageKind
    """What the page is for."""
    roles: tuple[Slug, ...] = ()
    """Ids of the roles for whom it is written."""
    stage: tuple[Stage, ...] = ()
    """Stages of prevention that it is about."""
    evidence: Evidence | None = None
    """How well tested its advice is; for guidance."""
    reviewed: Day
    """The day of the last review."""
    review_months: Annotated[int, Field(ge=1, le=36)]
    """Months from one review to the next."""
    owner: Text
    """Who looks after the page."""
    also_called: tuple[Text, ...] = ()
    """Words that a reader might type to find the page: for search only, never shown or printed."""

    @model_validator(mode="after")
    def _has_what_its_kind_needs(self) -> PageMeta:
        for key in NEEDED.get(self.kind, ()):
            if not getattr(self, key):
                raise fault(ProblemKind.MISSING_KEY, f"a page of kind '{self.kind}' must have '{key}'; add it")
        return self

    @property
    def next_review(self) -> dt.date:
        """The first day of the month in which the page is due to be read again."""
        return self.due_after(self.review_months)

    def due_after(self, months: int) -> dt.date:
        """Give the first day of the month that comes so many months after the last review."""
        count = self.reviewed.year * 12 + self.reviewed.month - 1 + months
        return dt.date(count // 12, count % 12 + 1, 1)

    def is_overdue(self, today: dt.date) -> bool:
        """Tell whether the month in which the page was due to be read again has passed."""
        return self.next_review < today.replace(day=1)
