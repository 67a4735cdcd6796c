"""The controlled vocabularies: closed lists of values, each with its label and its meaning for readers."""

from __future__ import annotations

from enum import StrEnum
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pydantic import GetJsonSchemaHandler
    from pydantic_core import CoreSchema


class LabelledEnum(StrEnum):
    """An enumeration whose members carry the words that readers see."""

    label: str
    meaning: str

    def __new__(cls, value: str, label: str, meaning: str) -> LabelledEnum:  # noqa: PYI034, D102 - an enum's `Self` is its class
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.meaning = meaning
        return member

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: CoreSchema, handler: GetJsonSchemaHandler) -> dict[str, Any]:
        """Return each value with its meaning, which editors' tools show beside it."""
        choices = [{"const": str(member), "description": f"{member.label}: {member.meaning}"} for member in cls]
        return {"title": cls.__name__, "description": cls.__doc__, "type": "string", "oneOf": choices}


class Attestation(LabelledEnum):
    """How a recommendation is known to have been made."""

    READ = "read", "Read", "the text that asks was itself read at the place that asks"
    PAGE = "page", "Issuer's page", "the issuer's own page on it was read, not the text"
    REPORTED = "reported", "Reported", "another named source reports it"
    UNVERIFIED = "unverified", "Unverified", "recollection only, to be checked by an editor"


class Status(LabelledEnum):
    """Where a recommendation stands in its life."""

    DRAFT = "draft", "Draft", "entered, but no guidance puts it into practice yet"
    ACTIVE = "active", "Active", "in force in this handbook, with guidance"
    RETIRED = "retired", "Retired", "replaced by another recommendation"


class Nature(LabelledEnum):
    """What kind of thing a recommendation asks for."""

    PRACTICE = "practice", "Practice", "a practitioner or service can do it"
    POLICY = "policy", "Policy", "it asks legislators, governments or platforms"
    RECORD = "record", "Record", "history, machinery or a finding; there is nothing to do"


class Degree(LabelledEnum):
    """In what degree a section does what a recommendation asks."""

    STEPS = "steps", "Puts into practice", "the section says what to do"
    IN_PART = "in part", "Does part of", "the section does a named part, and says which part is missing"
    REPORTS = "reports", "Reports what came of", "the section tells what came of a request to others"


DEGREES: Mapping[str, Degree] = MappingProxyType({str(degree): degree for degree in Degree})
"""Degrees by the word that marks them on a page."""


class SituationGroup(LabelledEnum):
    """Under which heading the finder lists a situation."""

    DANGER = "danger", "Danger, threats and attacks", "somebody may be hurt, or was"
    PERSON = "person", "A person worries me", "what one person says, does or needs"
    SCHOOL = "school", "School, club and online", "what pupils and young people say, do and see"
    PRISON = "prison", "Prison and probation", "custody, visits, release and supervision"
    CHILDREN = "children", "Children and families", "a child, and those who bring it up"
    TOWN = "town", "Town, groups and planning", "groups against each other, partners, campaigns and plans"


class AnswerPart(LabelledEnum):
    """A part of what a situation answers, by its key, in the order in which they are read."""

    NOW = "now", "Now", "what to do first"
    SAY = "say", "Say", "words to say"
    TODAY = "today", "Today", "what else to do, and who tells whom"
    AVOID = "avoid", "Do not", "what follows these words on a page"


class EvidenceLevel(LabelledEnum):
    """How well what a page advises has been tested."""

    STRONG = "strong", "Strong", "systematic reviews agree"
    MODERATE = "moderate", "Moderate", "several studies point the same way"
    LIMITED = "limited", "Limited", "single or qualitative studies"
    CONSENSUS = "consensus", "Consensus", "standards and practitioners agree, with little testing"
    NONE = "none", "None", "nobody has tested it"


class Outcome(LabelledEnum):
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


class Direction(LabelledEnum):
    """What studies found of an effect; the meaning completes "The studies"."""

    HELPS = "helps", "Helps", "mostly found that it helps"
    MIXED = "mixed", "Mixed", "disagree, found that only a part helps, or found a gain and an unwanted effect"
    NO_DIFFERENCE = "no-difference", "No difference", "found no effect that can be told from chance"
    HARMS = "harms", "Harms", "mostly found harm"
    NOT_TESTED = "not-tested", "Not tested", "did not measure the effect, or there are none"


class SourceKind(LabelledEnum):
    """What sort of document a source is."""

    LAW = "law", "Law", "a binding legal text or judgment"
    STANDARD = "standard", "Standard", "a recommendation or guideline adopted by a public body"
    REVIEW = "review", "Review", "a review that brings several studies together"
    STUDY = "study", "Study", "a single study"
    EVALUATION = "evaluation", "Evaluation", "an evaluation of a programme or measure"
    GUIDANCE = "guidance", "Guidance", "a handbook or paper for practitioners"
    OFFICIAL = "official", "Official", "an announcement, decision or page of a public body"
    REPORT = "report", "Report", "a report by others: press, organisations, parliaments"


class Extent(LabelledEnum):
    """How much of a source was read by the editors."""

    WHOLE = "whole", "Read whole", "the whole text was read"
    OPENING = "opening", "Opening read", "only the opening or an excerpt was read"
    REPORTED = "reported", "Not read", "known only from what others report"


class PageKind(LabelledEnum):
    """What a page is for; it decides which parts and which front matter the page must have."""

    GUIDANCE = "guidance", "Guidance", "how to do one thing well"
    SCENARIO = "scenario", "Scenario", "an invented case for training"
    CASE_STUDY = "case-study", "Case study", "a real case, as far as public sources tell it"
    EXERCISE = "exercise", "Exercise", "a task for a training group"
    TRAINING_PLAN = "training-plan", "Training plan", "half a day for trainers to lead"
    QUIZ = "quiz", "Quiz", "questions on the guidance, with answers"
    TEMPLATE = "template", "Form", "to fill in, once with a good example and once empty"
    ACTOR = "actor", "Body", "an EU body or network"
    OVERVIEW = "overview", "Overview", "the way into an area or role"
    REFERENCE = "reference", "Reference", "to look things up"


class FieldKind(LabelledEnum):
    """What is written into a field of a form."""

    LINE = "line", "Line", "a few words"
    LINES = "lines", "Lines", "some sentences"
    DATE = "date", "Date", "a day"
    TICKS = "ticks", "Boxes", "ticks in boxes, as many as fit"
    TABLE = "table", "Table", "rows of a table"


class Stage(LabelledEnum):
    """Stage of prevention, from everybody to people already involved."""

    PRIMARY = "primary", "Primary prevention", "with everyone, before there is a concern"
    SECONDARY = "secondary", "Secondary prevention", "with people or groups about whom there is a concern"
    TERTIARY = "tertiary", "Tertiary prevention", "with people already involved in violence or extremist groups"


class PackForm(LabelledEnum):
    """What a pack makes of the pages that it takes."""

    BOOK = "book", "Book", "the pages, one after the other"
    ROLE = "role", "Set for a role", "the page of the role, the pages where it says to start, and its decisions"
    KIT = (
        "kit",
        "Training kit",
        "plan, scenario cards, exercise sheets, checklists, forms and quiz, to print and hand out",
    )


class RelationKind(LabelledEnum):
    """What one body has to do with another, as far as a source says so."""

    ADVISES = "advises", "Advice", "one gives advice to the other"
    OBSERVES = "observes", "Observer", "one observes the work of the other"
    WORKS_WITH = "works-with", "Joint work", "both take part in something"
    FOLLOWS = "follows", "Came after", "took up the work of a body that has ended"
    BELONGS_TO = "belongs-to", "Part", "one is in the other, or was begun by it"
    CONVENES = "convenes", "Meeting", "one calls the other together"


class ContactKind(LabelledEnum):
    """What a contact is for, in the order of its pages; the meaning completes "somebody who"."""

    ADVICE = "advice", "Advice on a worry", "advises on radicalisation"
    REPORT_THREAT = "report-threat", "Report a threat or a plan", "takes reports of a threat or a plan"
    CHILD_HELPLINE = "child-helpline", "Help for children and young people", "listens to children and young people"
    MISSING_CHILDREN = "missing-children", "A child is missing", "helps when a child is missing"
    VICTIMS = "victims", "Help for victims", "helps victims of crime"
    REPORT_CONTENT = "report-content", "Report content online", "takes reports of illegal content"
    EXIT = "exit", "Leaving an extremist group", "helps people to leave"
    DATA_PROTECTION = "data-protection", "Questions on personal data", "answers questions on personal data"


INSTEAD: Mapping[ContactKind, str] = MappingProxyType(
    {
        ContactKind.ADVICE: "Ask your local coordinator or municipality; for a child, the child helpline.",
        ContactKind.REPORT_THREAT: "Call 112, or go to the nearest police station.",
        ContactKind.CHILD_HELPLINE: "Ask child protection where the child lives; in danger, call 112.",
        ContactKind.MISSING_CHILDREN: "Call 112, or go to the nearest police station.",
        ContactKind.VICTIMS: "Ask the police where victims get help.",
        ContactKind.REPORT_CONTENT: "Report it to the platform; a threat goes to the police.",
        ContactKind.EXIT: "Ask those who give advice on a worry, or the probation service.",
        ContactKind.DATA_PROTECTION: "Ask the data protection officer of your service.",
    }
)
"""Whom to ask where a country has no contact of a kind, in a sentence for readers."""


class LegalMatter(LabelledEnum):
    """What national law is looked up for, in the order of its pages; the meaning is the question that it answers."""

    REPORT_CRIME = "report-crime", "Duty to report a crime", "who must tell the authorities of a serious crime"
    REPORT_CHILD = "report-child", "Duty to report a child at risk", "who must, or may, tell child protection"
    SECRECY = "secrecy", "Professional secrecy", "who must keep what they learn at work, and when they may speak"
    LOCAL_TABLE = "local-table", "Basis of the local table", "by what law services may discuss a person together"
    AGE = "age", "Age of criminal responsibility", "from what age a child can be held to account for a crime"
    KEEPING = "keeping", "Keeping terrorist material", "when it is a crime to have such material"


class Caller(LabelledEnum):
    """Who may turn to a contact."""

    PUBLIC = "public", "Anyone", "everybody"
    FAMILY = "family", "Families", "parents, relatives and friends"
    YOUNG_PEOPLE = "young-people", "Young people", "children and young people themselves"
    PROFESSIONALS = "professionals", "Professionals", "people who meet it at work"


class Sighting(LabelledEnum):
    """Where the editors saw how to reach a contact."""

    OPERATOR = "operator", "Operator's page", "seen on a page of the operator"
    REPORTED = "reported", "Reported", "another page reports it"


class Withheld(LabelledEnum):
    """Why no number of a contact is shown: its meaning completes "We print no number, because"."""

    REPORTED = "reported", "Only reported", "we saw it only on another page, not on one of the operator"
    OLD = "old", "Old page", "the page on which we saw it is older than five years"
    DOUBTED = "doubted", "In doubt", "there are signs that it is no longer right"
    OVERDUE = "overdue", "Overdue", "nobody has looked at it again for six months"


class PictureName(LabelledEnum):
    """The pictures that pages can show."""

    COVERAGE = "coverage", "Recommendations and their guidance, at a glance", "a square for each recommendation"
    MECHANISM = "mechanism", "Who works with whom in the EU on prevention", "bodies and their relations"
    STAGES = "stages", "The three stages of prevention", "from everyone to those already involved"
    TIMELINE = "timeline", "Bodies and events over the years", "a bar for each body, a dot for each event"
