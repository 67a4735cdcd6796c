"""The benchmark measures checks that find nothing; its synthetic project must stay free of problems."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.corpus import write_corpus
from handbook.corpus import load_corpus
from tests.conftest import TODAY

if TYPE_CHECKING:
    from pathlib import Path


def test_synthetic_project_is_clean(tmp_path: Path) -> None:
    """What the generator writes has the numbers asked for and no problem."""
    write_corpus(tmp_path / "project", 120, 30, TODAY)
    corpus = load_corpus(tmp_path / "project", TODAY)
    assert [problem.line() for problem in corpus.problems] == []
    assert (len(corpus.registry.recommendations), len(corpus.pages.by_uri)) == (120, 30)
