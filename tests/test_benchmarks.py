"""What benchmarks measure must be what they say: projects without problems, and the same pages for all generators."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.corpus import write_corpus
from benchmarks.site import write_hugo, write_plain, write_project
from handbook.checks import load_corpus
from tests.support.project import TODAY

if TYPE_CHECKING:
    from pathlib import Path


def test_synthetic_project_is_clean(tmp_path: Path) -> None:
    """What the generator writes has the numbers asked for and no problem."""
    write_corpus(tmp_path / "project", 120, 30, TODAY)
    corpus = load_corpus(tmp_path / "project", TODAY)
    assert [problem.line() for problem in corpus.problems] == []
    assert (len(corpus.registry.recommendations), len(corpus.pages.by_uri)) == (120, 30)


def test_all_generators_get_the_same_pages(tmp_path: Path) -> None:
    """The plain pages are ours, those of the recommendations included, with no macro left in them."""
    write_project(tmp_path / "ours", 24, TODAY)
    write_plain(tmp_path / "ours", tmp_path / "plain", TODAY)
    write_hugo(tmp_path / "plain", tmp_path / "hugo")
    corpus = load_corpus(tmp_path / "ours", TODAY)
    assert [problem.line() for problem in corpus.problems] == []
    plain = {
        path.relative_to(tmp_path / "plain" / "docs").as_posix(): path for path in tmp_path.glob("plain/docs/**/*.md")
    }
    assert set(plain) == {*corpus.pages.by_uri, *corpus.generated}
    assert [src_uri for src_uri, path in plain.items() if "{{" in path.read_text(encoding="utf-8")] == []
    assert len(list(tmp_path.glob("hugo/content/**/*.md"))) == len(plain)
