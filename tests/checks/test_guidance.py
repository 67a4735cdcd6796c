"""What the real guidance keeps to: its steps say what to do, and it does not excuse itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.checks.guidance import (
    LEAST_ACTIVE,
    MOST_HEDGES,
    begins_with_attribution,
    first_lines_of_steps,
    hedging_sentences,
)
from handbook.model.records import Selection
from handbook.model.vocabulary import PageKind

if TYPE_CHECKING:
    from handbook.model.corpus import Corpus
    from handbook.model.pages import Page


@pytest.fixture(scope="module")
def guidance(corpus: Corpus) -> list[Page]:
    """Return the pages of guidance."""
    return list(corpus.pages.select(Selection(kinds=(PageKind.GUIDANCE,))))


def test_steps_begin_with_what_to_do(guidance: list[Page]) -> None:
    """At least 95 in 100 steps do not begin with who asks for them."""
    steps = [step.text for page in guidance for step in first_lines_of_steps(page)]
    passive = [text for text in steps if begins_with_attribution(text)]
    assert len(passive) <= (1 - LEAST_ACTIVE) * len(steps), passive


def test_hedges_are_few(guidance: list[Page]) -> None:
    """What the evidence strip says on each page stands in ten sentences at most besides."""
    assert len([sentence for page in guidance for sentence in hedging_sentences(page)]) <= MOST_HEDGES


@pytest.mark.parametrize(
    "text",
    [
        "The Council of Europe asks for education.",
        "A paper of the Radicalisation Awareness Network (RAN) wants procedures.",
        "RAN's paper asks practitioners to think.",
        "Practitioners advise openness.",
        "EU ministers asked in 2016 for teachers to be better trained.",
        "European Union law says that support must be there.",
    ],
)
def test_attribution(text: str) -> None:
    """These say first who asks."""
    assert begins_with_attribution(text)


@pytest.mark.parametrize(
    "text",
    [
        "Ask the police what the law says.",
        "Call your national hotline.",
        "You do not have to decide. The Council of Europe says so.",
        "A worried relative needs somebody to turn to.",
        "The family is a partner.",
        "- **Say** what the report says.",
    ],
)
def test_action(text: str) -> None:
    """These say what to do, or what is so."""
    assert not begins_with_attribution(text)
