"""How much of what is cited was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handbook.checks import load_corpus
from handbook.model.citations import count_citations
from tests.support.project import TODAY, replace

if TYPE_CHECKING:
    from pathlib import Path

    from handbook.model.corpus import Corpus


def counts(project: Path) -> tuple[int, int, int]:
    """Return the counts of a project."""
    corpus = load_corpus(project, TODAY)
    return count_citations(corpus.registry, corpus.pages)


def test_each_citation_counts_once(tiny: Path) -> None:
    """Those on pages and in tables of advice, decisions and cards, by what was read of their sources."""
    assert counts(tiny) == (6, 4, 0)
    replace(tiny, "data/sources.yml", "publisher: University\n  year: 2020\n", "publisher: University\n")
    replace(tiny, "docs/index.md", "See {{", '{{ advice("whom-to-tell") }}\n\nSee {{')
    assert counts(tiny) == (6, 4, 0)


def test_place_that_was_read(tiny: Path) -> None:
    """A citation of a place counts when that place was read, and not when another one was whose name begins alike."""
    replace(tiny, "data/sources.yml", "  read: opening\n", "  read: opening\n  places_read: [p. 7]\n")
    assert counts(tiny) == (7, 3, 0)
    replace(tiny, "data/advice/whom-to-tell.yml", "place: p. 7", "place: p. 71")
    assert counts(tiny) == (6, 4, 0)
    replace(tiny, "data/advice/whom-to-tell.yml", "place: p. 71", "place: p. 7(2)")
    assert counts(tiny) == (7, 3, 0)


def test_not_read(tiny: Path) -> None:
    """What is known from others is counted apart."""
    replace(tiny, "data/sources.yml", "  read: opening\n", "  read: reported\n")
    assert counts(tiny) == (6, 0, 4)


def test_goal(corpus: Corpus) -> None:
    """Of the handbook's own citations at least 30 in 100 go to what was read whole or at the cited place."""
    assert count_citations(corpus.registry, corpus.pages).share >= 0.3


@pytest.mark.parametrize("uri", ["about/coverage.md", "about/method.md"])
def test_counts_are_shown(uri: str, corpus: Corpus) -> None:
    """Readers see how much was read where they look for coverage and for method."""
    assert "citation_counts" in {call.macro for call in corpus.pages.by_uri[uri].calls}
