"""The front matter of pages: its keys, and what each kind of page must have."""

from __future__ import annotations

import datetime as dt
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import ConfigDict, Field, model_validator

from handbook.model.values import Day, Record, RoleId, SourceId, Strict, Text, fault
from handbook.model.vocabulary import Direction, EvidenceLevel, Outcome, PageKind, Stage
from handbook.problem_kinds import ProblemKind

if TYPE_CHECKING:
    from collections.abc import Mapping

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
        PageKind.CASE_STUDY: (
            "The question",
            "What was done",
            "What happened",
            "What is not known",
            "What to take from it",
        ),
        PageKind.EXERCISE: ("Aim", "For whom", "Time and group size", "Material", "Steps", "Debrief", "Hand-outs"),
        PageKind.TRAINING_PLAN: ("Aims", "Agenda", "Scenarios and exercises", "Facilitator's notes"),
        PageKind.QUIZ: ("Questions", "Answers"),
        PageKind.TEMPLATE: (
            "What it is for",
            "Who fills it in",
            "A good example",
            "The form",
            "Rights and safeguards",
        ),
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
    direction: Direction = Direction.NOT_TESTED
    """What studies found; left out where none measured the effect."""
    studies: Text | None = None
    """How many of them there are, and of what kind, such as `49 experiments (1 review)`."""
    harm: Text | None = None
    """What harm studies found, in a sentence."""
    sources: tuple[SourceId, ...] = ()
    """On which direction, studies and harm rest; the page cites each of them."""

    @model_validator(mode="after")
    def _rests_on_sources(self) -> Tested:
        is_tested = self.direction is not Direction.NOT_TESTED
        if (is_tested or self.studies or self.harm) and not self.sources:
            key = "direction" if is_tested else "studies" if self.studies else "harm"
            message = f"'{self.outcome}' has '{key}' and names no source; add the ids of the sources to 'sources'"
            raise fault(ProblemKind.MISSING_KEY, message)
        if is_tested and self.level is EvidenceLevel.NONE:
            message = (
                f"'{self.outcome}' was tested by nobody, as its level is 'none', and '{self.direction}' says what was "
                "found; change the level, or delete 'direction'"
            )
            raise fault(ProblemKind.WRONG_VALUE, message)
        return self


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
        PageKind.CASE_STUDY: ("roles", "stage"),
        PageKind.EXERCISE: ("roles", "stage"),
        PageKind.TEMPLATE: ("roles", "stage"),
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
    roles: tuple[RoleId, ...] = ()
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
        """Return the first day of the month that comes so many months after the last review."""
        count = self.reviewed.year * 12 + self.reviewed.month - 1 + months
        return dt.date(count // 12, count % 12 + 1, 1)

    def is_overdue(self, today: dt.date) -> bool:
        """Tell whether the month in which the page was due to be read again has passed."""
        return self.next_review < today.replace(day=1)
